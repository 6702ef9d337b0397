/** What was, what is, and what was taken back. */
export interface Steps<T> {
  past: readonly T[]
  present: T
  future: readonly T[]
  /** What the last step changed and when, so that typing one word is one step. */
  last: { key: string; atMs: number } | null
}

/** Edits of the same thing within this time are one step. */
const SAME_STEP_MS = 1200
const MOST_STEPS = 200

export const startSteps = <T>(present: T): Steps<T> => ({ past: [], present, future: [], last: null })

/** Goes on to `next`. `key` names what was edited; the same key again, soon, joins the last step. */
export function step<T>(steps: Steps<T>, next: T, key: string, atMs: number): Steps<T> {
  if (next === steps.present) return steps
  const last = { key, atMs }
  const joins = key !== '' && steps.last?.key === key && atMs - steps.last.atMs < SAME_STEP_MS && steps.past.length > 0
  if (joins) return { ...steps, present: next, future: [], last }
  return { past: [...steps.past, steps.present].slice(-MOST_STEPS), present: next, future: [], last }
}

/** One step back; the same when there is none. */
export function back<T>(steps: Steps<T>): Steps<T> {
  const before = steps.past.at(-1)
  if (before === undefined) return steps
  return { past: steps.past.slice(0, -1), present: before, future: [steps.present, ...steps.future], last: null }
}

/** One step forward again; the same when there is none. */
export function forward<T>(steps: Steps<T>): Steps<T> {
  const [next, ...rest] = steps.future
  if (next === undefined) return steps
  return { past: [...steps.past, steps.present], present: next, future: rest, last: null }
}
