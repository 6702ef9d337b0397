import type { LayerColumns } from '#core/geo/columns.ts'
import { overlapRows, type OverlapTable } from '#core/geo/overlap-rows.ts'
import { adoptGround, type SharedGround } from '#core/geo/prepared.ts'

/** Some rows of one table. */
export interface RowChunk {
  /** Layers by their place in the task. */
  a: number
  b: number
  first: number
  end: number
}

/** What a helping thread is started with: shared layers, and a counter from which all of them take the next chunk. */
export interface RowsTask {
  layers: { layer: LayerColumns; ground: SharedGround }[]
  chunks: RowChunk[]
  next: Int32Array
}

/** What it says after each chunk. */
export interface RowsDone {
  chunk: number
  rows: OverlapTable
}

/** Takes chunks until none is left. */
export function computeRows({ layers, chunks, next }: RowsTask, done: (rows: RowsDone) => void): void {
  for (const { layer, ground } of layers) adoptGround(layer, ground)
  for (;;) {
    const at = Atomics.add(next, 0, 1)
    const chunk = chunks[at]
    if (!chunk) return
    const [a, b] = [layers[chunk.a], layers[chunk.b]]
    if (!a || !b) throw new RangeError(`chunk ${at} names a layer that is not there`)
    done({ chunk: at, rows: overlapRows(a.layer, b.layer, chunk.first, chunk.end) })
  }
}
