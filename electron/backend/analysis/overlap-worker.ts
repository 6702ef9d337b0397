import { parentPort, workerData } from 'node:worker_threads'
import { cutShares, type OverlayShare } from './overlay-shares.ts'
import { computeRows, type RowsTask } from './table-rows.ts'

/**
 * Entry of a helping thread. Started with rows of overlap tables it computes them; started with nothing it waits for its share of
 * an overlay, so that it is ready when that is prepared.
 */
const rows = workerData as RowsTask | undefined
if (rows) computeRows(rows, (done) => parentPort?.postMessage(done))
else {
  parentPort?.once('message', (share: OverlayShare) => {
    void cutShares(share, (said) => parentPort?.postMessage(said)).finally(() => parentPort?.close())
  })
}
