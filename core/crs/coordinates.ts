import { NAME_THE_CRS } from '../model/asides.ts'
import { bilingual, type Bilingual } from '../text.ts'
import type { Guess } from '../model/inspection.ts'
import { chineseZones, onOtherBases } from './candidates.ts'
import { crsInfo, type CrsInfo } from './crs.ts'
import { crsDatabase, type CrsDatabase } from './database.ts'
import { isDegrees, type Extent } from './place.ts'

export type { Extent } from './place.ts'

type CrsGuess = Guess<string | null>
/** Systems worth offering, likeliest first. */
export type Others = NonNullable<CrsGuess['others']>

/** A guess that questions what is declared (or that nothing is): the sentence is both its reason and the layer's problem. */
export function doubtful(
  code: string,
  value: string | null,
  confidence: number,
  reason: Bilingual,
  others: Others = [],
): CrsGuess {
  return { value, confidence, reason, doubt: { severity: 'warning', code, params: { value }, text: reason }, others }
}

/** The coordinate that cannot be degrees, as a reader would quote it. */
export const farthest = (extent: Extent): string => {
  const value = Math.max(...extent.map(Math.abs))
  return String(value >= 1000 ? Math.round(value) : Number(value.toFixed(2)))
}

const inChinaDegrees = ([minX, minY, maxX, maxY]: Extent): boolean => minX >= 73 && maxX <= 136 && minY >= 3 && maxY <= 54

/** What to do with numbers that nothing names, when they may be degrees. */
function fromDegrees(extent: Extent, lead: Bilingual): CrsGuess {
  const wgs84 = { value: 'EPSG:4326', confidence: 0.3, reason: bilingual('WGS 84 经纬度', 'WGS 84 degrees') }
  const local = {
    value: 'LOCAL:metre',
    confidence: 0.2,
    reason: bilingual('独立平面坐标（米）', 'a plane of its own, in metres'),
  }
  if (inChinaDegrees(extent))
    return doubtful(
      'crs.missing',
      'EPSG:4490',
      0.55,
      bilingual(
        `${lead.zh}；坐标像中国境内的经纬度，可能为 CGCS2000（EPSG:4490），请确认`,
        `${lead.en}; coordinates look like degrees in China, probably CGCS2000 (EPSG:4490): please confirm`,
      ),
      [{ value: 'EPSG:4490', confidence: 0.55, reason: bilingual('CGCS2000 经纬度', 'CGCS2000 degrees') }, wgs84],
    )
  return doubtful(
    'crs.missing',
    'EPSG:4326',
    0.4,
    bilingual(
      `${lead.zh}；坐标在经纬度范围内，也可能是独立平面坐标，请确认`,
      `${lead.en}; coordinates are within the range of degrees but could be a local plane: please confirm`,
    ),
    [wgs84, local],
  )
}

/** "EPSG:4527, CGCS2000 / 3-degree Gauss-Kruger zone 39" */
const titled = ({ code, name }: CrsInfo): string => `${code}, ${name}`

const asOther = (info: CrsInfo, confidence: number): Others[number] => ({
  value: info.code,
  confidence,
  reason: bilingual(`坐标数值符合 ${titled(info)}`, `the coordinates fit ${titled(info)}`),
})

/** The one zone that an easting's leading digits name, on the base in force; coordinates cannot tell its datum. */
export function zoneByPrefix(extent: Extent, db: CrsDatabase = crsDatabase()): CrsInfo | undefined {
  const [minX, minY, maxX, maxY] = extent
  const zone = Math.floor(minX / 1_000_000)
  if (zone !== Math.floor(maxX / 1_000_000) || minY < 300_000 || maxY > 6_000_000) return undefined
  const code = zone >= 25 && zone <= 45 ? 4513 + zone - 25 : zone >= 13 && zone <= 23 ? 4491 + zone - 13 : null
  return code === null ? undefined : crsInfo(`EPSG:${code}`, db)
}

const meridianOf = ({ proj4 }: CrsInfo): string => /\+lon_0=(-?[\d.]+)/.exec(proj4)?.[1] ?? ''

function fromZone(zone: CrsInfo, extent: Extent, lead: Bilingual, db: CrsDatabase): CrsGuess {
  const number = Math.floor(extent[0] / 1_000_000)
  const meridian = meridianOf(zone)
  return doubtful(
    'crs.datum-unknown',
    zone.code,
    0.5,
    bilingual(
      `${lead.zh}；东坐标带有带号 ${number}，符合高斯-克吕格投影、中央经线 ${meridian}°；基准（CGCS2000、西安80、北京54）无法由坐标判断，请确认`,
      `${lead.en}; the easting carries zone number ${number}: Gauss–Krüger, central meridian ${meridian}°; coordinates cannot tell the datum (CGCS2000, Xi'an 1980, Beijing 1954), please confirm`,
    ),
    [asOther(zone, 0.5), ...onOtherBases(zone, db).map((other) => asOther(other, 0.2))],
  )
}

/** What plain coordinates suggest when nothing names a CRS: only ever a question, never a silent choice. */
export function guessFromCoordinates(
  extent: Extent | null,
  lead: Bilingual,
  db: CrsDatabase = crsDatabase(),
  code = 'crs.missing',
): CrsGuess {
  if (!extent)
    return doubtful(
      code,
      null,
      0,
      bilingual(`${lead.zh}，且没有坐标可供判断`, `${lead.en}, and there are no coordinates to judge by`),
    )
  if (isDegrees(extent)) return fromDegrees(extent, lead)
  const zoned = zoneByPrefix(extent, db)
  if (zoned) return fromZone(zoned, extent, lead, db)
  const { text, others } = suggest(extent, db)
  return doubtful(
    code,
    null,
    0,
    bilingual(
      `${lead.zh}；坐标达 ${farthest(extent)}，不是经纬度，应为独立或投影坐标（米）${text.zh}${NAME_THE_CRS.zh}`,
      `${lead.en}; coordinates up to ${farthest(extent)} are not degrees; local or projected metres${text.en}${NAME_THE_CRS.en}`,
    ),
    others,
  )
}

/** Likely systems of coordinates in metres: half a sentence, and as choices. */
export function suggest(extent: Extent, db: CrsDatabase): { text: Bilingual; others: Others } {
  const local = {
    value: 'LOCAL:metre',
    confidence: 0.05,
    reason: bilingual('独立平面坐标（米）', 'a plane of its own, in metres'),
  }
  const zoned = zoneByPrefix(extent, db)
  if (zoned)
    return {
      text: bilingual(
        `；东坐标带有带号，可能为 ${titled(zoned)}`,
        `; the easting carries a zone number: likely ${titled(zoned)}`,
      ),
      others: [asOther(zoned, 0.5), ...onOtherBases(zoned, db).map((other) => asOther(other, 0.2))],
    }
  const zones = chineseZones(extent, db).filter(({ name }) => name.includes('3-degree'))
  if (zones.length === 0) return { text: bilingual('', ''), others: [local] }
  const list = zones.map((zone) => `${zone.code} ${meridianOf(zone)}°`).join(', ')
  const each = Number((0.6 / zones.length).toFixed(2))
  return {
    text: bilingual(
      `；数值符合 CGCS2000 3 度分带高斯-克吕格投影，中央经线之一：${list}`,
      `; they fit CGCS2000 3-degree Gauss–Krüger with one of the central meridians ${list}`,
    ),
    others: [...zones.map((zone) => asOther(zone, each)), local],
  }
}
