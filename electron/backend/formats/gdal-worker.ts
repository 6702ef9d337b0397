import { createRequire } from 'node:module'
import { statSync } from 'node:fs'
import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { ALLOWED_DRIVERS, GDAL_SETTINGS } from './gdal-drivers.ts'
import { ROW_FIELD, type FromGdal, type GdalAnswer, type GdalLayer, type GdalTask } from './gdal-messages.ts'

/** Entry of the thread that holds GDAL: its calls block, so it is a thread of its own that can be watched and ended. */

interface DatasetInfo {
  layers?: LayerInfo[]
  domains?: Record<string, { type?: string; codedValues?: Record<string, unknown> }>
}

interface Dataset {
  info?: DatasetInfo | undefined
}

interface LayerInfo {
  name: string
  featureCount: number
  fields?: { name: string; alias?: string; domainName?: string; codedValues?: Record<string, string> | null }[]
  geometryFields?: { coordinateSystem?: { wkt?: string } | null }[]
}

/** What we use of gdal3.js; its own types do not cover `gdal3.js/node`. */
interface Gdal {
  drivers: { raster: Record<string, unknown>; vector: Record<string, unknown> }
  open(file: string): Promise<{ datasets: Dataset[] }>
  ogrinfo(dataset: Dataset, options: string[]): Promise<Dataset['info']>
  ogr2ogr(dataset: Dataset, options: string[], stem: string): Promise<unknown>
  close(dataset: Dataset): Promise<void>
}

const { outDir } = workerData as { outDir: string }
let complaints: string[] = []

// What the library prints beside its handlers is nobody's business; on its way to the parent it would keep both from ending.
process.stdout.write = () => true
process.stderr.write = () => true

async function start(): Promise<Gdal> {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('gdal3.js/node')
  const initGdal = require(entry) as (options: Record<string, unknown>) => Promise<Gdal>
  const gdal = await initGdal({
    // gdal3.js puts './' before this path: it must be relative to the working directory
    path: path
      .relative(process.cwd(), path.join(path.dirname(entry), 'dist/package'))
      .split(path.sep)
      .join('/'),
    dest: outDir,
    useWorker: false,
    env: GDAL_SETTINGS,
    logHandler: () => undefined,
    errorHandler: (text: string) => void (complaints.length < 100 && complaints.push(text)),
  })
  const drivers = [...Object.keys(gdal.drivers.raster), ...Object.keys(gdal.drivers.vector)]
  const unknown = drivers.filter((name) => !ALLOWED_DRIVERS.includes(name))
  if (unknown.length > 0) throw new Error(`GDAL started with drivers that nobody asked for: ${unknown.join(', ')}`)
  return gdal
}

/** FlatGeobuf has no lists; as JSON nothing of them is lost. */
const LISTS_AS_JSON = ['String', 'Integer', 'Integer64', 'Real'].map((type) => `${type}List=String(JSON)`).join(',')

let outputs = 0

/** Writes one layer as FlatGeobuf; the source's own feature numbers come first among its fields when they are wanted. */
async function convert(gdal: Gdal, dataset: Dataset, info: LayerInfo, numbered: boolean, where = ''): Promise<GdalLayer> {
  const layer: GdalLayer = {
    name: info.name,
    count: info.featureCount,
    hasGeometry: (info.geometryFields ?? []).length > 0,
    wkt: info.geometryFields?.[0]?.coordinateSystem?.wkt ?? null,
    fields: (info.fields ?? []).map(({ name, alias, codedValues }) => ({
      name,
      alias: alias ?? null,
      codedValues: codedValues ?? null,
    })),
    fgb: null,
  }
  if (info.featureCount === 0) return layer
  const sql = `SELECT FID AS ${ROW_FIELD}, * FROM "${info.name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"${where}`
  const options = [
    '-f',
    'FlatGeobuf',
    '-lco',
    'SPATIAL_INDEX=NO',
    '-nlt',
    'GEOMETRY',
    '-mapFieldType',
    LISTS_AS_JSON,
    '-sql',
    sql,
  ]
  if (numbered) options.push('-sql', sql)
  const stem = `layer${outputs++}`
  try {
    await gdal.ogr2ogr(dataset, options, stem)
  } catch (error) {
    // gdal3.js takes every warning for a failure; what GDAL itself calls an error is among the complaints
    if (error instanceof Error) throw error
  }
  const fgb = path.join(outDir, `${stem}.fgb`)
  const isWritten = (statSync(fgb, { throwIfNoEntry: false })?.size ?? 0) > 0
  if (!isWritten && where === '' && !complaints.some(isError)) throw new Refusal('nothing was written')
  return isWritten ? { ...layer, fgb } : { ...layer, count: 0 }
}

const isError = (text: string): boolean => text.startsWith('ERROR')

async function withDataset<T>(gdal: Gdal, file: string, work: (dataset: Dataset, layers: LayerInfo[]) => Promise<T>): Promise<T> {
  const [dataset] = (await gdal.open(file)).datasets
  if (!dataset) throw new Refusal('no driver knows it')
  try {
    return await work(dataset, await layersOf(gdal, dataset))
  } finally {
    await gdal.close(dataset)
  }
}

class Refusal extends Error {}

/** What GDAL says of the layers. gdal3.js leaves it out, or rejects, where there was so much as a warning: then it is asked again. */
async function layersOf(gdal: Gdal, dataset: Dataset): Promise<LayerInfo[]> {
  const ask = (): Promise<Dataset['info']> => gdal.ogrinfo(dataset, [])
  const info = dataset.info ?? (await ask().catch(ask))
  const layers = info?.layers ?? []
  for (const { fields = [] } of layers) for (const field of fields) field.codedValues = codedValuesOf(info, field.domainName)
  return layers
}

/** More codes than this are a catalogue and not a list of classes. */
const MOST_CODES = 5000

/** The names of a field's codes; null where it has no list of them. */
function codedValuesOf(info: DatasetInfo | undefined, name: string | undefined): Record<string, string> | null {
  const { type, codedValues = {} } = (name === undefined ? undefined : info?.domains?.[name]) ?? {}
  const named = Object.entries(codedValues).flatMap(([code, text]) =>
    typeof text === 'string' && text !== '' ? [[code, text] as const] : [],
  )
  return type === 'coded' && named.length > 0 && named.length <= MOST_CODES ? Object.fromEntries(named) : null
}

/** Block references are seen only when the file is opened with blocks left whole. */
async function readBlocks(gdal: Gdal, file: string): Promise<GdalLayer | null> {
  return await withDataset(gdal, file, async (dataset, layers) => {
    const entities = layers.find(({ name }) => name === 'entities')
    return entities ? await convert(gdal, dataset, entities, true, ' WHERE BlockName IS NOT NULL') : null
  })
}

const inlineBlocks = (value: 'TRUE' | 'FALSE'): string[] => ['--config', 'DXF_INLINE_BLOCKS', value]

async function read(gdal: Gdal, { file, blocks, numbered }: GdalTask): Promise<GdalAnswer> {
  complaints = []
  const layers = await withDataset(gdal, file, async (dataset, infos) => {
    const found: GdalLayer[] = []
    for (const info of infos) found.push(await convert(gdal, dataset, info, numbered))
    if (blocks) await gdal.ogrinfo(dataset, inlineBlocks('FALSE'))
    return found
  })
  if (!blocks) return { layers, blocks: null, complaints }
  try {
    return { layers, blocks: await readBlocks(gdal, file), complaints }
  } finally {
    await withDataset(gdal, file, (dataset) => gdal.ogrinfo(dataset, inlineBlocks('TRUE')))
  }
}

/** gdal3.js rejects with an object, a list of objects or, when the engine itself broke, an Error. */
function detailOf(error: unknown): string {
  const first: unknown = Array.isArray(error) ? error[0] : error
  if (first !== null && typeof first === 'object' && 'message' in first) return String(first.message)
  return String(first)
}

async function answer(task: GdalTask): Promise<FromGdal> {
  try {
    return { id: task.id, kind: 'read', ...(await read(await started, task)) }
  } catch (error) {
    const isBroken = error instanceof Error && !(error instanceof Refusal)
    return { id: task.id, kind: isBroken ? 'broken' : 'refused', detail: complaints[0] ?? detailOf(error) }
  }
}

const started = start()
let queue: Promise<void> = Promise.resolve()
parentPort?.on('message', (task: GdalTask) => {
  queue = queue.then(async () => parentPort?.postMessage(await answer(task)))
})
