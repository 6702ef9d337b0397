import type { Format } from '#backend/formats/format.ts'
import { formats } from '#backend/formats/index.ts'
import { crashingFormat } from './crashing-format.ts'
import { judge, type Verdict } from './judge.ts'

/*
 * The killable process of the fuzzer: reads one file after the other with the code of the import process (or of the processes
 * for sheets, basemaps and what offices send) and says what came of each. It runs without the right to write anywhere but its staging folder.
 */
export interface ToJudge {
  file: string
  /** Its reader's id, or the lane of a picture. */
  format: string
}

export interface Judged {
  verdict: Verdict
  /** Highest resident memory so far, MB. */
  peakMb: number
}

// The list is read-only for the product; the control joins it only here.
if (process.env.GREENPRINT_FUZZ_CONTROL === '1') (formats as Format[]).unshift(crashingFormat)

process.on('disconnect', () => process.exit(0))
process.on('message', ({ file, format }: ToJudge) => {
  void judge(file, format).then((verdict) => {
    const judged: Judged = { verdict, peakMb: process.resourceUsage().maxRSS / 1024 }
    process.send?.(judged)
  })
})
process.send?.('ready')
