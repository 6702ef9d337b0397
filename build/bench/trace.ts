/** What Chromium's tracing writes of one thing that happened; times in microseconds. */
interface TraceEvent {
  name: string
  cat: string
  ph: string
  pid: number
  tid: number
  ts: number
  /** How long it took by the clock, and how long its thread computed. */
  dur?: number
  tdur?: number
  args?: { name?: string; data?: { message?: string } }
}

/** A stretch of a trace between two marks of the page. */
export interface Stretch {
  /** By the clock. */
  wallMs: number
  /** What the page's main thread computed: it does not grow when other programs take the processor. */
  mainMs: number
  /** Of that: scripts, style and layout, painting. */
  scriptMs: number
  layoutMs: number
  paintMs: number
}

const LAYOUT = new Set(['UpdateLayoutTree', 'Layout', 'RecalculateStyles', 'PrePaint'])
const PAINT = new Set(['Paint', 'Layerize', 'Commit', 'CompositeLayers'])
const SCRIPT = new Set(['FunctionCall', 'EvaluateScript', 'RunMicrotasks', 'v8.callFunction', 'V8.GC_MC_BACKGROUND_MARKING'])

/** Categories that the figures below need. */
export const TRACE_CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  'v8',
]

/** A recorded performance trace of one page, read by the marks that the page set. */
export class Trace {
  readonly #marks: readonly TraceEvent[]
  readonly #main: readonly TraceEvent[]

  constructor(written: Buffer) {
    const { traceEvents } = JSON.parse(written.toString('utf8')) as { traceEvents: TraceEvent[] }
    this.#marks = traceEvents.filter(({ cat, name }) => cat.includes('blink.user_timing') && name.startsWith('bench '))
    const [page] = this.#marks
    this.#main = traceEvents
      .filter(({ ph, pid, tid, tdur }) => ph === 'X' && pid === page?.pid && tid === page.tid && tdur !== undefined)
      .toSorted((one, other) => one.ts - other.ts)
  }

  /** When the page set a mark, in microseconds. */
  #at(mark: string): number {
    const found = this.#marks.find(({ name }) => name === `bench ${mark}`)
    if (found === undefined) throw new Error(`the trace has no mark ${mark}`)
    return found.ts
  }

  /** What happened between two marks. */
  between(from: string, to: string): Stretch {
    return this.#stretch(this.#at(from), this.#at(to))
  }

  /** From a mark until the first frame after another mark was handed over to be drawn. */
  untilPainted(from: string, shown: string): Stretch {
    const changed = this.#at(shown)
    const frame = this.#main.find(({ name, ts }) => name === 'Commit' && ts >= changed)
    if (frame === undefined) throw new Error(`no frame was drawn after ${shown}`)
    return this.#stretch(this.#at(from), frame.ts + (frame.dur ?? 0))
  }

  #stretch(start: number, end: number): Stretch {
    const within = this.#main.filter(({ ts, dur = 0 }) => ts + dur > start && ts < end)
    // A task that began before the first mark or ends after the last counts by the share that lies between.
    const sum = (names: (name: string) => boolean) =>
      outermost(within.filter(({ name }) => names(name))).reduce((ms, { ts, dur = 0, tdur = 0 }) => {
        const share = dur === 0 ? 1 : (Math.min(end, ts + dur) - Math.max(start, ts)) / dur
        return ms + (tdur * share) / 1000
      }, 0)
    return {
      wallMs: (end - start) / 1000,
      mainMs: sum((name) => name.endsWith('RunTask')),
      scriptMs: sum((name) => SCRIPT.has(name)),
      layoutMs: sum((name) => LAYOUT.has(name)),
      paintMs: sum((name) => PAINT.has(name)),
    }
  }
}

/** Events that lie in no other of the same list. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let covered = 0
  return events
    .toSorted((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0))
    .filter(({ ts, dur = 0 }) => {
      if (ts + dur <= covered) return false
      covered = Math.max(covered, ts + dur)
      return true
    })
}
