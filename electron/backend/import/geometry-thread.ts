import { flushCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import { loadGeos } from '#core/geo/geos.ts'
import type { FromGeometry, ToGeometry } from './geometry-line.ts'
import { sourceSha256 } from './source-hash.ts'
import { geometryWork, type GeometryWork } from './geometry-work.ts'

/**
 * The geometry thread inside the import process: what the reading thread hands over is made fit for the plan, in turn. It ends
 * with its process; it reads and writes no file but the program's own compiled code.
 */
const geos = await loadGeos()
let work: GeometryWork | undefined
let refusal: FromGeometry | undefined

parentPort?.on('message', (question: ToGeometry) => {
  if (question.t === 'open') refusal = undefined
  const answer = question.t === 'hash' ? answered(question) : (refusal ?? answered(question))
  if (answer.t === 'refused') refusal = answer
  parentPort?.postMessage(answer, answer.t === 'fitted' ? buffersOf(answer) : [])
})

function answered(question: ToGeometry): FromGeometry {
  try {
    if (question.t === 'hash') return { t: 'hashed', sha256: sourceSha256(question.source) }
    if (question.t === 'open') {
      work = geometryWork(question.task, geos)
      return { t: 'opened' }
    }
    if (!work) throw new Error('no layer is open')
    if (question.t === 'finish') flushCompileCache()
    return question.t === 'fit'
      ? { t: 'fitted', fitted: work.fit(question.batch, question.room) }
      : { t: 'finished', measured: work.finish() }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { t: 'refused', error: error.toWire() }
  }
}

const buffersOf = ({ fitted: { blobs, blobEnds, boxes, spent } }: Extract<FromGeometry, { t: 'fitted' }>): ArrayBuffer[] => [
  blobs.buffer,
  blobEnds.buffer as ArrayBuffer,
  boxes.buffer as ArrayBuffer,
  spent,
]
