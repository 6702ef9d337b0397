import type { FileMetaData } from 'hyparquet'
import { checkAgainstExtent } from '#core/crs/plausible.ts'
import { guessFromCoordinates, type Extent } from '#core/crs/coordinates.ts'
import { recogniseProjJson } from '#core/crs/projjson.ts'
import type { Guess } from '#core/model/inspection.ts'
import { bilingual } from '#core/text.ts'
import { isRecord } from './geojson-geometry.ts'
import { statedCrs } from './named-crs.ts'
import { isNativeEncoding } from './geoparquet-geometry.ts'

/** What a file's `geo` metadata says of its geometry. */
export interface GeoColumn {
  name: string
  /** "WKB" or a native encoding. */
  encoding: string
  /** undefined: the default, longitude and latitude; null: unknown on purpose. */
  crs: unknown
  isSpherical: boolean
  /** Columns that hold bounding boxes of the geometry, and nothing of the plan's. */
  coverings: Set<string>
  /** Further geometry columns, which are left out. */
  others: string[]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function coveringsOf(column: Record<string, unknown>): Set<string> {
  const box = isRecord(column.covering) && isRecord(column.covering.bbox) ? Object.values(column.covering.bbox) : []
  return new Set(box.flatMap((path) => (Array.isArray(path) && typeof path[0] === 'string' ? [path[0]] : [])))
}

/** The geometry column of a file with `geo` metadata; null when there is none that can be read. */
export function geoColumnOf(text: string | undefined): GeoColumn | null {
  const geo = text === undefined ? null : parsed(text)
  if (!isRecord(geo) || !isRecord(geo.columns)) return null
  const names = Object.keys(geo.columns)
  const name = typeof geo.primary_column === 'string' ? geo.primary_column : names[0]
  const column = name === undefined ? undefined : geo.columns[name]
  if (name === undefined || !isRecord(column)) return null
  const encoding = typeof column.encoding === 'string' ? column.encoding : 'WKB'
  if (encoding !== 'WKB' && !isNativeEncoding(encoding)) return null
  return {
    name,
    encoding,
    crs: column.crs,
    isSpherical: column.edges === 'spherical',
    coverings: coveringsOf(column),
    others: names.filter((other) => other !== name),
  }
}

/** The geometry column of a file without `geo` metadata, whose schema says itself which column it is; null when none. */
export function typedColumnOf(metadata: FileMetaData): GeoColumn | null {
  const found = metadata.schema.filter(({ logical_type: type }) => type?.type === 'GEOMETRY' || type?.type === 'GEOGRAPHY')
  const [column, ...others] = found
  const type = column?.logical_type
  if (!column || (type?.type !== 'GEOMETRY' && type?.type !== 'GEOGRAPHY')) return null
  return {
    name: column.name,
    encoding: 'WKB',
    crs: crsText(type.crs, metadata),
    isSpherical: type.type === 'GEOGRAPHY',
    coverings: new Set(),
    others: others.map(({ name }) => name),
  }
}

/** A schema may keep its PROJJSON under a key of the file's metadata. */
function crsText(crs: string | undefined, metadata: FileMetaData): string | undefined {
  const key = crs?.startsWith('projjson:') ? crs.slice('projjson:'.length) : undefined
  return key === undefined ? crs : (metadata.key_value_metadata?.find((entry) => entry.key === key)?.value ?? crs)
}

const LON_LAT = /^(OGC:)?CRS84h?$|ID\["OGC",\s*"CRS84h?"\]\]\s*$/i
const CODE = /^(?:EPSG|srid):(\d{4,6})$/i

/** A CRS written as text: WKT (GeoParquet before 1.0), PROJJSON, or a code. */
function recogniseText(text: string, extent: Extent | null): Guess<string | null> {
  const source = bilingual('GeoParquet', 'GeoParquet')
  const code = CODE.exec(text.trim())?.[1]
  if (code !== undefined) return statedCrs({ source, epsg: Number(code) }, extent)
  if (LON_LAT.test(text.trim())) return recogniseProjJson({ id: { authority: 'OGC', code: 'CRS84' } }, source.en)
  if (text.trim().startsWith('{')) return recogniseProjJson(parsed(text), source.en)
  return statedCrs({ source, wkt: text }, extent)
}

/** The CRS of a GeoParquet layer: PROJJSON, the default of longitude and latitude, or a question. */
export function geoParquetCrs({ crs }: Pick<GeoColumn, 'crs'>, extent: Extent | null): Guess<string | null> {
  if (crs === null) {
    const unknown = bilingual('GeoParquet 写明坐标系未知', 'the GeoParquet says that its CRS is unknown')
    return guessFromCoordinates(extent, unknown)
  }
  if (crs === undefined) {
    const byRule = bilingual(
      'GeoParquet 未写坐标系，按规定为 WGS 84 经纬度',
      'the GeoParquet names no CRS, which means WGS 84 longitude and latitude',
    )
    return checkAgainstExtent({ value: 'EPSG:4326', confidence: 0.95, reason: byRule }, extent)
  }
  return typeof crs === 'string' ? recogniseText(crs, extent) : checkAgainstExtent(recogniseProjJson(crs, 'GeoParquet'), extent)
}
