import { AppError, type WireError } from '#core/errors.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { loadGeos, type Geos } from '#core/geo/geos.ts'
import { overlayPieces, type OverlayTask } from '#core/geo/overlay.ts'
import type { Pieces } from '#core/geo/pieces.ts'
import { adoptGround, type SharedGround } from '#core/geo/prepared.ts'
import { adoptSound } from '#core/geo/sound-layer.ts'

/** One layer of an overlay in shared memory, proven sound by who shares it. */
export interface SharedLayer {
  layer: LayerColumns
  ground: SharedGround
}

/** What a helping thread is sent: both layers, the tasks, and a counter from which all threads take the next one. */
export interface OverlayShare {
  a: SharedLayer
  b: SharedLayer
  tasks: OverlayTask[]
  next: Int32Array
}

/** What it says after each task, or once when it could not go on. */
export type ShareDone = { at: number; pieces: Pieces } | { refused: WireError }

/** Cuts tasks until none is left. Every share adopts what was prepared, so that nothing is prepared twice. */
export async function cutShares({ a, b, tasks, next }: OverlayShare, done: (said: ShareDone) => void): Promise<void> {
  for (const { layer, ground } of [a, b]) {
    adoptSound(layer)
    adoptGround(layer, ground)
  }
  try {
    for (;;) {
      const at = Atomics.add(next, 0, 1)
      const task = tasks[at]
      if (!task) return
      done({ at, pieces: await cutTask(a.layer, b.layer, task) })
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    done({ refused: error.toWire() })
  }
}

class GeosNeeded extends Error {}

/** Stands for the library until something needs it: a helping thread loads it for one in thousands of parcels, or never. */
const absent = new Proxy({} as Geos, {
  get() {
    throw new GeosNeeded()
  },
})
let geos: Geos = absent

async function cutTask(a: LayerColumns, b: LayerColumns, task: OverlayTask): Promise<Pieces> {
  try {
    return overlayPieces(geos, a, b, task)
  } catch (error) {
    if (!(error instanceof GeosNeeded)) throw error
    geos = await loadGeos()
    return overlayPieces(geos, a, b, task)
  }
}
