import path from 'node:path'
import { recogniseFromGeoJson } from '#core/crs/recognise.ts'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import type { Format, OpenedSource, OpenOptions, SourceLayer } from './format.ts'
import { openGeoJsonStream } from './geojson-stream.ts'
import { GeoJsonTable } from './geojson-table.ts'
import { isGeometryType, isRecord, readGeometry } from './geojson-geometry.ts'
import { ExtentOf } from './geometry.ts'
import { decodeJson, parseJson } from './json-text.ts'
import { fileSizeMb, readBytes, readHead, shownName } from './read-file.ts'
import { Tally } from './tally.ts'

/** JSON.parse holds the whole text and its objects at once; from here on features are read one by one. */
const STREAM_FROM_MB = 48
/** A text in UTF-16 cannot be cut by bytes, and is read whole. */
const LIMIT_MB = 200

const shapeError = (file: string, row: number | null, zh: string, en: string): AppError =>
  new AppError('import.geojson-shape', { file, row, problem: bilingual(zh, en) })

/** The features of any GeoJSON text; a bare geometry is one feature without attributes. */
function featuresOf(root: unknown, file: string): readonly unknown[] {
  if (!isRecord(root)) throw shapeError(file, null, '顶层不是 GeoJSON 对象', 'its top level is not a GeoJSON object')
  if (root.type === 'FeatureCollection') {
    if (!Array.isArray(root.features)) throw shapeError(file, null, 'features 应为数组', 'features must be an array')
    return root.features
  }
  if (root.type === 'Feature') return [root]
  if (isGeometryType(root.type)) return [{ type: 'Feature', properties: null, geometry: root }]
  throw shapeError(
    file,
    null,
    '顶层类型不是 FeatureCollection、Feature 或几何',
    'its top level is no FeatureCollection, Feature or geometry',
  )
}

interface KindPart {
  types: Record<string, number>
  table: GeoJsonTable
  extent: ExtentOf
}

/** Everything read from one text, one table per kind; rows without geometry are kept apart until their layer is known. */
class Reader {
  readonly kinds = new Map<GeometryKind, KindPart>()
  readonly rowsWithout: { row: number; type: string | null; properties: unknown }[] = []
  readonly tally = new Tally()
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  part(kind: GeometryKind): KindPart {
    const known = this.kinds.get(kind)
    if (known) return known
    const part = { types: {}, table: new GeoJsonTable(this.#file), extent: new ExtentOf() }
    this.kinds.set(kind, part)
    return part
  }

  add(feature: unknown, row: number): void {
    if (!isRecord(feature) || feature.type !== 'Feature') throw shapeError(this.#file, row, '不是 Feature', 'it is not a Feature')
    if (feature.geometry === null || feature.geometry === undefined) {
      this.tally.withoutGeometry++
      this.tally.remember('withoutGeometry', row)
      this.rowsWithout.push({ row, type: null, properties: feature.properties })
      return
    }
    const found = readGeometry(feature.geometry, { file: this.#file, row }, this.tally)
    if (found.length === 0) {
      this.tally.withoutGeometry++
      this.tally.remember('withoutGeometry', row)
      this.rowsWithout.push({ row, type: 'GeometryCollection', properties: feature.properties })
    }
    for (const { kind, type, geometry } of found) {
      const part = this.part(kind)
      part.types[type] = (part.types[type] ?? 0) + 1
      part.table.add(row, geometry, feature.properties)
      if (geometry) part.extent.addGeometry(geometry)
    }
  }
}

function toLayer(
  kind: GeometryKind | null,
  part: KindPart,
  shared: Pick<SourceLayer, 'crs' | 'encoding'>,
  notes: SourceLayer['notes'],
): SourceLayer {
  const { fields, features, notes: tableNotes } = part.table.finish()
  return {
    layer: null,
    kind,
    geometryTypes: part.types,
    count: features.length,
    extent: part.extent.value,
    fields,
    ...shared,
    notes: [...notes, ...tableNotes],
    features: () => features,
  }
}

function union(parts: Iterable<KindPart>): [number, number, number, number] | null {
  let box: [number, number, number, number] | null = null
  for (const { extent } of parts) {
    const next = extent.value
    if (next)
      box = box
        ? [Math.min(box[0], next[0]), Math.min(box[1], next[1]), Math.max(box[2], next[2]), Math.max(box[3], next[3])]
        : next
  }
  return box
}

function openGeoJson(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const head = readHead(file, shown, 2)
  const isUtf16 = head[0] === 0xff && head[1] === 0xfe
  if (!isUtf16 && fileSizeMb(file, shown) > STREAM_FROM_MB) return openGeoJsonStream(file, options)
  const { text, encoding } = decodeJson(readBytes(file, shown, LIMIT_MB), shown, options.encoding)
  const root = parseJson(text, shown)
  const features = featuresOf(root, shown)
  const reader = new Reader(shown)
  for (const [index, feature] of features.entries()) {
    reader.add(feature, index + 1)
    if (index % 10_000 === 0) options.report(index, features.length)
  }
  const kinds = [...reader.kinds].toSorted(([, a], [, b]) => b.table.count - a.table.count)
  const crs = recogniseFromGeoJson((root as { crs?: unknown }).crs, union(reader.kinds.values()))
  const main: [GeometryKind | null, KindPart] = kinds[0] ?? [
    null,
    { types: {}, table: new GeoJsonTable(shown), extent: new ExtentOf() },
  ]
  for (const { row, type, properties } of reader.rowsWithout) {
    if (type !== null) main[1].types[type] = (main[1].types[type] ?? 0) + 1
    main[1].table.add(row, null, properties)
  }
  const layers = (kinds.length === 0 ? [main] : kinds).map(([kind, part], index) =>
    toLayer(kind, part, { crs, encoding }, index === 0 ? reader.tally.notes() : []),
  )
  return { layers, close: () => undefined }
}

const LOOKS_LIKE =
  /"type"\s*:\s*"(FeatureCollection|Feature|(Multi)?(Point|LineString|Polygon)|GeometryCollection)"|"(features|coordinates)"\s*:\s*\[|"geometry"\s*:\s*\{/

/** GeoJSON: RFC 7946 and the 2008 version with its `crs` member. */
export const geojson: Format = {
  id: 'geojson',
  label: bilingual('GeoJSON', 'GeoJSON'),
  extensions: ['.geojson', '.json'],
  recognises(file, head) {
    const extension = path.extname(file).toLowerCase()
    if (extension === '.geojson') return true
    return extension === '.json' && LOOKS_LIKE.test(Buffer.from(head).toString('latin1'))
  },
  open: openGeoJson,
}
