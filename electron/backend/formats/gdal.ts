import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Worker } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { startThread } from '../start-thread.ts'
import type { OpenOptions } from './format.ts'
import type { FromGdal, GdalAnswer, GdalTask } from './gdal-messages.ts'
import { dropOutputs } from './gdal-source.ts'

const MB = 1024 * 1024
const WATCH_EVERY_MS = 200
/**
 * Processor time, which a busy machine does not lengthen. Measured at 10 to 40 MB a second, small files in 0.1 s; what takes thirty times
 * as long runs in circles. The first file pays for compiling the library. By the clock it may be ten times that.
 */
const LIMIT_MS = { first: 15_000, later: 3000, perMb: 1000, clockFactor: 10 }
/** What a file may grow to when read: drawings repeat blocks, and a few lines can ask for a billion. */
const OUTPUT_LIMIT = { bytes: 512 * MB, perSourceByte: 30 }

interface Engine {
  worker: Worker
  outDir: string
  waiting: Map<number, (answer: FromGdal) => void>
  hasAnswered: boolean
}

let engine: Engine | null = null
let tasks = 0

/** The one instance of this process, started when first needed: it takes a second and 40 MB. */
function running(): Engine {
  if (engine) return engine
  const outDir = mkdtempSync(path.join(tmpdir(), 'greenprint-gdal-'))
  const worker = startThread('gdal-worker', { workerData: { outDir }, stdout: true, stderr: true })
  const started: Engine = { worker, outDir, waiting: new Map(), hasAnswered: false }
  worker.unref()
  worker.on('message', (answer: FromGdal) => started.waiting.get(answer.id)?.(answer))
  const lost = (error?: Error): void => {
    if (engine === started) engine = null
    for (const [id, resolve] of started.waiting) resolve({ id, kind: 'broken', detail: error?.message ?? 'ended' })
    rmSync(outDir, { recursive: true, force: true })
  }
  worker.on('error', lost)
  worker.on('exit', () => lost())
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }))
  engine = started
  return started
}

/** Ends the instance and everything it wrote; the next file starts a new one. */
async function end(broken: Engine): Promise<void> {
  if (engine === broken) engine = null
  await broken.worker.terminate()
  rmSync(broken.outDir, { recursive: true, force: true })
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
}

/** GDAL speaks of the staged copy; the reader knows another name, and nobody needs the path. */
const shownDetail = (detail: string, shown: string): string =>
  detail
    .replace(/^(?:ERROR|Warning) \d+: /, '')
    .replaceAll(/\/\S+\.(?:cpp|h), \d+: /g, '')
    .replaceAll(/\/(?:input|output)\/[^\s'"`,;:)]+/g, shown)
    .slice(0, 200)

export interface GdalRequest {
  /** A staged copy, alone in its folder. */
  file: string
  shown: string
  /** Of the source, for budgets and progress. */
  sizeBytes: number
  blocks?: boolean
  /** False for a source of one layer whose driver tells no system of numbered layers. */
  numbered?: boolean
  report: OpenOptions['report']
}

const failed = (shown: string, detail: string): AppError => {
  const said = shownDetail(detail, shown)
  return new AppError('import.vector-broken', {
    file: shown,
    layer: null,
    row: null,
    problem:
      said === ''
        ? bilingual('其内容与格式不符', 'its content is not of its format')
        : bilingual(`其内容无法解读（${said}）`, `its content cannot be decoded (${said})`),
  })
}

/** Waits for an answer while watching time and disk. */
async function watched(at: Engine, task: GdalTask, { shown, sizeBytes, report }: GdalRequest): Promise<FromGdal> {
  const answered = Promise.withResolvers<FromGdal>()
  const limitMs = (at.hasAnswered ? LIMIT_MS.later : LIMIT_MS.first) + (sizeBytes / MB) * LIMIT_MS.perMb
  const outputLimit = Math.max(OUTPUT_LIMIT.bytes, sizeBytes * OUTPUT_LIMIT.perSourceByte)
  const since = performance.now()
  const usedBefore = process.cpuUsage()
  const isOverdue = (): boolean => {
    const { user, system } = process.cpuUsage(usedBefore)
    return (user + system) / 1000 > limitMs || performance.now() - since > limitMs * LIMIT_MS.clockFactor
  }
  at.waiting.set(task.id, answered.resolve)
  at.worker.ref()
  at.worker.postMessage(task)
  const watch = setInterval(() => {
    const written = bytesOf(outputsOf(at))
    if (isOverdue()) answered.reject(new AppError('import.too-slow', { file: shown, seconds: Math.round(limitMs / 1000) }))
    if (written > outputLimit)
      answered.reject(
        new AppError('import.limit', {
          file: shown,
          layer: null,
          what: bilingual('展开后的数据量（MB）', 'megabytes of unfolded data'),
          limit: Math.round(outputLimit / MB),
        }),
      )
    report(Math.min(written, sizeBytes), sizeBytes)
  }, WATCH_EVERY_MS)
  try {
    const answer = await answered.promise
    at.hasAnswered = true
    return answer
  } catch (error) {
    await end(at)
    throw error
  } finally {
    clearInterval(watch)
    at.waiting.delete(task.id)
    at.worker.unref()
  }
}

const outputsOf = ({ outDir }: Engine): string[] => readdirSync(outDir).map((name) => path.join(outDir, name))

/**
 * Reads a staged file with GDAL: every layer becomes a FlatGeobuf file, in the source's order and with its curves.
 * Complaints that leave features out are a refusal: half a layer must not pass for a whole one.
 * @throws AppError `import.vector-broken`, `import.too-slow`, `import.limit`
 */
export async function readWithGdal(request: GdalRequest): Promise<GdalAnswer> {
  const at = running()
  const { blocks = false, numbered = true } = request
  const task = { id: ++tasks, file: request.file.split(path.sep).join('/'), blocks, numbered }
  const answer = await watched(at, task, request)
  if (answer.kind === 'broken') await end(at)
  if (answer.kind !== 'read') throw failed(request.shown, answer.detail)
  const serious = answer.complaints.find((text) => text.startsWith('ERROR'))
  if (serious !== undefined) {
    dropOutputs(answer)
    throw failed(request.shown, serious)
  }
  return answer
}
