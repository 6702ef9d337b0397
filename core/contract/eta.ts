import { bilingual, type Bilingual } from '../text.ts'
import type { Progress } from './procedures.ts'

/** Nothing is promised before a step has run this long and got this far: the first moments say little. */
const SILENT_MS = 2000
const SILENT_SHARE = 0.02
/** Throughput is taken over the last moments, so that a step that slows down is believed to be slower. */
const WINDOW_MS = 8000

/**
 * Adds `etaSeconds` to the progress of one job: what is left of the step named by the label, at the throughput of the last
 * seconds. Absent while that would be a guess: at the start of a step, without a total, or when nothing moves.
 */
export function etaEstimator(now: () => number): (progress: Progress) => Progress {
  let step = ''
  let seen: { at: number; done: number }[] = []
  return (progress) => {
    const at = now()
    const { done, total, label } = progress
    if (label.en !== step || done < (seen.at(-1)?.done ?? 0)) {
      step = label.en
      seen = []
    }
    seen.push({ at, done })
    while (seen.length > 2 && at - (seen[1]?.at ?? at) >= WINDOW_MS) seen.shift()
    const first = seen[0] ?? { at, done }
    const moved = done - first.done
    if (total <= 0 || at - first.at < SILENT_MS || moved <= 0 || done / total < SILENT_SHARE) return progress
    return { ...progress, etaSeconds: Math.max(0, Math.ceil((((total - done) / moved) * (at - first.at)) / 1000)) }
  }
}

/** "About 1 min 20 s left", in steps that do not flicker: 5 s below a minute, 10 s below ten, then minutes. */
export function etaWords(etaSeconds: number): Bilingual {
  const step = etaSeconds <= 60 ? 5 : etaSeconds <= 600 ? 10 : 60
  const rounded = Math.max(step, Math.ceil(etaSeconds / step) * step)
  const [minutes, seconds] = [Math.floor(rounded / 60), rounded % 60]
  const zh = [minutes > 0 ? `${minutes} 分` : '', seconds > 0 ? `${seconds} 秒` : minutes > 0 ? '钟' : ''].join(' ').trim()
  const en = [minutes > 0 ? `${minutes} min` : '', seconds > 0 ? `${seconds} s` : ''].filter((word) => word !== '').join(' ')
  return bilingual(`本步约剩 ${zh.replace('分 钟', '分钟')}`, `about ${en} left in this step`)
}
