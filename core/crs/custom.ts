import proj4 from 'proj4'
import type { CrsInfo } from './crs.ts'

/**
 * Systems without an EPSG code, such as a city's own Gauss–Krüger plane: `PROJ:` + code of the geographic system that it is
 * based on + the parameters of its projection. The base gives ellipsoid and datum, so parameters of a datum shift have no place.
 * Example: `PROJ:EPSG:4490 +proj=tmerc +lat_0=0 +lon_0=114.25 +k=1 +x_0=800000 +y_0=0 +units=m`.
 */
const CUSTOM = /^PROJ:(EPSG:\d{4,6})((?: \+[a-z]+(?:_(?:\d|meter))?=[-+\w.]+)+)$/

const PROJECTIONS = new Set(['tmerc', 'lcc', 'aea', 'merc', 'laea', 'cass', 'sterea'])
const NUMBERS = new Set(['lat_0', 'lon_0', 'lat_1', 'lat_2', 'k', 'x_0', 'y_0', 'to_meter'])
const ORDER = ['lat_0', 'lon_0', 'lat_1', 'lat_2', 'k', 'x_0', 'y_0'] as const
const UNITS = new Set(['m', 'km', 'ft', 'us-ft'])
/** A projection whose origin does not come back within this is not understood. */
const TOLERANCE_DEG = 1e-6

export const isCustomCode = (code: string): boolean => code.startsWith('PROJ:')

interface Parts {
  base: string
  parameters: Map<string, string>
}

function partsOf(code: string): Parts | undefined {
  const [, base, text = ''] = CUSTOM.exec(code) ?? []
  if (base === undefined) return undefined
  const parameters = new Map<string, string>()
  for (const [, key = '', value = ''] of text.matchAll(/\+(\w+)=(\S+)/g)) {
    const isValid =
      key === 'proj'
        ? PROJECTIONS.has(value)
        : key === 'units'
          ? UNITS.has(value)
          : NUMBERS.has(key) && Number.isFinite(Number(value))
    if (!isValid || parameters.has(key)) return undefined
    parameters.set(key, value)
  }
  return parameters.has('proj') ? { base, parameters } : undefined
}

/** What such a code says, or undefined when it is not well formed or the projection engine cannot go there and back. */
export function customInfo(
  code: string,
  baseOf: (code: string) => CrsInfo | undefined,
  metresPerUnit: (definition: string) => number,
): CrsInfo | undefined {
  const parts = partsOf(code)
  const base = parts && baseOf(parts.base)
  if (!base || base.kind !== 'geographic') return undefined
  const shape = base.inverseFlattening === 0 ? `+b=${base.semiMajorM}` : `+rf=${base.inverseFlattening}`
  const text = [...parts.parameters].map(([key, value]) => `+${key}=${value}`).join(' ')
  const definition = `${text} +a=${base.semiMajorM} ${shape}`
  if (!works(definition, parts.parameters)) return undefined
  return {
    ...base,
    code,
    name: `${base.name} / ${parts.parameters.get('proj') ?? ''} ${parts.parameters.get('lon_0') ?? '0'}°`,
    kind: 'projected',
    proj4: definition,
    metresPerUnit: metresPerUnit(definition),
    base: base.code,
  }
}

function works(definition: string, parameters: ReadonlyMap<string, string>): boolean {
  const lon = Number(parameters.get('lon_0') ?? 0) + 0.5
  const lat = Number(parameters.get('lat_0') ?? 0) + 0.5
  if (Math.abs(lon) > 180 || Math.abs(lat) > 89) return false
  try {
    const { forward, inverse } = proj4(definition)
    const [lon2, lat2] = inverse(forward([lon, lat]))
    return Math.abs(lon2 - lon) + Math.abs(lat2 - lat) < TOLERANCE_DEG
  } catch {
    return false // the engine's way of saying that it does not know these parameters
  }
}

/** The code of a base and projection parameters; numbers as short as they are exact. */
export function customCode(base: string, projection: string, values: Readonly<Record<string, number>>): string {
  const { unit = 1, ...rest } = values
  const written = ORDER.flatMap((key) => (rest[key] === undefined ? [] : [`+${key}=${String(rest[key])}`]))
  return [`PROJ:${base}`, `+proj=${projection}`, ...written, unit === 1 ? '+units=m' : `+to_meter=${unit}`].join(' ')
}

const WKT_PROJECTIONS: Record<string, string> = {
  tmerc: 'Transverse_Mercator',
  lcc: 'Lambert_Conformal_Conic_2SP',
  aea: 'Albers_Conic_Equal_Area',
  merc: 'Mercator_1SP',
  laea: 'Lambert_Azimuthal_Equal_Area',
  cass: 'Cassini_Soldner',
  sterea: 'Oblique_Stereographic',
}
const WKT_PARAMETERS: Record<string, string> = {
  lat_0: 'latitude_of_origin',
  lon_0: 'central_meridian',
  lat_1: 'standard_parallel_1',
  lat_2: 'standard_parallel_2',
  k: 'scale_factor',
  x_0: 'false_easting',
  y_0: 'false_northing',
}

/** OGC WKT 1 of such a code, around the WKT of its base; false easting and northing in the system's own unit, as WKT has it. */
export function customWkt(code: string, info: CrsInfo, baseWkt: string): string | null {
  const parts = partsOf(code)
  if (!parts) return null
  const values = [...parts.parameters].flatMap(([key, value]) => {
    const name = WKT_PARAMETERS[key]
    if (name === undefined) return []
    const number = key === 'x_0' || key === 'y_0' ? Number(value) / info.metresPerUnit : Number(value)
    return [`PARAMETER["${name}",${number}]`]
  })
  const projection = WKT_PROJECTIONS[parts.parameters.get('proj') ?? ''] ?? ''
  const unit = `UNIT["${info.metresPerUnit === 1 ? 'metre' : 'unit'}",${info.metresPerUnit}]`
  return `PROJCS["${info.name}",${baseWkt},PROJECTION["${projection}"],${values.join(',')},${unit}]`
}

/** A number of its own for a custom code: stable, and beyond every EPSG code. GeoPackage knows systems by number. */
export function customNumber(code: string): number {
  let hash = 0x811c9dc5 // FNV-1a
  for (const character of code) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return 1_000_000 + (hash % 2_000_000_000)
}
