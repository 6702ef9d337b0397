import { etaWords } from '#core/contract/eta.ts'
import type { Progress } from '#core/contract/procedures.ts'
import { inLang, type Lang } from '#core/text.ts'

export interface ProgressLine {
  show(progress: Progress): void
  /** Ends the line, so that what is said next starts on its own. */
  end(): void
}

interface Screen {
  isTTY?: boolean
  write(text: string): unknown
}

/** Progress on stderr: one line that is written over on a terminal, otherwise one line per step and none for its parts. */
export function progressLine(screen: Screen, lang: Lang): ProgressLine {
  let label = ''
  let open = false
  return {
    show(progress) {
      const next = inLang(progress.label, lang)
      const share = progress.total > 0 ? ` ${Math.floor((100 * progress.done) / progress.total)} %` : ''
      if (screen.isTTY === true) {
        const left = progress.etaSeconds === undefined ? '' : ` · ${inLang(etaWords(progress.etaSeconds), lang)}`
        screen.write(`\r\u001b[2K${next}${share}${left}`)
        open = true
      } else if (next !== label) screen.write(`${next}\n`)
      label = next
    },
    end() {
      if (open) screen.write('\n')
      open = false
    },
  }
}
