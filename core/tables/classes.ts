import { MAP_CLASSES } from '../map/map-classes.ts'
import { naturalBreaks } from './natural-breaks.ts'

/** How figures are put into classes: equally many in each, gaps of the data, or equally wide. */
export type ClassMethod = 'quantile' | 'natural' | 'equal'
export const CLASS_METHODS: readonly ClassMethod[] = ['quantile', 'natural', 'equal']

/** One class of a map: `low` ≤ figure < `high`; the last one holds its upper limit too. */
export interface ValueClass {
  low: number
  high: number
  colour: string
  count: number
}

export interface Classes {
  classes: ValueClass[]
  /** Index of a figure's class; null for what is not known. */
  classOf: (value: number | null) => number | null
  /** How many figures are not known. */
  unknown: number
}

const SEQUENTIAL = MAP_CLASSES.sequential.colours
const SIDE = 3

/**
 * Puts figures into at most five classes, or into at most three on each side of a `threshold` that lies within them. Equal
 * figures always share a class, so there may be fewer; limits are figures of the data (or equal steps), never rounded.
 */
export function classify(values: readonly (number | null)[], method: ClassMethod, threshold: number | null = null): Classes {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value)).toSorted((a, b) => a - b)
  const [min, max] = [known[0], known.at(-1)]
  if (min === undefined || max === undefined) return { classes: [], classOf: () => null, unknown: values.length }
  const isTwoSided = threshold !== null && threshold > min && threshold < max
  const classes = isTwoSided ? twoSided(known, method, threshold) : oneSided(known, method)
  const classOf = (value: number | null): number | null => {
    if (value === null || !Number.isFinite(value)) return null
    let at = classes.length - 1
    while (at > 0 && value < (classes[at]?.low ?? 0)) at--
    return at
  }
  for (const value of known) {
    const found = classes[classOf(value) ?? -1]
    if (found) found.count++
  }
  return { classes, classOf, unknown: values.length - known.length }
}

function oneSided(known: readonly number[], method: ClassMethod): ValueClass[] {
  const limits = limitsOf(known, method, SEQUENTIAL.length)
  const last = SEQUENTIAL.length - 1
  // Fewer classes still reach from the palest to the darkest.
  const colourAt = (at: number) => SEQUENTIAL[limits.length === 2 ? 2 : Math.round((at * last) / (limits.length - 2))]
  return between(limits, (at) => colourAt(at) ?? '#888888')
}

function twoSided(known: readonly number[], method: ClassMethod, threshold: number): ValueClass[] {
  const { below, above } = MAP_CLASSES.diverging
  const low = limitsOf([...known.filter((value) => value < threshold), threshold], method, SIDE)
  const high = limitsOf([threshold, ...known.filter((value) => value >= threshold)], method, SIDE)
  // The nearest classes to the threshold are the palest, however many there are.
  return [
    ...between(low, (at) => below[SIDE - (low.length - 1) + at] ?? '#888888'),
    ...between(high, (at) => above[at] ?? '#888888'),
  ]
}

/** Rising limits, first and last those of the data. */
function limitsOf(sorted: readonly number[], method: ClassMethod, most: number): number[] {
  const [min = 0, max = 0] = [sorted[0], sorted.at(-1)]
  if (min === max) return [min, max]
  const inner =
    method === 'equal' ? steps(min, max, most) : method === 'quantile' ? quantiles(sorted, most) : naturalBreaks(sorted, most)
  return [min, ...new Set(inner.filter((limit) => limit > min && limit < max)), max]
}

const steps = (min: number, max: number, count: number): number[] =>
  Array.from({ length: count - 1 }, (_, at) => min + ((max - min) * (at + 1)) / count)

const quantiles = (sorted: readonly number[], count: number): number[] =>
  Array.from({ length: count - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / count)] ?? 0)

const between = (limits: readonly number[], colourAt: (at: number) => string): ValueClass[] =>
  limits.slice(1).map((high, at) => ({ low: limits[at] ?? high, high, colour: colourAt(at), count: 0 }))
