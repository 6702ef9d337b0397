import { bilingual } from '../text.ts'
import type { Guess } from '../model/inspection.ts'
import { crsInfo } from './crs.ts'
import { crsDatabase, type CrsDatabase } from './database.ts'
import { recogniseWkt } from './recognise.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const quoted = (text: unknown): string =>
  `"${typeof text === 'string' || typeof text === 'number' ? String(text).replaceAll('"', '""') : ''}"`
const number = (value: unknown): string => (typeof value === 'number' && Number.isFinite(value) ? String(value) : '0')

/** Units by name or with their factor. */
function unit(value: unknown, keyword: 'LENGTHUNIT' | 'ANGLEUNIT'): string {
  if (isRecord(value)) return `${keyword}[${quoted(value.name)},${number(value.conversion_factor)}]`
  return keyword === 'LENGTHUNIT' ? 'LENGTHUNIT["metre",1]' : 'ANGLEUNIT["degree",0.0174532925199433]'
}

function ellipsoid(datum: unknown): string {
  const shape = isRecord(datum) && isRecord(datum.ellipsoid) ? datum.ellipsoid : {}
  const major = isRecord(shape.semi_major_axis) ? shape.semi_major_axis.value : shape.semi_major_axis
  const minor = isRecord(shape.semi_minor_axis) ? shape.semi_minor_axis.value : shape.semi_minor_axis
  const derived = typeof major === 'number' && typeof minor === 'number' && major !== minor ? major / (major - minor) : 0
  const flattening = typeof shape.inverse_flattening === 'number' ? shape.inverse_flattening : derived
  return `DATUM[${quoted(isRecord(datum) ? datum.name : '')},ELLIPSOID[${quoted(shape.name)},${number(major)},${number(flattening)}]]`
}

const id = (crs: Record<string, unknown>): string =>
  isRecord(crs.id) ? `,ID[${quoted(crs.id.authority)},${quoted(crs.id.code)}]` : ''

function geographic(crs: Record<string, unknown>, keyword: string): string {
  const ensemble = isRecord(crs.datum_ensemble) ? crs.datum_ensemble : crs.datum
  return `${keyword}[${quoted(crs.name)},${ellipsoid(ensemble)}${id(crs)}]`
}

function projected(crs: Record<string, unknown>): string {
  const base = isRecord(crs.base_crs) ? crs.base_crs : {}
  const conversion = isRecord(crs.conversion) ? crs.conversion : {}
  const method = isRecord(conversion.method) ? conversion.method.name : ''
  const parameters = (Array.isArray(conversion.parameters) ? conversion.parameters : []).filter(isRecord).map((parameter) => {
    return `,PARAMETER[${quoted(parameter.name)},${number(parameter.value)}]`
  })
  const system = isRecord(crs.coordinate_system) ? crs.coordinate_system : {}
  const axis: unknown = Array.isArray(system.axis) ? system.axis[0] : undefined
  const length = unit(isRecord(axis) ? axis.unit : undefined, 'LENGTHUNIT')
  const converted = `CONVERSION[${quoted(conversion.name)},METHOD[${quoted(method)}]${parameters.join('')}]`
  return `PROJCRS[${quoted(crs.name)},${geographic({ ...base, id: undefined }, 'BASEGEOGCRS')},${converted},${length}${id(crs)}]`
}

/** The horizontal part of a compound or bound system. */
function horizontal(crs: Record<string, unknown>): Record<string, unknown> {
  if (isRecord(crs.source_crs)) return horizontal(crs.source_crs)
  const parts: unknown = crs.components
  return Array.isArray(parts) && isRecord(parts[0]) ? horizontal(parts[0]) : crs
}

/**
 * The CRS that a PROJJSON names, without a look at coordinates: by its identifier when one is given, else by its parameters, with
 * the rules of WKT. Source: PROJ, PROJJSON 0.7.
 */
export function recogniseProjJson(value: unknown, source: string, db: CrsDatabase = crsDatabase()): Guess<string | null> {
  if (!isRecord(value)) {
    const reason = bilingual(`${source}中的坐标系不是 PROJJSON`, `the CRS in ${source} is not PROJJSON`)
    return { value: null, confidence: 0, reason }
  }
  const crs = horizontal(value)
  if (isRecord(crs.id) && crs.id.authority === 'OGC' && /^CRS84h?$/.test(String(crs.id.code))) {
    const reason = bilingual(
      `${source}写明 OGC:CRS84，即 WGS 84 经纬度`,
      `${source} names OGC:CRS84, WGS 84 longitude and latitude`,
    )
    return { value: 'EPSG:4326', confidence: 0.98, reason }
  }
  const info = isRecord(crs.id) && crs.id.authority === 'EPSG' ? crsInfo(`EPSG:${String(crs.id.code)}`, db) : undefined
  const hasDefinition = isRecord(crs.conversion) || isRecord(crs.datum) || isRecord(crs.datum_ensemble)
  if (info && !hasDefinition) {
    const reason = bilingual(`${source}写明 ${info.code}, ${info.name}`, `${source} names ${info.code}, ${info.name}`)
    return { value: info.code, confidence: 0.95, reason }
  }
  return recogniseWkt(isRecord(crs.conversion) ? projected(crs) : geographic(crs, 'GEOGCRS'), source, db)
}
