import path from 'node:path'
import { crsInfo } from '#core/crs/crs.ts'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import { bodyOnly, CityEvents, type CityObject } from './citygml-reader.ts'
import { Codelists } from './citygml-codelists.ts'
import type { Format, OpenedSource, OpenOptions } from './format.ts'
import { cleanGeometry } from './geometry.ts'
import { statedCrs } from './named-crs.ts'
import { shownName } from './read-file.ts'
import { SpooledLayer } from './spooled-layer.ts'
import { xmlEncoding } from './xml-encoding.ts'
import { readXml } from './xml-reader.ts'

const MAX_THEMES = 200
const TYPES: Record<GeometryKind, string> = { point: 'MultiPoint', line: 'MultiLineString', polygon: 'MultiPolygon' }
const SRS = /EPSG[:/]{1,2}(?:[\d.]*[:/])?(\d{4,6})$/i
/** Compound systems of Japan → their horizontal part. Source: EPSG dataset, codes 6697 and 6668. */
const HORIZONTAL: Record<number, number> = { 6697: 6668 }

/** The horizontal EPSG code that a `srsName` means, null when it means none. */
function epsgOf(srsName: string | null): number | null {
  const code = Number(SRS.exec(srsName ?? '')?.[1] ?? 0)
  return code === 0 ? null : (HORIZONTAL[code] ?? code)
}

/** Names by URN or URL keep the authority's axis order: latitude first for geographic systems, north first for Japan's planes. */
function isNorthFirst(srsName: string | null): boolean {
  const code = epsgOf(srsName)
  const byAuthority = /^urn:|^https?:/i.test(srsName ?? '')
  if (code === null || !byAuthority) return false
  const isJapanPlane = (code >= 6669 && code <= 6687) || (code >= 2443 && code <= 2461)
  return crsInfo(`EPSG:${code}`)?.kind === 'geographic' || isJapanPlane
}

const flipped = (run: Float64Array): Float64Array => {
  const turned = new Float64Array(run.length)
  for (let at = 0; at + 1 < run.length; at += 2) {
    turned[at] = run[at + 1] ?? 0
    turned[at + 1] = run[at] ?? 0
  }
  return turned
}

/** City objects by theme, one layer each. */
class Themes {
  readonly layers = new Map<string, SpooledLayer>()
  readonly #bodies = new Map<string, number>()
  readonly #file: string
  readonly #stagingDir: string | undefined

  constructor(file: string, stagingDir: string | undefined) {
    this.#file = file
    this.#stagingDir = stagingDir
  }

  #layer(theme: string): SpooledLayer {
    const known = this.layers.get(theme)
    if (known) return known
    if (this.layers.size >= MAX_THEMES) {
      const what = bilingual('专题数', 'themes')
      throw new AppError('import.limit', { file: this.#file, layer: null, what, limit: MAX_THEMES })
    }
    const layer = new SpooledLayer({ file: this.#file, layer: theme, stagingDir: this.#stagingDir })
    this.layers.set(theme, layer)
    return layer
  }

  add({ theme, values, parts, isBodyOnly }: CityObject, northFirst: boolean): void {
    const layer = this.#layer(theme)
    const row = layer.features + 1
    const found = [...parts].map(([kind, runs]) => {
      const turned = northFirst ? runs.map((rings) => rings.map(flipped)) : runs
      return { kind, type: TYPES[kind], geometry: cleanGeometry(kind, turned, row, layer.tally) }
    })
    if (isBodyOnly) this.#bodies.set(theme, (this.#bodies.get(theme) ?? 0) + 1)
    else if (found.length === 0) layer.withoutGeometry(row)
    layer.add(row, found, values)
  }

  note(events: CityEvents, missing: ReadonlySet<string>, northFirst: boolean): void {
    for (const [theme, layer] of this.layers) {
      layer.tally.droppedZ ||= events.hasHeights
      const bodies = this.#bodies.get(theme) ?? 0
      if (bodies > 0)
        layer.notes.push({ severity: 'warning', code: 'citygml.bodies', params: { count: bodies }, text: bodyOnly(bodies) })
    }
    const [first] = this.layers.values()
    first?.notes.push(...fileNotes(events, missing, northFirst))
  }

  close(): void {
    for (const layer of this.layers.values()) layer.close()
  }
}

function fileNotes(events: CityEvents, missing: ReadonlySet<string>, northFirst: boolean): Note[] {
  const notes: Note[] = []
  const say = (severity: Note['severity'], code: string, zh: string, en: string): number =>
    notes.push({ severity, code, text: bilingual(zh, en) })
  if (northFirst)
    say('info', 'citygml.north-first', '坐标按“纬度（北）在前”的次序读取', 'coordinates were read with latitude (north) first')
  if (events.hasOtherSrs)
    say(
      'warning',
      'citygml.several-systems',
      '文件内写有多个坐标系，按第一个读取',
      'the file names several systems; the first was taken',
    )
  if (events.links > 0)
    say('info', 'links.not-followed', `${events.links} 处外部引用未打开`, `${events.links} links were not followed`)
  if (missing.size > 0) {
    const list = [...missing].slice(0, 8).join(', ')
    say(
      'warning',
      'citygml.codelists-missing',
      `缺少代码表，只保留代码：${list}`,
      `code lists are missing, so codes stay codes: ${list}`,
    )
  }
  return notes
}

function openCityGml(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const { label, guess } = xmlEncoding(file, shown, options.encoding)
  const lists = new Codelists(file)
  const themes = new Themes(shown, options.stagingDir)
  const events: CityEvents = new CityEvents(shown, lists, (object) => themes.add(object, isNorthFirst(events.srsName)))
  try {
    readXml({ path: file, shown, label }, events, options.report)
    themes.note(events, lists.missing, isNorthFirst(events.srsName))
    const crs = { source: bilingual('CityGML 的 srsName', 'the srsName of the CityGML'), epsg: epsgOf(events.srsName) }
    const layers = [...themes.layers.values()].flatMap((layer) =>
      layer.toLayers({ crs: statedCrs(crs, layer.extent), encoding: guess }),
    )
    if (layers.length === 0) throw new AppError('import.no-layers', { file: shown })
    return { layers, close: () => themes.close() }
  } catch (error) {
    themes.close()
    throw error
  }
}

/** CityGML themes with an outline in plan: use districts, land use, open space, roads; each theme is a layer. */
export const citygml: Format = {
  id: 'citygml',
  label: bilingual('CityGML（城市规划专题）', 'CityGML (urban-planning themes)'),
  extensions: ['.gml', '.xml'],
  recognises(file, head) {
    const extension = path.extname(file).toLowerCase()
    if (extension !== '.gml' && extension !== '.xml') return false
    return /<(?:\w+:)?CityModel[\s>]/.test(Buffer.from(head).toString('latin1'))
  },
  open: openCityGml,
}
