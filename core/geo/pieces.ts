import type { LayerColumns } from './columns.ts'
import { GrowingFloats, GrowingInts } from './growing.ts'
import { joined, joinedOffsets } from './joined.ts'
import type { RingBuffer } from './ring-buffer.ts'
import { isProvenRing } from './ring-proof.ts'

/** What an overlay could not do the usual way, and where (mm of the frame). */
export interface OverlayNote {
  /**
   * `not-valid` and `area-differs`: the clip kernel found a polygon broken, or disagreed with the area kernel, and GEOS took
   * over; `rounding`: a piece was no longer valid on the millimetre grid and was mended; `overlapping`: the other layer covers
   * this ground more than once, so GEOS united it first.
   */
  reason: 'not-valid' | 'area-differs' | 'rounding' | 'overlapping'
  featureA: number
  /** NONE where several features of the other layer took part. */
  featureB: number
  x: number
  y: number
}

/** No source feature on that side. */
export const NONE = -1

/**
 * Result features of an overlay over a range of source features: flat arrays, ready to be sent between workers. Nothing in them
 * is summed over features, so that joined ranges give the same bytes however the work was split.
 */
export interface Pieces {
  xy: Int32Array
  ringOff: Uint32Array
  partOff: Uint32Array
  featureOff: Uint32Array
  partBox: Int32Array
  /** The feature of each side that a result feature comes from, or NONE. */
  sourceA: Int32Array
  sourceB: Int32Array
  /** Area before rounding to millimetres. */
  areaM2: Float64Array
  /** Per source feature of the range: its area, the area that should be found, the area found, and what was too small to keep. */
  givenM2: Float64Array
  expectedM2: Float64Array
  foundM2: Float64Array
  dustM2: Float64Array
  /** Pairs of parts whose boxes meet, and pairs of features that overlap. */
  candidates: number
  pairs: number
  notes: OverlayNote[]
}

/** Collects pieces. */
export class PieceBuilder {
  readonly #xy = new GrowingInts()
  readonly #ringOff = startingAtZero()
  readonly #partOff = startingAtZero()
  readonly #featureOff = startingAtZero()
  readonly #partBox = new GrowingInts()
  readonly #sourceA = new GrowingInts()
  readonly #sourceB = new GrowingInts()
  readonly #areaM2 = new GrowingFloats()
  readonly #givenM2 = new GrowingFloats()
  readonly #expectedM2 = new GrowingFloats()
  readonly #foundM2 = new GrowingFloats()
  readonly #dustM2 = new GrowingFloats()
  readonly notes: OverlayNote[] = []
  candidates = 0
  pairs = 0

  /** Adds a part on whole millimetres to the feature that `endFeature` will end. */
  addPart(rings: readonly Float64Array[]): void {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let index = 0; index < rings.length; index += 1) {
      const ring = rings[index] as Float64Array
      this.#xy.append(ring)
      this.#ringOff.push(this.#xy.length / 2)
      if (index > 0) continue
      for (let at = 0; at < ring.length; at += 2) {
        const x = ring[at] as number
        const y = ring[at + 1] as number
        if (x < minX) minX = x
        if (x > maxX) maxX = x
        if (y < minY) minY = y
        if (y > maxY) maxY = y
      }
    }
    this.#partOff.push(this.#ringOff.length - 1)
    this.#pushBox(minX, minY, maxX, maxY)
  }

  #pushBox(minX: number, minY: number, maxX: number, maxY: number): void {
    const boxes = this.#partBox.reserve(4)
    const to = this.#partBox.length
    boxes[to] = minX
    boxes[to + 1] = minY
    boxes[to + 2] = maxX
    boxes[to + 3] = maxY
    this.#partBox.length = to + 4
  }

  /** Adds a part of a layer as it is. */
  addPartOf({ xy, ringOff, partOff, partBox }: LayerColumns, part: number): void {
    for (let ring = partOff[part] as number; ring < (partOff[part + 1] as number); ring += 1) {
      const from = 2 * (ringOff[ring] as number)
      const length = 2 * (ringOff[ring + 1] as number) - from
      const to = this.#xy.length
      const values = this.#xy.reserve(length)
      for (let at = 0; at < length; at += 1) values[to + at] = xy[from + at] as number
      this.#xy.length = to + length
      this.#ringOff.push(this.#xy.length / 2)
    }
    this.#partOff.push(this.#ringOff.length - 1)
    const box = 4 * part
    this.#pushBox(partBox[box] as number, partBox[box + 1] as number, partBox[box + 2] as number, partBox[box + 3] as number)
  }

  /**
   * Adds the only ring of a kernel as a part, rounded to whole millimetres, where that is proven to be a valid shell. Otherwise
   * nothing is added, and false returned.
   */
  addRounded({ xy: exact, originX, originY, rings, length }: RingBuffer): boolean {
    if (rings !== 1) return false
    const start = this.#xy.length
    const values = this.#xy.reserve(2 * length + 2)
    const firstX = Math.round(exact[0] as number)
    const firstY = Math.round(exact[1] as number)
    let [minX, minY, maxX, maxY, fromX, fromY, twice] = [firstX, firstY, firstX, firstY, 0, 0, 0]
    for (let at = 0, to = start; at < 2 * length; at += 2, to += 2) {
      const x = Math.round(exact[at] as number)
      const y = Math.round(exact[at + 1] as number)
      values[to] = x + originX
      values[to + 1] = y + originY
      if (x < minX) minX = x
      if (x > maxX) maxX = x
      if (y < minY) minY = y
      if (y > maxY) maxY = y
      twice += fromX * (y - firstY) - (x - firstX) * fromY
      fromX = x - firstX
      fromY = y - firstY
    }
    const end = start + 2 * length
    values[end] = values[start] as number
    values[end + 1] = values[start + 1] as number
    if (twice <= 0 || !isProvenRing(values, start / 2, end / 2 + 1)) return false
    this.#xy.length = end + 2
    this.#ringOff.push(end / 2 + 1)
    this.#partOff.push(this.#ringOff.length - 1)
    this.#pushBox(minX + originX, minY + originY, maxX + originX, maxY + originY)
    return true
  }

  endFeature(sourceA: number, sourceB: number, areaM2: number): void {
    this.#featureOff.push(this.#partOff.length - 1)
    this.#sourceA.push(sourceA)
    this.#sourceB.push(sourceB)
    this.#areaM2.push(areaM2)
  }

  /** Accounts for one source feature. */
  account(givenM2: number, expectedM2: number, foundM2: number, dustM2: number): void {
    this.#givenM2.push(givenM2)
    this.#expectedM2.push(expectedM2)
    this.#foundM2.push(foundM2)
    this.#dustM2.push(dustM2)
  }

  finish(): Pieces {
    return {
      xy: this.#xy.toSharedInts(),
      ringOff: this.#ringOff.toSharedOffsets(),
      partOff: this.#partOff.toSharedOffsets(),
      featureOff: this.#featureOff.toSharedOffsets(),
      partBox: this.#partBox.toSharedInts(),
      sourceA: this.#sourceA.toSharedInts(),
      sourceB: this.#sourceB.toSharedInts(),
      areaM2: this.#areaM2.toShared(),
      givenM2: this.#givenM2.toShared(),
      expectedM2: this.#expectedM2.toShared(),
      foundM2: this.#foundM2.toShared(),
      dustM2: this.#dustM2.toShared(),
      candidates: this.candidates,
      pairs: this.pairs,
      notes: this.notes,
    }
  }
}

/** Pieces of ranges that follow each other, as if they had been made in one go. */
export function joinPieces(ranges: readonly Pieces[]): Pieces {
  const [first] = ranges
  if (ranges.length === 1 && first) return first
  const ints = (of: (pieces: Pieces) => Int32Array) => joined(ranges.map(of), Int32Array)
  const floats = (of: (pieces: Pieces) => Float64Array) => joined(ranges.map(of), Float64Array)
  const sum = (of: (pieces: Pieces) => number) => ranges.reduce((total, pieces) => total + of(pieces), 0)
  return {
    xy: ints(({ xy }) => xy),
    ringOff: joinedOffsets(ranges.map(({ ringOff }) => ringOff)),
    partOff: joinedOffsets(ranges.map(({ partOff }) => partOff)),
    featureOff: joinedOffsets(ranges.map(({ featureOff }) => featureOff)),
    partBox: ints(({ partBox }) => partBox),
    sourceA: ints(({ sourceA }) => sourceA),
    sourceB: ints(({ sourceB }) => sourceB),
    areaM2: floats(({ areaM2 }) => areaM2),
    givenM2: floats(({ givenM2 }) => givenM2),
    expectedM2: floats(({ expectedM2 }) => expectedM2),
    foundM2: floats(({ foundM2 }) => foundM2),
    dustM2: floats(({ dustM2 }) => dustM2),
    candidates: sum(({ candidates }) => candidates),
    pairs: sum(({ pairs }) => pairs),
    notes: ranges.flatMap(({ notes }) => notes),
  }
}

function startingAtZero(): GrowingInts {
  const offsets = new GrowingInts()
  offsets.push(0)
  return offsets
}
