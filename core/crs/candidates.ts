import { crsInfo, type CrsInfo } from './crs.ts'
import { crsDatabase, type CrsDatabase } from './database.ts'
import { projectionOf, type Parameters } from './match.ts'
import { boxInDegrees, gapKm, isDegrees, isInArea, isInBox, middleOf, type Extent } from './place.ts'

/** Bases that Chinese plans come on, the one that is in force first. */
export const CHINESE_BASES = ['EPSG:4490', 'EPSG:4610', 'EPSG:4214'] as const

const SHAPE = ['lat_0', 'lon_0', 'lat_1', 'lat_2', 'k'] as const

const sameShape = (a: Parameters, b: Parameters): boolean =>
  a.projection === b.projection &&
  SHAPE.every((key) => Math.abs((a.values[key] ?? (key === 'k' ? 1 : 0)) - (b.values[key] ?? (key === 'k' ? 1 : 0))) < 1e-6)

/** Systems of one database by base: the scan of all lines is made once. */
const byBase = new WeakMap<CrsDatabase, Map<string, CrsInfo[]>>()

function systemsOn(base: string, db: CrsDatabase): readonly CrsInfo[] {
  const known = byBase.get(db) ?? new Map<string, CrsInfo[]>()
  byBase.set(db, known)
  if (!known.has(base)) {
    const tab = `\t${base.slice('EPSG:'.length)}\t`
    const found: CrsInfo[] = []
    for (const [code, line] of db.lines) {
      const info = line.includes(tab) ? crsInfo(`EPSG:${code}`, db) : undefined
      if (info?.kind === 'projected' && info.base === base) found.push(info)
    }
    known.set(base, found)
  }
  return known.get(base) ?? []
}

/** The same projection on the same base with another false origin or unit: with and without zone prefix, in feet and in metres. */
export function relativesOf(info: CrsInfo, db: CrsDatabase = crsDatabase(), base: string | null = info.base): CrsInfo[] {
  if (info.kind !== 'projected' || base === null) return []
  const own = projectionOf(info)
  return systemsOn(base, db).filter((other) => other.code !== info.code && sameShape(own, projectionOf(other)))
}

/** The same zone, false easting included, on another of the Chinese bases. */
export function onOtherBases(info: CrsInfo, db: CrsDatabase = crsDatabase()): CrsInfo[] {
  const falseEasting = projectionOf(info).values.x_0 ?? 0
  return CHINESE_BASES.filter((base) => base !== info.base).flatMap((base) =>
    relativesOf(info, db, base)
      .filter((other) => Math.abs((projectionOf(other).values.x_0 ?? 0) - falseEasting) < 1)
      .slice(0, 1),
  )
}

/** Gauss–Krüger systems of CGCS2000 in which these coordinates fall on their own zone in China, 3° zones before 6° ones. */
export function chineseZones(extent: Extent, db: CrsDatabase = crsDatabase()): CrsInfo[] {
  const [minX, minY, maxX, maxY] = extent
  if (minY < 300_000 || maxY > 6_000_000 || minX < 0 || maxX > 46_000_000) return []
  const prefixed = minX > 13_000_000
  if (!prefixed && (minX < 150_000 || maxX > 850_000)) return []
  const from3 = prefixed ? 4513 : 4534
  const from6 = prefixed ? 4491 : 4502
  const codes = [...Array.from({ length: 21 }, (_, i) => from3 + i), ...Array.from({ length: 11 }, (_, i) => from6 + i)]
  return codes.flatMap((code) => {
    const info = crsInfo(`EPSG:${code}`, db)
    return info && isInArea(info, extent, 0.2, db) ? [info] : []
  })
}

export interface Placed {
  info: CrsInfo
  /** From the target's nearest side; 0 where they overlap. */
  gapKm: number
}

/** How a system is ranked among equals: in force in China, then the plain datum of the world, then the rest. */
const rank = ({ base }: CrsInfo): number => (base === 'EPSG:4490' ? 0 : base === 'EPSG:4326' ? 1 : 2)

/**
 * Every known system under which an extent lands within `withinKm` of a place on Earth (a box in degrees), nearest first.
 * Of systems that differ only in their datum by less than a plan can tell, the most usual is kept.
 */
export function systemsNear(extent: Extent, target: Extent, withinKm: number, db: CrsDatabase = crsDatabase()): Placed[] {
  const [lon, lat] = middleOf(target)
  const placed: Placed[] = []
  for (const code of db.lines.keys()) {
    const line = db.lines.get(code) ?? ''
    const [west = -180, south = -90, east = 180, north = 90] = (line.split('\t')[5] ?? '').split(' ').map(Number)
    if (!isInBox([west, south, east, north], [lon, lat], 0.5)) continue
    const info = crsInfo(`EPSG:${code}`, db)
    if (!info || (info.kind === 'geographic') !== isDegrees(extent)) continue
    const box = boxInDegrees(info.code, extent, db)
    const gap = box === null ? Number.NaN : gapKm(box, target)
    if (gap <= withinKm) placed.push({ info, gapKm: gap })
  }
  return placed.toSorted((a, b) => Math.round(a.gapKm - b.gapKm) || rank(a.info) - rank(b.info) || size(a.info) - size(b.info))
}

/** Systems made for a small area say more than those of a continent. */
const size = ({ areaOfUse }: CrsInfo): number => {
  if (!areaOfUse) return Infinity
  const [west, south, east, north] = areaOfUse
  return (east < west ? east + 360 - west : east - west) * (north - south)
}
