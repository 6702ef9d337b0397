import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import type { Format, OpenedSource, OpenOptions, SourceLayer, SourceValue } from './format.ts'
import { cleanGeometry } from './geometry.ts'
import { parseHtmlTable, plainNumber } from './html-table.ts'
import { readKml, type LeftOut, type Placemark } from './kml-reader.ts'
import { prescribedCrs } from './named-crs.ts'
import { shownName } from './read-file.ts'
import { SpooledLayer } from './spooled-layer.ts'
import { unpack } from './unpack.ts'
import { xmlEncoding } from './xml-encoding.ts'

/** More folders than this are no themes but an index: then all is one layer, and the folder an attribute. */
const MAX_FOLDER_LAYERS = 40
const NEVER = (): void => undefined

interface KmlFile {
  path: string
  shown: string
  label: string
}

const keyOf = ({ folders }: Placemark): string => JSON.stringify(folders)

/** Name of each folder that holds placemarks itself; null for all when there is one folder or too many. */
function layerNames(file: KmlFile, report: OpenOptions['report']): Map<string, string | null> {
  const keys = new Map<string, string[]>()
  readKml(file, report, (placemark) => keys.set(keyOf(placemark), placemark.folders))
  if (keys.size < 2 || keys.size > MAX_FOLDER_LAYERS) return new Map([...keys.keys()].map((key) => [key, null]))
  const short = (folders: readonly string[]): string => folders.at(-1) || file.shown
  const names = [...keys.values()].map(short)
  const isUnique = new Set(names).size === names.length
  const long = (folders: readonly string[], index: number): string => folders.join('/') || `${file.shown} ${index + 1}`
  const entries = [...keys].map(([key, folders], index): [string, string] => [
    key,
    isUnique ? short(folders) : long(folders, index),
  ])
  return new Map(entries)
}

/** Attributes that an HTML table in the description hides, under names that the placemark does not use itself. */
function attributesOf(placemark: Placemark, expanded: Set<string>): Map<string, SourceValue> {
  const { attributes, description } = placemark
  const all = new Map<string, SourceValue>([...attributes].map(([name, text]) => [name, text === '' ? null : text]))
  const table = description === null ? null : parseHtmlTable(description)
  if (table === null) {
    if (description !== null && description !== '') all.set('description', description)
    return all
  }
  const taken = new Set([...attributes.keys()].map((name) => name.toLowerCase()))
  for (const [key, text] of table) {
    const name = taken.has(key.toLowerCase()) ? `description_${key}` : key
    all.set(name, text === '' ? null : text)
    expanded.add(name)
  }
  return all
}

const note = (severity: Note['severity'], code: string, zh: string, en: string): Note => ({
  severity,
  code,
  text: bilingual(zh, en),
})

function leftOutNotes(leftOut: LeftOut): Note[] {
  const overlays = leftOut.GroundOverlay + leftOut.PhotoOverlay + leftOut.ScreenOverlay
  return [
    ...(leftOut.NetworkLink > 0
      ? [
          note(
            'warning',
            'links.not-followed',
            `${leftOut.NetworkLink} 个网络链接（NetworkLink）未打开，其内容不在此文件中`,
            `${leftOut.NetworkLink} network links were not opened: what they point to is not in this file`,
          ),
        ]
      : []),
    ...(overlays > 0
      ? [note('info', 'kml.overlays', `${overlays} 幅叠加图片未读取`, `${overlays} picture overlays were not read`)]
      : []),
  ]
}

/** Gathers the placemarks by layer. */
class KmlLayers {
  readonly #file: KmlFile
  readonly #options: OpenOptions
  readonly #names: Map<string, string | null>
  readonly #layers = new Map<string | null, { layer: SpooledLayer; expanded: Set<string> }>()

  constructor(file: KmlFile, names: Map<string, string | null>, options: OpenOptions) {
    this.#file = file
    this.#names = names
    this.#options = options
  }

  #layer(name: string | null): { layer: SpooledLayer; expanded: Set<string> } {
    const known = this.#layers.get(name)
    if (known) return known
    const { stagingDir } = this.#options
    const made = {
      layer: new SpooledLayer({ file: this.#file.shown, layer: name, stagingDir, interpret: plainNumber }),
      expanded: new Set<string>(),
    }
    this.#layers.set(name, made)
    return made
  }

  add(placemark: Placemark): void {
    const { row, folders, geometry } = placemark
    const name = this.#names.get(keyOf(placemark)) ?? null
    const { layer, expanded } = this.#layer(name)
    const values = attributesOf(placemark, expanded)
    if (name === null && this.#names.size > 1) values.set('folder', folders.join('/'))
    layer.tally.droppedZ ||= geometry.hasZ
    if (geometry.parts.size > 1) layer.tally.exploded++
    const found = [...geometry.parts].map(([kind, parts]) => ({
      kind,
      type: geometry.type ?? '',
      geometry: cleanGeometry(kind, parts, row, layer.tally),
    }))
    if (found.length === 0) layer.withoutGeometry(row)
    layer.add(row, found, values)
  }

  finish(encoding: SourceLayer['encoding'], leftOut: LeftOut, extra: readonly Note[]): SourceLayer[] {
    if (this.#layers.size === 0) this.#layer(null)
    const reason = bilingual('KML 规定为 WGS 84 经纬度（EPSG:4326）', 'KML is WGS 84 longitude and latitude (EPSG:4326) by rule')
    const layers = [...this.#layers.values()].flatMap(({ layer, expanded }) => {
      if (expanded.size > 0) {
        const list = [...expanded].join(', ')
        layer.notes.push(
          note(
            'info',
            'fields.from-html',
            `属性藏在 description 的 HTML 表格中，已展开为字段：${list}`,
            `attributes were hidden in an HTML table in the description; they were read as the fields ${list}`,
          ),
        )
      }
      return layer.toLayers({ crs: prescribedCrs('EPSG:4326', reason, layer.extent), encoding })
    })
    layers[0]?.notes.push(...leftOutNotes(leftOut), ...extra)
    return layers
  }

  close(): void {
    for (const { layer } of this.#layers.values()) layer.close()
  }
}

function openKmlFile(file: string, shown: string, options: OpenOptions, extra: readonly Note[] = []): OpenedSource {
  const { label, guess } = xmlEncoding(file, shown, options.encoding)
  const source = { path: file, shown, label }
  const layers = new KmlLayers(source, layerNames(source, NEVER), options)
  try {
    const leftOut = readKml(source, options.report, (placemark) => layers.add(placemark))
    return { layers: layers.finish(guess, leftOut, extra), close: () => layers.close() }
  } catch (error) {
    layers.close()
    throw error
  }
}

/** A KMZ is a zip whose main document is doc.kml or the first one. */
async function openKmz(file: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(file, options)
  const folder = mkdtempSync(path.join(options.stagingDir ?? tmpdir(), 'greenprint-kmz-'))
  try {
    const { entries } = await unpack(file, shown, folder, (name) => /\.kml$/i.test(name))
    const main = entries.find(({ name }) => name.toLowerCase() === 'doc.kml') ?? entries[0]
    if (!main) throw new AppError('import.no-layers', { file: shown })
    const others = entries.length - 1
    const extra =
      others > 0
        ? [
            note(
              'warning',
              'kml.other-documents',
              `只读取主文件“${main.name}”，另有 ${others} 个 KML 未读取`,
              `only its main document “${main.name}” was read, ${others} others were not`,
            ),
          ]
        : []
    return openKmlFile(main.path, shown, options, extra)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Google Earth's KML and KMZ, read by our own streaming reader; links are never followed. */
export const kml: Format = {
  id: 'kml',
  label: bilingual('KML / KMZ', 'KML / KMZ'),
  extensions: ['.kml', '.kmz'],
  recognises: (file) => /\.km[lz]$/i.test(file),
  open: (file, options) => (/\.kmz$/i.test(file) ? openKmz(file, options) : openKmlFile(file, shownName(file, options), options)),
}
