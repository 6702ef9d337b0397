import { GrowingFloats, GrowingInts } from './growing.ts'
import { joined, joinedOffsets } from './joined.ts'

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
    this.#partBox.push(minX)
    this.#partBox.push(minY)
    this.#partBox.push(maxX)
    this.#partBox.push(maxY)
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
