import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import type { Format, OpenedSource, OpenOptions, SourceValue } from './format.ts'
import { cleanGeometry } from './geometry.ts'
import { prescribedCrs } from './named-crs.ts'
import { shownName } from './read-file.ts'
import { SpooledLayer } from './spooled-layer.ts'
import { xmlEncoding } from './xml-encoding.ts'
import { readXml, type XmlHandler } from './xml-reader.ts'

type Item = 'wpt' | 'rte' | 'trk'

const LAYERS: Record<Item, { layer: string; kind: GeometryKind; type: string }> = {
  wpt: { layer: 'waypoints', kind: 'point', type: 'Waypoint' },
  rte: { layer: 'routes', kind: 'line', type: 'Route' },
  trk: { layer: 'tracks', kind: 'line', type: 'Track' },
}
const NUMBERS = new Set(['ele', 'number'])
const TEXTS = new Set(['name', 'cmt', 'desc', 'src', 'sym', 'type', 'time'])
const isItem = (name: string): name is Item => Object.hasOwn(LAYERS, name)

interface Open {
  item: Item
  values: Map<string, SourceValue>
  parts: number[][]
}

/** Turns the elements of a GPX into waypoints, routes and tracks; extensions are passed over. */
class GpxEvents implements XmlHandler {
  readonly layers: Record<Item, SpooledLayer>
  readonly #file: string
  readonly #rows: Record<Item, number> = { wpt: 0, rte: 0, trk: 0 }
  readonly #stack: string[] = []
  readonly #unplaced: Record<Item, number> = { wpt: 0, rte: 0, trk: 0 }
  #open: Open | null = null

  constructor(file: string, stagingDir: string | undefined) {
    this.#file = file
    const made = (item: Item): SpooledLayer => new SpooledLayer({ file, layer: LAYERS[item].layer, stagingDir })
    this.layers = { wpt: made('wpt'), rte: made('rte'), trk: made('trk') }
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const parent = this.#stack.at(-1)
    if (this.#stack.length === 0 && name !== 'gpx') {
      const problem = bilingual('根元素不是 gpx', 'its root element is not gpx')
      throw new AppError('import.xml-broken', { file: this.#file, line: 1, column: 1, problem })
    }
    this.#stack.push(name)
    if (parent === 'gpx' && isItem(name)) this.#open = { item: name, values: new Map(), parts: name === 'trk' ? [] : [[]] }
    const { item, parts } = this.#open ?? {}
    if (item === 'trk' && name === 'trkseg' && parent === 'trk') parts?.push([])
    const isPoint =
      (item === 'wpt' && name === 'wpt' && parent === 'gpx') ||
      (item === 'rte' && name === 'rtept' && parent === 'rte') ||
      (item === 'trk' && name === 'trkpt' && parent === 'trkseg')
    if (isPoint) this.#point(attributes)
  }

  /** A point without a readable place is left out of its line, and said. */
  #point({ lat = '', lon = '' }: Readonly<Record<string, string>>): void {
    const [x, y] = [lon, lat].map((text) => (text.trim() === '' ? Number.NaN : Number(text)))
    if (this.#open === null || x === undefined || y === undefined) return
    if (Number.isFinite(x) && Number.isFinite(y)) this.#open.parts.at(-1)?.push(x, y)
    else this.#unplaced[this.#open.item]++
  }

  close(name: string, text: string): void {
    this.#stack.pop()
    const parent = this.#stack.at(-1)
    if (!this.#open) return
    const { item, values } = this.#open
    if (parent === item && text.trim() !== '') {
      const plain = text.trim()
      if (TEXTS.has(name) && !values.has(name)) values.set(name, plain)
      else if (NUMBERS.has(name) && Number.isFinite(Number(plain))) values.set(name, Number(plain))
    }
    if (name === 'ele') this.layers[item].tally.droppedZ ||= item !== 'wpt'
    if (name === item && parent === 'gpx') this.#finish(this.#open)
  }

  #finish({ item, values, parts }: Open): void {
    const { kind, type } = LAYERS[item]
    const layer = this.layers[item]
    const row = ++this.#rows[item]
    const runs = parts.map((run) => [Float64Array.from(run)])
    const geometry = cleanGeometry(kind, runs, row, layer.tally)
    layer.add(row, [{ kind, type, geometry }], values)
    this.#open = null
  }

  /** Says how many points had no readable place. */
  finish(): void {
    for (const item of Object.keys(LAYERS) as Item[]) {
      const count = this.#unplaced[item]
      if (count === 0) continue
      const text = bilingual(`${count} 个点的经纬度无法读取，已略去`, `${count} points whose place cannot be read were left out`)
      this.layers[item].notes.push({ severity: 'warning', code: 'gpx.points-left-out', params: { count }, text })
    }
  }

  closeAll(): void {
    for (const layer of Object.values(this.layers)) layer.close()
  }
}

function openGpx(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const { label, guess } = xmlEncoding(file, shown, options.encoding)
  const events = new GpxEvents(shown, options.stagingDir)
  try {
    readXml({ path: file, shown, label }, events, options.report)
    events.finish()
    const reason = bilingual('GPX 规定为 WGS 84 经纬度', 'GPX is WGS 84 longitude and latitude by rule')
    const layers = Object.values(events.layers)
      .filter(({ features }) => features > 0)
      .flatMap((layer) => layer.toLayers({ crs: prescribedCrs('EPSG:4326', reason, layer.extent), encoding: guess }))
    if (layers.length === 0) throw new AppError('import.no-layers', { file: shown })
    return { layers, close: () => events.closeAll() }
  } catch (error) {
    events.closeAll()
    throw error
  }
}

/** Waypoints, routes and tracks of satellite receivers. */
export const gpx: Format = {
  id: 'gpx',
  label: bilingual('GPX 航点与轨迹', 'GPX waypoints and tracks'),
  extensions: ['.gpx'],
  recognises: (file) => path.extname(file).toLowerCase() === '.gpx',
  open: openGpx,
}
