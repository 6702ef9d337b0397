import { availableParallelism } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { fromWire } from '#core/errors.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import type { Geos } from '#core/geo/geos.ts'
import {
  overlayPieces,
  overlayResult,
  overlayTasks,
  type OverlayOperation,
  type OverlayOptions,
  type OverlayResult,
} from '#core/geo/overlay.ts'
import type { Pieces } from '#core/geo/pieces.ts'
import { shareGround } from '#core/geo/prepared.ts'
import { soundLayer } from '#core/geo/sound-layer.ts'
import { startThread } from '../start-thread.ts'
import type { OverlayShare, ShareDone, SharedLayer } from './overlay-shares.ts'

/** Features of a task: some milliseconds of work, so that threads end together. */
const CHUNK = 512
/** Below this many features a thread costs more than it saves. */
const FEW_FEATURES = 4000

export interface ThreadedOverlay extends Omit<OverlayOptions, 'selectA' | 'selectB'> {
  /** Threads at most, this one included; one per core unless told. The result is the same bytes whatever their number. */
  workers?: number | undefined
  /** Hears how many tasks of how many are done. */
  report?: (done: number, total: number) => void
}

/**
 * An overlay on several threads, this one among them. Layers are shared, not copied: proof, edges and index are made once, here, while
 * the others start. Threads take tasks as they are free, and pieces are joined in the order of tasks. A thread that fails fails
 * the whole; ending the calling thread ends all of them. Throws what `overlayPieces` throws.
 */
export async function overlayOnThreads(
  geos: Geos,
  a: LayerColumns,
  b: LayerColumns,
  operation: OverlayOperation,
  { workers, report = () => {}, ...options }: ThreadedOverlay = {},
): Promise<OverlayResult> {
  const tasks = overlayTasks(operation, a.count, b.count, CHUNK)
  const isSmall = a.count + b.count < FEW_FEATURES && workers === undefined
  const threads = isSmall ? 1 : Math.min(workers ?? availableParallelism(), tasks.length)
  const helpers = Array.from({ length: threads - 1 }, () => startThread('overlap-worker'))
  try {
    const pieces = await piecesOf(geos, a, b, tasks, helpers, report)
    return overlayResult(geos, a, b, operation, pieces, options)
  } finally {
    await Promise.all(helpers.map((helper) => helper.terminate()))
  }
}

async function piecesOf(
  geos: Geos,
  a: LayerColumns,
  b: LayerColumns,
  tasks: OverlayShare['tasks'],
  helpers: readonly Worker[],
  report: (done: number, total: number) => void,
): Promise<Pieces[]> {
  const pieces: Pieces[] = []
  let done = 0
  const keep = (at: number, made: Pieces) => {
    pieces[at] = made
    done += 1
    report(done, tasks.length)
  }
  const next = new Int32Array(new SharedArrayBuffer(4))
  const others = Promise.all(helpers.map((helper) => ended(helper, keep)))
  // a failure is heard below, after this thread's own tasks
  others.catch(() => {})
  if (helpers.length > 0) {
    const isSearched = (which: 'a' | 'b') => tasks.some(({ sweep }) => sweep !== which)
    const share: OverlayShare = { a: shared(geos, a, isSearched('a')), b: shared(geos, b, isSearched('b')), tasks, next }
    for (const helper of helpers) helper.postMessage(share)
  }
  for (let at = Atomics.add(next, 0, 1); at < tasks.length; at = Atomics.add(next, 0, 1)) {
    const task = tasks[at]
    if (task) keep(at, overlayPieces(geos, a, b, task))
    // what the others have said is heard between two tasks, so that progress is told as it is made
    if (helpers.length > 0) await nextTurn()
  }
  await others
  return pieces
}

/** What kernels read of a layer; attributes would be copied to every thread for nothing. */
function shared(geos: Geos, layer: LayerColumns, isSearched: boolean): SharedLayer {
  const sound = soundLayer(geos, layer).layer
  return { layer: { ...sound, fid: new Float64Array(0), attributes: {} }, ground: shareGround(sound, isSearched) }
}

/** Resolves when a helping thread has no more tasks. */
function ended(helper: Worker, keep: (at: number, pieces: Pieces) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    helper.on('message', (said: ShareDone) => {
      if ('refused' in said) reject(fromWire(said.refused))
      else keep(said.at, said.pieces)
    })
    helper.on('error', reject)
    helper.on('messageerror', reject)
    helper.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`a thread that cut an overlay ended with code ${code}`))
    })
  })
}
