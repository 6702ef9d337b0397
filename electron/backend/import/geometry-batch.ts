import type { SourceGeometry } from '../formats/format.ts'

/** Geometries of features that follow each other, flat, so that they cross to another thread without being copied. */
export interface GeometryBatch {
  /** x,y,x,y… of all runs, in the source's system. */
  xy: Float64Array<ArrayBuffer>
  /** Where each run ends in `xy`, each part among the runs, each feature among the parts. */
  runEnds: Uint32Array
  partEnds: Uint32Array
  featureEnds: Uint32Array
  /** Row of each feature in the source, 1-based. */
  rows: Uint32Array
}

/** A batch is handed on at either size; a larger geometry is a batch of its own. */
const FEATURES = 1024
const VALUES = 1 << 16

/** Gathers geometries into batches of the same kind of buffers. */
export class BatchPacker {
  readonly #spare: Float64Array<ArrayBuffer>[] = []
  #xy = new Float64Array(VALUES)
  #values = 0
  #runEnds: number[] = []
  #partEnds: number[] = []
  #featureEnds: number[] = []
  #rows: number[] = []

  get isFull(): boolean {
    return this.#rows.length >= FEATURES || this.#values >= VALUES / 2
  }

  add(row: number, geometry: SourceGeometry): void {
    for (const part of geometry.parts) {
      for (const run of part) {
        if (this.#values + run.length > this.#xy.length) this.#grow(run.length)
        this.#xy.set(run, this.#values)
        this.#values += run.length
        this.#runEnds.push(this.#values)
      }
      this.#partEnds.push(this.#runEnds.length)
    }
    this.#featureEnds.push(this.#partEnds.length)
    this.#rows.push(row)
  }

  #grow(by: number): void {
    const wider = new Float64Array(Math.max(2 * this.#xy.length, this.#values + by))
    wider.set(this.#xy.subarray(0, this.#values))
    this.#xy = wider
  }

  /** Gives back the room of a batch that is done with. */
  reuse(buffer: ArrayBuffer): void {
    if (buffer.byteLength === 8 * VALUES) this.#spare.push(new Float64Array(buffer))
  }

  /** What was gathered; the packer goes on with other buffers. */
  take(): GeometryBatch {
    const batch = {
      xy: this.#xy.subarray(0, this.#values),
      runEnds: Uint32Array.from(this.#runEnds),
      partEnds: Uint32Array.from(this.#partEnds),
      featureEnds: Uint32Array.from(this.#featureEnds),
      rows: Uint32Array.from(this.#rows),
    }
    this.#xy = this.#spare.pop() ?? new Float64Array(VALUES)
    this.#values = 0
    this.#runEnds = []
    this.#partEnds = []
    this.#featureEnds = []
    this.#rows = []
    return batch
  }
}

/** Calls `each` with every feature's parts; the runs are views of the batch, which whoever asks may change. */
export function unpackBatch(batch: GeometryBatch, each: (parts: Float64Array[][], row: number, index: number) => void): void {
  const { xy, runEnds, partEnds, featureEnds, rows } = batch
  let [part, run, at] = [0, 0, 0]
  for (let index = 0; index < rows.length; index += 1) {
    const parts: Float64Array[][] = []
    for (const lastPart = featureEnds[index] ?? 0; part < lastPart; part += 1) {
      const runs: Float64Array[] = []
      for (const lastRun = partEnds[part] ?? 0; run < lastRun; run += 1) {
        const end = runEnds[run] ?? 0
        runs.push(xy.subarray(at, end))
        at = end
      }
      parts.push(runs)
    }
    each(parts, rows[index] ?? 0, index)
  }
}
