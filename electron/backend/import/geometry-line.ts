import { getCompileCacheDir } from 'node:module'
import path from 'node:path'
import { getHeapStatistics } from 'node:v8'
import type { Transferable } from 'node:worker_threads'
import { AppError, fromWire, type WireError } from '#core/errors.ts'
import { startThread } from '../start-thread.ts'
import type { GeometryBatch } from './geometry-batch.ts'
import type { FittedBatch, GeometryTask, GeometryWork } from './geometry-work.ts'
import type { MeasuredGeometry } from './stream-meter.ts'
import { sourceSha256 } from './source-hash.ts'

/** Asked of the geometry thread; each is answered in turn. */
export type ToGeometry =
  | { t: 'hash'; source: string }
  | { t: 'open'; task: GeometryTask }
  | { t: 'fit'; batch: GeometryBatch; room: ArrayBuffer | undefined }
  | { t: 'finish' }

/** Its answers; a refusal is the answer to what caused it, and everything after it is answered with it too. */
export type FromGeometry =
  | { t: 'hashed'; sha256: string }
  | { t: 'opened' }
  | { t: 'fitted'; fitted: FittedBatch }
  | { t: 'finished'; measured: MeasuredGeometry | null }
  | { t: 'refused'; error: WireError }

/** Where geometries are made fit while the next ones are read. One layer at a time, and answers come in the order of the questions. */
export interface GeometryLine {
  /** `sourceSha256`, while the asking thread does something else. */
  hash(source: string): Promise<string>
  open(task: GeometryTask): Promise<void>
  /** Takes the batch over. @throws AppError `import.*` */
  fit(batch: GeometryBatch): Promise<FittedBatch>
  /** Gives back a result that is done with, so that its room is used again. */
  reuse(fitted: FittedBatch): void
  /** What the open layer comes to; null when its frame was not known. */
  finish(): Promise<MeasuredGeometry | null>
  close(): Promise<void>
}

/** Sources with fewer bytes are done by the reading thread itself: another one would cost more than it brings. */
const WORTH_A_THREAD_BYTES = 1 << 20

export const isWorthAThread = (sourceBytes: number): boolean => sourceBytes >= WORTH_A_THREAD_BYTES

let prepared: GeometryLine | undefined

/** Starts the geometry thread before it is known whether it will be needed: `geometryLine` then gives this one. */
export function prepareGeometryThread(): GeometryLine {
  prepared ??= threadLine()
  return prepared
}

/** Chooses by what is to be read; both ways give the same results. */
export function geometryLine(sourceBytes: number): GeometryLine {
  const line = prepared ?? (isWorthAThread(sourceBytes) ? threadLine() : ownLine())
  prepared = undefined
  return line
}

/** In this thread. */
export function ownLine(): GeometryLine {
  let work: GeometryWork | undefined
  let room: ArrayBuffer | undefined
  const opened = () => {
    if (!work) throw new Error('no layer is open')
    return work
  }
  return {
    hash: async (source) => sourceSha256(source),
    async open(task) {
      // Only here: where there is a geometry thread, this one never needs the library.
      const [{ geometryWork }, { loadGeos }] = await Promise.all([import('./geometry-work.ts'), import('#core/geo/geos.ts')])
      work = geometryWork(task, await loadGeos())
    },
    async fit(batch) {
      const given = room
      room = undefined
      return opened().fit(batch, given)
    },
    reuse({ blobs }) {
      room = blobs.buffer
    },
    finish: async () => opened().finish(),
    close: () => Promise.resolve(),
  }
}

/** The folder that this process was given; the one in use lies in it, named after the engine's version. */
function codeCacheDir(): string | null {
  const inUse = getCompileCacheDir()
  return inUse === undefined ? null : path.dirname(inUse)
}

/** In a thread of its own, which starts at once: it loads its libraries while the source is opened. */
export function threadLine(): GeometryLine {
  const worker = startThread('geometry-worker', { workerData: { codeCacheDir: codeCacheDir() } })
  const waiting: PromiseWithResolvers<FromGeometry>[] = []
  const rooms: ArrayBuffer[] = []
  let lost: Error | undefined
  const fail = (error: Error) => {
    lost ??= error
    for (const asked of waiting.splice(0)) asked.reject(lost)
  }
  worker.on('message', (answer: FromGeometry) => waiting.shift()?.resolve(answer))
  worker.on('error', (error: NodeJS.ErrnoException) =>
    fail(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? new AppError('import.too-large', { file: null, limitMb: Math.round(getHeapStatistics().heap_size_limit / 2 ** 20) })
        : error,
    ),
  )
  worker.on('exit', () => fail(new Error('the geometry thread ended')))
  const ask = async (question: ToGeometry, moved: Transferable[] = []): Promise<FromGeometry> => {
    if (lost) throw lost
    const asked = Promise.withResolvers<FromGeometry>()
    waiting.push(asked)
    worker.postMessage(question, moved)
    const answer = await asked.promise
    if (answer.t === 'refused') throw fromWire(answer.error)
    return answer
  }
  const unexpected = (answer: FromGeometry): never => {
    throw new Error(`the geometry thread answered ${answer.t}`)
  }
  return {
    async hash(source) {
      const answer = await ask({ t: 'hash', source })
      return answer.t === 'hashed' ? answer.sha256 : unexpected(answer)
    },
    open: async (task) => void (await ask({ t: 'open', task })),
    async fit(batch) {
      const { xy, runEnds, partEnds, featureEnds, rows } = batch
      const buffers = [xy, runEnds, partEnds, featureEnds, rows].map(({ buffer }) => buffer as ArrayBuffer)
      const room = rooms.pop()
      if (room) buffers.push(room)
      const answer = await ask({ t: 'fit', batch, room }, buffers)
      return answer.t === 'fitted' ? answer.fitted : unexpected(answer)
    },
    reuse: ({ blobs }) => void rooms.push(blobs.buffer),
    async finish() {
      const answer = await ask({ t: 'finish' })
      return answer.t === 'finished' ? answer.measured : unexpected(answer)
    },
    close: async () => void (await worker.terminate()),
  }
}
