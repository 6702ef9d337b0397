import { availableParallelism } from 'node:os'
import type { NeededTable } from '#core/analysis/needed-tables.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { joinRows, type OverlapTable } from '#core/geo/overlap-rows.ts'
import { hasOverlapTable, keepOverlapTable, overlapTable } from '#core/geo/overlap-table.ts'
import { shareGround } from '#core/geo/prepared.ts'
import { startThread } from '../start-thread.ts'
import type { RowChunk, RowsDone, RowsTask } from './table-rows.ts'

/** Rows of a chunk: some milliseconds of work, so that threads end together. */
const CHUNK_ROWS = 1024
/** Below this many rows a thread costs more than it saves. */
const FEW_ROWS = 4000

export interface TableOptions {
  /** Threads at most; one per core unless told. The result is the same bytes whatever their number. */
  workers?: number | undefined
  /** Hears how many rows of how many are done. */
  report: (done: number, total: number) => void
}

/**
 * Computes tables of overlaps on several threads and keeps them for the indicators that fold them. Layers are shared, not copied:
 * edges and index are prepared once, here. Threads take chunks of rows as they are free, and rows are joined in their own order. A
 * thread that fails fails the whole; ending the calling thread ends all of them.
 */
export async function computeTables(tables: readonly NeededTable[], { workers, report }: TableOptions): Promise<void> {
  const wanted = tables.filter(({ a, b }) => !hasOverlapTable(a, b))
  const rows = wanted.reduce((sum, { a }) => sum + a.count, 0)
  const threads = Math.min(workers ?? availableParallelism(), Math.ceil(rows / CHUNK_ROWS))
  if (threads <= 1 || (rows < FEW_ROWS && workers === undefined)) return computeHere(wanted, rows, report)
  const layers = [...new Set(wanted.flatMap(({ a, b }) => [a, b]))]
  const chunks = wanted.flatMap(({ a, b }) => chunksOf(a, layers.indexOf(a), layers.indexOf(b)))
  const task: RowsTask = {
    layers: layers.map((layer) => ({ layer: geometryOnly(layer), ground: shareGround(layer) })),
    chunks,
    next: new Int32Array(new SharedArrayBuffer(4)),
  }
  const pieces = await gathered(task, threads, rows, report)
  for (const { a, b } of wanted) {
    const [atA, atB] = [layers.indexOf(a), layers.indexOf(b)]
    keepOverlapTable(a, b, joinRows(pieces.filter((_, at) => chunks[at]?.a === atA && chunks[at].b === atB)))
  }
}

function computeHere(tables: readonly NeededTable[], rows: number, report: TableOptions['report']): void {
  let done = 0
  for (const { a, b } of tables) {
    report(done, rows)
    overlapTable(a, b)
    done += a.count
  }
}

function chunksOf({ count }: LayerColumns, a: number, b: number): RowChunk[] {
  const starts = Array.from({ length: Math.max(1, Math.ceil(count / CHUNK_ROWS)) }, (_, chunk) => chunk * CHUNK_ROWS)
  return starts.map((first) => ({ a, b, first, end: Math.min(count, first + CHUNK_ROWS) }))
}

/** What rows are made of; attributes would be copied to every thread for nothing. */
const geometryOnly = (layer: LayerColumns): LayerColumns => ({ ...layer, fid: new Float64Array(0), attributes: {} })

/** Runs the task on some threads; their chunks in order. A failure ends the calling thread, and with it all of them. */
async function gathered(task: RowsTask, threads: number, rows: number, report: TableOptions['report']): Promise<OverlapTable[]> {
  const pieces: OverlapTable[] = []
  let missing = task.chunks.length
  let done = 0
  const helpers = Array.from({ length: threads }, () => startThread('overlap-worker', { workerData: task }))
  await new Promise<void>((resolve, reject) => {
    for (const helper of helpers) {
      helper.on('message', ({ chunk, rows: piece }: RowsDone) => {
        pieces[chunk] = piece
        missing -= 1
        done += piece.offset.length - 1
        report(done, rows)
        if (missing === 0) resolve()
      })
      helper.on('error', reject)
      helper.on('messageerror', reject)
      helper.on('exit', (code) => {
        if (code !== 0) reject(new Error(`a thread that computed overlaps ended with code ${code}`))
      })
    }
  })
  await Promise.all(helpers.map((helper) => helper.terminate()))
  return pieces
}
