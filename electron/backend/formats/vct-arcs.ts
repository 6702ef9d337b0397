import { RecordStore } from './record-store.ts'
import { ringsToParts } from './rings.ts'
import type { Tally } from './tally.ts'

/** Ends of lines that are this near are the same point: two units of the last place that writers keep. */
const NEAR_METRES = 0.002
const NEAR_DEGREES = 2e-8
const LARGEST_DEGREES = 400

/** Numbers of objects: as numbers where they are small enough, for they take far less room so. */
const keyOf = (id: string): string | number => {
  const value = Number(id)
  return Number.isSafeInteger(value) && String(value) === id ? value : id
}

/** Objects by their number, kept on disk once they are many. */
export class NumberedRecords {
  readonly #records: Map<string | number, number> = new Map()
  readonly #store: RecordStore
  constructor(stagingDir: string | undefined) {
    this.#store = new RecordStore(stagingDir)
  }

  get count(): number {
    return this.#records.size
  }

  /** False when there is one of that number already: the first stays. */
  add(id: string, bytes: Buffer): boolean {
    const key = keyOf(id)
    if (this.#records.has(key)) return false
    this.#records.set(key, this.#store.add(bytes))
    return true
  }

  /** Only valid until the next call. */
  read(id: string): Buffer | null {
    const record = this.#records.get(keyOf(id))
    return record === undefined ? null : this.#store.read(record)
  }

  close(): void {
    this.#store.close()
  }
}

/** Why an area has no geometry, or what was done to get it. */
export interface RingProblems {
  missing: number
  broken: number
  turned: number
}

const isNear = (ax: number, ay: number, bx: number, by: number): boolean => {
  const tolerance = Math.max(Math.abs(ax), Math.abs(ay)) > LARGEST_DEGREES ? NEAR_METRES : NEAR_DEGREES
  return Math.abs(ax - bx) <= tolerance && Math.abs(ay - by) <= tolerance
}

function reversed(run: Float64Array): Float64Array {
  const turned = new Float64Array(run.length)
  for (let at = 0; at + 1 < run.length; at += 2) {
    turned[at] = run[run.length - 2 - at] ?? 0
    turned[at + 1] = run[run.length - 1 - at] ?? 0
  }
  return turned
}

const startsAt = (run: Float64Array, x: number, y: number): boolean => isNear(x, y, run[0] ?? Number.NaN, run[1] ?? Number.NaN)
const endsAt = (run: Float64Array, x: number, y: number): boolean =>
  isNear(x, y, run.at(-2) ?? Number.NaN, run.at(-1) ?? Number.NaN)
const isClosed = (run: Float64Array): boolean => run.length >= 8 && startsAt(run, run.at(-2) ?? 0, run.at(-1) ?? 0)

function joined(runs: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(runs.reduce((sum, run, index) => sum + run.length - (index === 0 ? 0 : 2), 0))
  let at = 0
  for (const [index, run] of runs.entries()) {
    const part = index === 0 ? run : run.subarray(2)
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/**
 * Lines, already turned as their signs say, → closed rings. A ring that closes before the list ends is followed by another; a line
 * whose sign must be wrong is turned and counted. Null where ends do not meet.
 */
function chain(lines: readonly Float64Array[], problems: RingProblems): Float64Array[] | null {
  const rings: Float64Array[] = []
  let open: Float64Array[] = []
  const turn = (run: Float64Array): Float64Array => {
    problems.turned++
    return reversed(run)
  }
  for (const line of lines) {
    const last = open.at(-1)
    if (last === undefined) open.push(line)
    else {
      const [x, y] = [last.at(-2) ?? 0, last.at(-1) ?? 0]
      const [x0, y0] = [last[0] ?? 0, last[1] ?? 0]
      if (startsAt(line, x, y)) open.push(line)
      else if (endsAt(line, x, y)) open.push(turn(line))
      else if (open.length === 1 && startsAt(line, x0, y0)) open = [turn(last), line]
      else if (open.length === 1 && endsAt(line, x0, y0)) open = [turn(last), turn(line)]
      else return null
    }
    const ring = joined(open)
    if (!isClosed(ring)) continue
    rings.push(ring)
    open = []
  }
  return open.length === 0 ? rings : null
}

/** The rings of an area from the numbers of its lines; null (counted) where a line is missing or ends do not meet. */
export function ringsOfArcs(
  rings: readonly string[][],
  lineOf: (id: string) => Float64Array | null,
  problems: RingProblems,
): Float64Array[] | null {
  const found: Float64Array[] = []
  for (const ids of rings) {
    const lines: Float64Array[] = []
    for (const id of ids) {
      const line = lineOf(id.replace(/^-/, ''))
      if (line === null) {
        problems.missing++
        return null
      }
      if (line.length >= 4) lines.push(id.startsWith('-') ? reversed(line) : line)
    }
    const closed = chain(lines, problems)
    if (closed === null) {
      problems.broken++
      return null
    }
    found.push(...closed)
  }
  return found
}

function isClockwise(ring: Float64Array): boolean {
  const [x0 = 0, y0 = 0] = ring
  let twice = 0
  for (let at = 2; at + 3 < ring.length; at += 2)
    twice += ((ring[at] ?? 0) - x0) * ((ring[at + 3] ?? 0) - y0) - ((ring[at + 2] ?? 0) - x0) * ((ring[at + 1] ?? 0) - y0)
  return twice < 0
}

/** Parts of shell and holes by nesting alone: the format does not say which way round rings run. */
export const partsByNesting = (rings: readonly Float64Array[], row: number, tally: Tally): Float64Array[][] =>
  ringsToParts(
    rings.map((ring) => (isClockwise(ring) ? reversed(ring) : ring)),
    row,
    tally,
  )
