import { crsInfo, type CrsInfo } from './crs.ts'
import { customCode } from './custom.ts'
import { nameKey, normaliseName, type CrsDatabase } from './database.ts'
import { authorityOf, childOf, findNode, type WktNode } from './wkt.ts'

/** Projection parameters in one vocabulary, whichever text they came from. Angles in degrees, lengths in metres. */
export interface Parameters {
  projection: string
  semiMajorM: number
  inverseFlattening: number
  values: Record<string, number>
}

/** WKT's names for projections → proj4's. Esri's Gauss_Kruger is the transverse Mercator. */
const PROJECTIONS: Record<string, string> = {
  transverse_mercator: 'tmerc',
  gauss_kruger: 'tmerc',
  lambert_conformal_conic: 'lcc',
  lambert_conformal_conic_1sp: 'lcc',
  lambert_conformal_conic_2sp: 'lcc',
  lambert_conic_conformal_1sp: 'lcc',
  lambert_conic_conformal_2sp: 'lcc',
  albers: 'aea',
  albers_conic_equal_area: 'aea',
  albers_equal_area: 'aea',
  mercator: 'merc',
  mercator_1sp: 'merc',
  mercator_2sp: 'merc',
  mercator_auxiliary_sphere: 'merc',
  popular_visualisation_pseudo_mercator: 'merc',
  lambert_azimuthal_equal_area: 'laea',
  cassini: 'cass',
  cassini_soldner: 'cass',
  oblique_stereographic: 'sterea',
  double_stereographic: 'sterea',
}

const PARAMETER_NAMES: Record<string, string> = {
  false_easting: 'x_0',
  easting_at_false_origin: 'x_0',
  false_northing: 'y_0',
  northing_at_false_origin: 'y_0',
  central_meridian: 'lon_0',
  longitude_of_natural_origin: 'lon_0',
  longitude_of_false_origin: 'lon_0',
  longitude_of_center: 'lon_0',
  latitude_of_origin: 'lat_0',
  latitude_of_natural_origin: 'lat_0',
  latitude_of_false_origin: 'lat_0',
  latitude_of_center: 'lat_0',
  scale_factor: 'k',
  scale_factor_at_natural_origin: 'k',
  standard_parallel_1: 'lat_1',
  latitude_of_1st_standard_parallel: 'lat_1',
  standard_parallel_2: 'lat_2',
  latitude_of_2nd_standard_parallel: 'lat_2',
}

const GEOGRAPHIC = ['GEOGCS', 'GEOGCRS', 'GEODCRS', 'GEODETICCRS', 'BASEGEOGCRS', 'BASEGEODCRS']
const isGeographic = (node: WktNode): boolean => GEOGRAPHIC.includes(node.keyword)

/** Degrees per unit of the angles of an item (French maps count in grads); null where it names no unit. Exactly 1 for degrees. */
function degreesPerUnit(node: WktNode): number | null {
  const radians = childOf(node, 'UNIT', 'ANGLEUNIT')?.numbers[0]
  if (radians === undefined || !(radians > 0)) return null
  const degrees = (radians * 180) / Math.PI
  return Math.abs(degrees - 1) < 1e-9 ? 1 : degrees
}

function fromWkt(node: WktNode): Parameters | null {
  const spheroid = findNode(node, 'SPHEROID', 'ELLIPSOID')
  const [semiMajorM = 0, inverseFlattening = 0] = spheroid?.numbers ?? []
  if (!(semiMajorM > 0)) return null
  if (isGeographic(node)) return { projection: 'longlat', semiMajorM, inverseFlattening, values: {} }
  const method = findNode(node, 'PROJECTION', 'METHOD')?.texts[0]
  const projection = PROJECTIONS[normaliseName(method ?? '')]
  if (projection === undefined) return null
  const metres = childOf(node, 'UNIT', 'LENGTHUNIT')?.numbers[0] ?? findNode(node, 'LENGTHUNIT')?.numbers[0] ?? 1
  const degrees = degreesPerUnit(findNode(node, ...GEOGRAPHIC) ?? node)
  const values: Record<string, number> = { unit: metres }
  for (const parameter of (childOf(node, 'CONVERSION') ?? node).children) {
    const key = parameter.keyword === 'PARAMETER' ? PARAMETER_NAMES[normaliseName(parameter.texts[0] ?? '')] : undefined
    const value = parameter.numbers[0]
    if (key === undefined || value === undefined) continue
    values[key] =
      key === 'x_0' || key === 'y_0' ? value * metres : key === 'k' ? value : value * (degreesPerUnit(parameter) ?? degrees ?? 1)
  }
  return { projection, semiMajorM, inverseFlattening, values }
}

/** The parameters of a known system, in the same vocabulary as those of WKT. */
export function projectionOf(info: CrsInfo): Parameters {
  const flags = new Map([...info.proj4.matchAll(/\+(\w+)(?:=(\S+))?/g)].map(([, key = '', value = '']) => [key, value]))
  const values: Record<string, number> = {}
  let projection = flags.get('proj') ?? ''
  if (projection === 'utm') {
    projection = 'tmerc'
    Object.assign(values, {
      lon_0: Number(flags.get('zone')) * 6 - 183,
      k: 0.9996,
      x_0: 500_000,
      y_0: flags.has('south') ? 10_000_000 : 0,
    })
  }
  for (const key of ['lat_0', 'lon_0', 'lat_1', 'lat_2', 'x_0', 'y_0']) if (flags.has(key)) values[key] = Number(flags.get(key))
  const scale = flags.get('k') ?? flags.get('k_0')
  if (scale !== undefined) values.k = Number(scale)
  if (info.kind === 'projected') values.unit = info.metresPerUnit
  return { projection, semiMajorM: info.semiMajorM, inverseFlattening: info.inverseFlattening, values }
}

const TOLERANCE: Record<string, number> = { x_0: 0.01, y_0: 0.01, k: 1e-8, unit: 1e-6 }
const DEFAULTS: Record<string, number> = { k: 1, unit: 1 }

function agree(a: Parameters, b: Parameters): boolean {
  if (a.projection !== b.projection || Math.abs(a.semiMajorM - b.semiMajorM) > 0.01) return false
  if (Math.abs(a.inverseFlattening - b.inverseFlattening) > 5e-7) return false // WGS 84 and GRS 80 differ by 1.5e-6
  if (a.projection === 'lcc' && !agreeParallels(a, b)) return false
  const keys =
    a.projection === 'longlat'
      ? []
      : ['lat_0', 'lon_0', 'k', 'x_0', 'y_0', 'unit', ...(a.projection === 'aea' ? ['lat_1', 'lat_2'] : [])]
  return keys.every((key) => {
    const fallback = DEFAULTS[key] ?? 0
    return Math.abs((a.values[key] ?? fallback) - (b.values[key] ?? fallback)) <= (TOLERANCE[key] ?? 1e-6)
  })
}

/** A cone's two parallels may be written in either order; one parallel may be written as the latitude of origin only. */
function agreeParallels(a: Parameters, b: Parameters): boolean {
  const pair = ({ values }: Parameters): number[] =>
    [values.lat_1 ?? values.lat_0 ?? 0, values.lat_2 ?? values.lat_1 ?? values.lat_0 ?? 0].toSorted((x, y) => x - y)
  const [first, second] = [pair(a), pair(b)]
  return first.every((value, index) => Math.abs(value - (second[index] ?? Number.NaN)) <= 1e-6)
}

/** False only when WKT and the code's definition can be compared and differ. */
export function sameParameters(node: WktNode, info: CrsInfo): boolean {
  if (isGeographic(node) !== (info.kind === 'geographic')) return false
  const written = fromWkt(node)
  const defined = projectionOf(info)
  if (!written || !Object.values(PROJECTIONS).concat('longlat').includes(defined.projection)) return true
  if (written.projection === 'merc') return defined.projection === 'merc'
  return agree(written, defined)
}

/** True when the geographic part of WKT is, by name or datum, the base of this system. */
function sameDatum(node: WktNode, info: CrsInfo, db: CrsDatabase): boolean {
  const geographic = findNode(node, ...GEOGRAPHIC)
  const code = db.byName.get(nameKey(geographic?.texts[0] ?? ''))
  return code !== undefined && `EPSG:${code}` === info.base
}

/** The geographic system under a projected WKT, by its name, its code or its datum's name; null when nobody knows it. */
function baseOf(node: WktNode, db: CrsDatabase): CrsInfo | null {
  const geographic = findNode(node, ...GEOGRAPHIC)
  if (!geographic) return null
  const authority = authorityOf(geographic)
  const byName = db.byName.get(nameKey(geographic.texts[0] ?? ''))
  const code = authority?.name === 'EPSG' ? authority.code : byName
  const info = code === undefined ? undefined : crsInfo(`EPSG:${code}`, db)
  return info?.kind === 'geographic' && sameParameters(geographic, info) ? info : null
}

/** WKT that equals no listed system, as a code of its own when its base is known and the projection is understood. */
export function customFromWkt(node: WktNode, db: CrsDatabase): CrsInfo | null {
  const written = fromWkt(node)
  const base = baseOf(node, db)
  if (!written || !base || written.projection === 'longlat') return null
  return crsInfo(customCode(base.code, written.projection, written.values), db) ?? null
}

/** Every system whose definition equals these parameters, those on the same datum first (and alone, when there are any). */
export function matchParameters(node: WktNode, db: CrsDatabase): CrsInfo[] {
  const written = fromWkt(node)
  if (!written) return []
  const matches: CrsInfo[] = []
  for (const [code, line] of db.lines) {
    if (!line.includes(`+proj=${written.projection} `) && !(written.projection === 'tmerc' && line.includes('+proj=utm ')))
      continue
    const info = crsInfo(`EPSG:${code}`, db)
    if (info && agree(written, projectionOf(info))) matches.push(info)
  }
  const onDatum = matches.filter((info) => sameDatum(node, info, db))
  return onDatum.length > 0 ? onDatum : matches
}
