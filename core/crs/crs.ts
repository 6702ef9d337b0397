import proj4 from 'proj4'
import { AppError } from '../errors.ts'
import { LOCAL_METRES } from '../model/local-metres.ts'
import { customInfo, customWkt, isCustomCode } from './custom.ts'
import { crsDatabase, type CrsDatabase } from './database.ts'

/** What is known of one coordinate reference system. */
export interface CrsInfo {
  /** "EPSG:4547", "LOCAL:metre", or "PROJ:EPSG:4490 +proj=…" (see `custom.ts`). */
  code: string
  name: string
  kind: 'projected' | 'geographic' | 'local'
  /** Definition for the projection engine; empty for a local plane. */
  proj4: string
  semiMajorM: number
  /** 0 for a sphere. */
  inverseFlattening: number
  /** Metres per unit of the coordinates; 0 for degrees. */
  metresPerUnit: number
  /** west, south, east, north in degrees; null for a local plane. */
  areaOfUse: readonly [number, number, number, number] | null
  /** Code of the geographic system that it is based on ("EPSG:4490"); systems with the same base share a datum. */
  base: string | null
  /** How its datum relates to WGS 84: the same within a metre, by published parameters, or only by measured local ones. */
  datum: 'wgs84' | 'published' | 'needs-parameters'
}

const FEET: Record<string, number> = { m: 1, km: 1000, ft: 0.3048, 'us-ft': 1200 / 3937, link: 0.201168, 'ind-yd': 0.91439523 }
const LOCAL: CrsInfo = {
  code: LOCAL_METRES,
  name: 'Local plane in metres',
  kind: 'local',
  proj4: '',
  semiMajorM: 0,
  inverseFlattening: 0,
  metresPerUnit: 1,
  areaOfUse: null,
  base: null,
  datum: 'needs-parameters',
}

function metresPerUnit(definition: string): number {
  const factor = /\+to_meter=([\d.eE+-]+)/.exec(definition)?.[1]
  if (factor !== undefined) return Number(factor)
  return FEET[/\+units=(\S+)/.exec(definition)?.[1] ?? 'm'] ?? 1
}

function datumOf(
  db: CrsDatabase,
  base: string,
  shift: string,
  definition: string,
  semiMajorM: number,
  flattening: number,
): CrsInfo['datum'] {
  if (Object.hasOwn(db.needsParameters, base) || shift === 'grid') return 'needs-parameters'
  if (/\+towgs84=0,0,0(,0,0,0,0)?(\s|$)|\+datum=(WGS84|NAD83)/.test(definition)) return 'wgs84'
  if (/\+(towgs84|datum)=/.test(definition)) return 'published'
  return semiMajorM === 6_378_137 && Math.abs(flattening - 298.2572) < 1e-3 ? 'wgs84' : 'needs-parameters'
}

/**
 * The system of a code ("EPSG:4547", "LOCAL:metre"), or undefined when the code is unknown or cannot be converted.
 * Source: EPSG dataset, `resources/crs/epsg.json`.
 */
export function crsInfo(code: string, db: CrsDatabase = crsDatabase()): CrsInfo | undefined {
  if (code === LOCAL_METRES) return LOCAL
  if (isCustomCode(code)) return knownCustom(code, db)
  const line = code.startsWith('EPSG:') ? db.lines.get(code.slice(5)) : undefined
  if (line === undefined) return undefined
  const [, name = '', kind = '', definition = '', ellipsoid = '', area = '', base = '', shift = ''] = line.split('\t')
  const [semiMajorM = 0, inverseFlattening = 0] = (db.ellipsoids[Number(ellipsoid)] ?? '').split(' ').map(Number)
  const [west = -180, south = -90, east = 180, north = 90] = area.split(' ').map(Number)
  return {
    code,
    name,
    kind: kind === 'g' ? 'geographic' : 'projected',
    proj4: definition,
    semiMajorM,
    inverseFlattening,
    metresPerUnit: kind === 'g' ? 0 : metresPerUnit(definition),
    areaOfUse: [west, south, east, north],
    base: base === '' ? null : `EPSG:${base}`,
    datum: datumOf(db, base, shift, definition, semiMajorM, inverseFlattening),
  }
}

/** Custom systems are asked for once per feature by some callers: they are worked out once. */
const customs = new WeakMap<CrsDatabase, Map<string, CrsInfo | undefined>>()

function knownCustom(code: string, db: CrsDatabase): CrsInfo | undefined {
  const known = customs.get(db) ?? new Map<string, CrsInfo | undefined>()
  customs.set(db, known)
  if (!known.has(code))
    known.set(
      code,
      customInfo(code, (base) => crsInfo(base, db), metresPerUnit),
    )
  return known.get(code)
}

/** The OGC WKT 1 text of a code, as GeoPackage stores it; null when none is known. */
export function crsWkt(code: string, db: CrsDatabase = crsDatabase()): string | null {
  const custom = isCustomCode(code) ? crsInfo(code, db) : undefined
  if (custom) return customWkt(code, custom, crsWkt(custom.base ?? '', db) ?? '')
  const line = code.startsWith('EPSG:') ? db.lines.get(code.slice(5)) : undefined
  const [number = '', name = '', , , , , , , packed = ''] = line?.split('\t') ?? []
  if (packed === '') return null
  const [geographic = '', tail, ...values] = packed.split(' ')
  const base = db.geographicWkts[Number(geographic)] ?? ''
  if (tail === undefined) return base
  let next = 0
  const rest = (db.tails[Number(tail)] ?? '').replaceAll('#', () => values[next++] ?? '0')
  return `PROJCS["${name}",${base},${rest},AUTHORITY["EPSG","${number}"]]`
}

/** Converts one point; units are those of the two systems, x before y (longitude before latitude). */
export type Transform = (x: number, y: number) => [number, number]

const known = (code: string, db: CrsDatabase): CrsInfo => {
  const info = crsInfo(code, db)
  if (!info) throw new AppError('import.crs-unknown', { crs: code })
  return info
}

/** A definition by its ellipsoid alone: whoever uses it says himself what becomes of the datum. */
export const withoutDatum = (definition: string, info: CrsInfo): string =>
  `${definition.replace(/\+(datum|ellps|a|b|rf|R|towgs84|nadgrids)=\S+\s*/g, '')} +a=${info.semiMajorM} ${info.inverseFlattening === 0 ? `+b=${info.semiMajorM}` : `+rf=${info.inverseFlattening}`}`

/** Web Mercator computes on a sphere while its datum is WGS 84: only its own definition says so. */
const isSphericalMercator = (info: CrsInfo): boolean => info.proj4.includes('nadgrids=@null')

/**
 * A converter between two systems. Same datum: pure projection. Published shift: by its parameters, accurate to metres.
 * @throws AppError `import.crs-unknown`, `import.local-plane`, and `import.datum-shift-needs-parameters` where only local
 * parameters would be right (Beijing 1954, Xi'an 1980, grid-based shifts): never silently wrong by tens of metres. `local`
 * gives the conversion where such parameters are at hand (`datum-shift.ts`).
 */
export function makeTransform(
  from: string,
  to: string,
  db: CrsDatabase = crsDatabase(),
  local?: (from: CrsInfo, to: CrsInfo) => Transform | undefined,
): Transform {
  const source = known(from, db)
  const target = known(to, db)
  if (from === to) return (x, y) => [x, y]
  if (source.kind === 'local' || target.kind === 'local') throw new AppError('import.local-plane', { from, to })
  const sameDatum = source.base !== null && source.base === target.base
  const shifted = sameDatum ? undefined : local?.(source, target)
  if (shifted) return shifted
  if (!sameDatum && (source.datum === 'needs-parameters' || target.datum === 'needs-parameters')) {
    throw new AppError('import.datum-shift-needs-parameters', { from, to })
  }
  const plain = sameDatum && !isSphericalMercator(source) && !isSphericalMercator(target)
  const converter = proj4(
    plain ? withoutDatum(source.proj4, source) : source.proj4,
    plain ? withoutDatum(target.proj4, target) : target.proj4,
  )
  return (x, y) => {
    const [x2, y2] = converter.forward([x, y])
    return [x2, y2]
  }
}
