import { crsInfo, withoutDatum, type CrsInfo } from '../crs/crs.ts'
import { crsDatabase } from '../crs/database.ts'
import { fromFrame, type Frame } from '../geo/frame.ts'
import { bilingual } from '../text.ts'
import type { MapSystem } from './coordinates.ts'

const degrees = (semiMajorM: number, inverseFlattening: number): string =>
  `+proj=longlat +a=${semiMajorM} ${inverseFlattening === 0 ? `+b=${semiMajorM}` : `+rf=${inverseFlattening}`} +no_defs`

/** Zones of the CGCS2000 Gauss–Krüger systems by their EPSG codes: 3° with and without the zone in the easting, and 6°. */
const ZONES = [
  { of: (lon: number) => Math.round(lon / 3), first: 25, last: 45, code: 4513 },
  { of: (lon: number) => Math.round(lon / 3), first: 25, last: 45, code: 4534 },
  { of: (lon: number) => Math.floor(lon / 6) + 1, first: 13, last: 23, code: 4491 },
] as const

/**
 * The systems that places of a plan can be told in, the plan's own first: its plane, degrees, and where its datum allows the
 * Gauss–Krüger zones of CGCS2000 (in China) or the UTM zone of WGS 84 around it. Local datums (Beijing 1954, Xi'an 1980) are never
 * turned into others without parameters. Source of zones: EPSG dataset.
 */
export function mapSystems(crs: string, frame: Frame): MapSystem[] {
  if (frame.kind === 'planar')
    return [{ id: crs, label: bilingual('方案平面坐标', 'Plane of the plan'), kind: 'metres', definitions: null }]
  const own = crsInfo(crs)
  const base = own?.base === null || own?.base === undefined ? own : (crsInfo(own.base) ?? own)
  const from = degrees(frame.semiMajorM, frame.inverseFlattening)
  const datum = base?.name ?? crs
  const planned = own?.kind === 'projected' ? [metres(own, from, bilingual('方案坐标系', 'Plan CRS'))] : []
  const ofDatum = base?.datum === 'wgs84' ? `WGS 84 / ${datum === 'WGS 84' ? 'CGCS2000' : datum}` : datum
  const earth: MapSystem[] = [
    { id: 'degrees', label: bilingual(`${ofDatum} 十进制度`, `${ofDatum}, decimal degrees`), kind: 'degrees', definitions: null },
    { id: 'dms', label: bilingual(`${ofDatum} 度分秒`, `${ofDatum}, degrees minutes seconds`), kind: 'dms', definitions: null },
  ]
  const others = base?.datum === 'wgs84' ? around(frame).map((info) => metres(info, from)) : []
  return [...planned, ...earth, ...others.filter(({ id }) => id !== crs)]
}

function metres(info: CrsInfo, from: string, lead?: MapSystem['label']): MapSystem {
  const words = `${info.name} (${info.code.replace('EPSG:', 'EPSG ')})`
  const label = lead ? bilingual(`${lead.zh} ${words}`, `${lead.en} ${words}`) : bilingual(words, words)
  return { id: info.code, label, kind: 'metres', definitions: { from, to: withoutDatum(info.proj4, info) } }
}

/** How far outside of a zone's own area a place may lie: coasts and borders of the areas are drawn roughly. */
const NEAR_DEG = 0.3

/** Systems in metres around the middle of a plan: zones whose area of use holds it, else the UTM zone. */
function around(frame: Frame): CrsInfo[] {
  const [lon, lat] = fromFrame(frame)(0, 0)
  const db = crsDatabase()
  const zones = ZONES.flatMap(({ of, first, last, code }) => {
    const zone = of(lon)
    const info = zone < first || zone > last ? undefined : crsInfo(`EPSG:${code + zone - first}`, db)
    const [west, south, east, north] = info?.areaOfUse ?? [0, 0, 0, 0]
    const isNear = lon > west - NEAR_DEG && lon < east + NEAR_DEG && lat > south - NEAR_DEG && lat < north + NEAR_DEG
    return info && isNear ? [info] : []
  })
  if (zones.length > 0) return zones
  const utm = crsInfo(`EPSG:${(lat < 0 ? 32_700 : 32_600) + Math.floor((lon + 180) / 6) + 1}`, db)
  return utm ? [utm] : []
}
