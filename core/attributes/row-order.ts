import type { AttributeValue } from './condition.ts'

/** Rows that are put in order between two looks at whether anyone still wants it. */
const RUN = 20_000

/** Numbers before words; words by their code units. */
const compared = (one: string | number, other: string | number): number => {
  if (typeof one === typeof other) return one < other ? -1 : one > other ? 1 : 0
  return typeof one === 'number' ? -1 : 1
}

/**
 * The places 0 … n−1 of values in their order: a missing value comes last whichever way, equal values stay as they stood. Runs of some thousand
 * are sorted and then merged, so that `step` hears how much is done (0 … 1) often enough to show it, or to throw where nobody waits any more.
 */
export function rowOrder(values: readonly AttributeValue[], down: boolean, step: (share: number) => void): Uint32Array {
  const known: number[] = []
  const missing: number[] = []
  for (let at = 0; at < values.length; at++) ((values[at] ?? null) === null ? missing : known).push(at)
  const sign = down ? -1 : 1
  const before = (a: number, b: number): number => sign * compared(values[a] ?? 0, values[b] ?? 0) || a - b
  let from = Uint32Array.from(known)
  for (let at = 0; at < from.length; at += RUN) {
    from.subarray(at, at + RUN).sort(before)
    step(at / from.length / 2)
  }
  let to = new Uint32Array(from.length)
  const passes = Math.ceil(Math.log2(Math.max(1, from.length / RUN)))
  for (let pass = 0, width = RUN; width < from.length; pass++, width *= 2) {
    for (let at = 0; at < from.length; at += 2 * width) {
      merge(from, to, at, Math.min(from.length, at + width), Math.min(from.length, at + 2 * width), before)
      step(0.5 + (pass + at / from.length) / passes / 2)
    }
    ;[from, to] = [to, from]
  }
  const order = new Uint32Array(values.length)
  order.set(from)
  order.set(missing, from.length)
  return order
}

type Places = Uint32Array<ArrayBuffer>

/** Two sorted runs that lie side by side as one. */
function merge(from: Places, to: Places, low: number, middle: number, high: number, before: (a: number, b: number) => number) {
  let [left, right] = [low, middle]
  for (let at = low; at < high; at++) {
    const isLeft = left < middle && (right >= high || before(from[left] ?? 0, from[right] ?? 0) <= 0)
    to[at] = (isLeft ? from[left++] : from[right++]) ?? 0
  }
}
