import type { SourceFeature, SourceGeometry } from '../formats/format.ts'
import type { Box } from '../store/gpkg-geometry.ts'
import { BatchPacker } from './geometry-batch.ts'
import type { GeometryLine } from './geometry-line.ts'
import type { FittedBatch } from './geometry-work.ts'

/** Batches whose geometry is being worked on while the next is read. */
const BATCHES_AHEAD = 3

interface Pending {
  fitted: Promise<FittedBatch>
  rows: SourceFeature[]
}

/**
 * Sends features through the geometry line in batches and hands them to `store` in their order (it keeps nothing of what it is given), few ahead at any time. What goes
 * wrong with an earlier feature is told before what goes wrong with a later one.
 */
export class PackedFeatures {
  readonly #line: GeometryLine
  readonly #store: (fitted: FittedBatch, rows: readonly SourceFeature[]) => void
  readonly #packer = new BatchPacker()
  readonly #pending: Pending[] = []
  #rows: SourceFeature[] = []

  constructor(line: GeometryLine, store: (fitted: FittedBatch, rows: readonly SourceFeature[]) => void) {
    this.#line = line
    this.#store = store
  }

  /** Every feature of a source, kept or not: `geometryOf` says which of them are stored. */
  async addAll(features: Iterable<SourceFeature>, geometryOf: (feature: SourceFeature) => SourceGeometry | null): Promise<void> {
    try {
      for (const feature of features) {
        const geometry = geometryOf(feature)
        if (!geometry) continue
        this.#packer.add(feature.row, geometry)
        this.#rows.push(feature)
        if (!this.#packer.isFull) continue
        this.#send()
        if (this.#pending.length > BATCHES_AHEAD) await this.#storeNext()
      }
      this.#send()
    } catch (error) {
      this.#send()
      await this.#finish()
      throw error
    }
    await this.#finish()
  }

  #send(): void {
    if (this.#rows.length === 0) return
    const fitted = this.#line.fit(this.#packer.take())
    // Awaited in turn; until then a refusal must not count as one that nobody listens to.
    fitted.catch(() => undefined)
    this.#pending.push({ fitted, rows: this.#rows })
    this.#rows = []
  }

  async #storeNext(): Promise<void> {
    const next = this.#pending.shift()
    if (!next) return
    const fitted = await next.fitted
    this.#store(fitted, next.rows)
    this.#packer.reuse(fitted.spent)
    this.#line.reuse(fitted)
  }

  async #finish(): Promise<void> {
    while (this.#pending.length > 0) await this.#storeNext()
  }
}

/** The stored geometry of a feature; undefined when nothing is left of it. */
export function blobOf({ blobs, blobEnds }: FittedBatch, index: number): Buffer | undefined {
  const from = index === 0 ? 0 : (blobEnds[index - 1] ?? 0)
  const to = blobEnds[index] ?? 0
  return to > from ? Buffer.from(blobs.buffer, blobs.byteOffset + from, to - from) : undefined
}

export const boxAt = ({ boxes }: FittedBatch, index: number): Box => [
  boxes[4 * index] ?? NaN,
  boxes[4 * index + 1] ?? NaN,
  boxes[4 * index + 2] ?? NaN,
  boxes[4 * index + 3] ?? NaN,
]
