import { bilingual, type Bilingual } from '../text.ts'
import type { Guess } from '../model/inspection.ts'
import { crsInfo, makeTransform, type CrsInfo } from './crs.ts'
import { crsDatabase, type CrsDatabase } from './database.ts'

/** minX, minY, maxX, maxY in the layer's own units. */
export type Extent = readonly [number, number, number, number]

type CrsGuess = Guess<string | null>

const guess = (value: string | null, confidence: number, zh: string, en: string): CrsGuess => ({
  value,
  confidence,
  reason: bilingual(zh, en),
})

const isDegrees = ([minX, minY, maxX, maxY]: Extent): boolean =>
  minX >= -180.001 && maxX <= 360 && minY >= -90.001 && maxY <= 90.001

/** The coordinate that cannot be degrees, as a reader would quote it. */
const farthest = (extent: Extent): string => {
  const value = Math.max(...extent.map(Math.abs))
  return String(value >= 1000 ? Math.round(value) : Number(value.toFixed(2)))
}

/** A city plan is rarely wider than this; degrees that span more deserve a second look. */
const WIDE_DEGREES = 30

const inChinaDegrees = ([minX, minY, maxX, maxY]: Extent): boolean => minX >= 73 && maxX <= 136 && minY >= 3 && maxY <= 54

/** 3° zones 25–45 and 6° zones 13–23 lead the easting; domain.md §5. */
function zonePrefix([minX, minY, maxX, maxY]: Extent): CrsGuess | null {
  const zone = Math.floor(minX / 1_000_000)
  if (zone !== Math.floor(maxX / 1_000_000) || minY < 300_000 || maxY > 6_000_000) return null
  const code = zone >= 25 && zone <= 45 ? 4513 + zone - 25 : zone >= 13 && zone <= 23 ? 4491 + zone - 13 : null
  if (code === null) return null
  const meridian = zone >= 25 ? zone * 3 : zone * 6 - 3
  return guess(
    `EPSG:${code}`,
    0.5,
    `东坐标带有带号 ${zone}，符合高斯-克吕格投影、中央经线 ${meridian}°；基准（CGCS2000、西安80、北京54）无法由坐标判断，请确认`,
    `the easting carries zone number ${zone}: Gauss–Krüger, central meridian ${meridian}°; coordinates cannot tell the datum (CGCS2000, Xi'an 1980, Beijing 1954), please confirm`,
  )
}

/** Central meridians of the 3° zones in which these coordinates (false easting 500 km) fall on China's area of use. */
function meridianCandidates(extent: Extent, db: CrsDatabase): CrsInfo[] {
  const [minX, minY, maxX, maxY] = extent
  if (minX < 300_000 || maxX > 700_000 || minY < 300_000 || maxY > 6_000_000) return []
  const found: CrsInfo[] = []
  for (let code = 4534; code <= 4554; code++) {
    const info = crsInfo(`EPSG:${code}`, db)
    if (info && isInArea(info, extent, 0, db)) found.push(info)
  }
  return found
}

/** What plain coordinates suggest when nothing names a CRS: only ever a question, never a silent choice. */
export function guessFromCoordinates(extent: Extent | null, lead: Bilingual, db: CrsDatabase = crsDatabase()): CrsGuess {
  if (!extent) return guess(null, 0, `${lead.zh}，且没有坐标可供判断`, `${lead.en}, and there are no coordinates to judge by`)
  if (isDegrees(extent)) {
    if (inChinaDegrees(extent))
      return guess(
        'EPSG:4490',
        0.55,
        `${lead.zh}；坐标像中国境内的经纬度，可能为 CGCS2000（EPSG:4490），请确认`,
        `${lead.en}; coordinates look like degrees in China, probably CGCS2000 (EPSG:4490): please confirm`,
      )
    return guess(
      'EPSG:4326',
      0.4,
      `${lead.zh}；坐标在经纬度范围内，也可能是独立平面坐标，请确认`,
      `${lead.en}; coordinates are within the range of degrees but could be a local plane: please confirm`,
    )
  }
  const zoned = zonePrefix(extent)
  if (zoned) return { ...zoned, reason: bilingual(`${lead.zh}；${zoned.reason.zh}`, `${lead.en}; ${zoned.reason.en}`) }
  const suggestion = suggest(extent, db)
  return guess(
    null,
    0,
    `${lead.zh}；坐标达 ${farthest(extent)}，不是经纬度，应为独立或投影坐标（米）${suggestion.zh}：请在清单或对话框中指定坐标系`,
    `${lead.en}; coordinates up to ${farthest(extent)} are not degrees; local or projected metres${suggestion.en}: name the CRS in the manifest or dialog`,
  )
}

/** Likely systems as half a sentence, or nothing. */
function suggest(extent: Extent, db: CrsDatabase): Bilingual {
  const zoned = zonePrefix(extent)
  if (zoned) return bilingual(`；可能为 ${zoned.value}（${zoned.reason.zh}）`, `; likely ${zoned.value} (${zoned.reason.en})`)
  const candidates = meridianCandidates(extent, db)
  if (candidates.length === 0) return bilingual('', '')
  const list = candidates.map(({ code, name }) => `${code} ${/CM (\d+)E/.exec(name)?.[1] ?? ''}°`).join(', ')
  return bilingual(
    `；数值符合 CGCS2000 3 度分带高斯-克吕格投影，中央经线之一：${list}`,
    `; they fit CGCS2000 3-degree Gauss–Krüger with one of the central meridians ${list}`,
  )
}

/** True when the extent's centre, in degrees of the system's own datum, lies in its area of use (grown by `marginDeg`). */
function isInArea(info: CrsInfo, extent: Extent, marginDeg: number, db: CrsDatabase): boolean {
  if (!info.areaOfUse) return true
  const [west, south, east, north] = info.areaOfUse
  const middle: [number, number] = [(extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2]
  const [lon, lat] = info.kind === 'geographic' ? middle : toDegrees(info, middle, db)
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return false
  const inLon =
    west <= east ? lon >= west - marginDeg && lon <= east + marginDeg : lon >= west - marginDeg || lon <= east + marginDeg
  return inLon && lat >= south - marginDeg && lat <= north + marginDeg
}

const toDegrees = (info: CrsInfo, [x, y]: [number, number], db: CrsDatabase): [number, number] =>
  info.base && crsInfo(info.base, db) ? makeTransform(info.code, info.base, db)(x, y) : [Number.NaN, Number.NaN]

/** Keeps a named CRS only as sure as the coordinates allow: degrees that are metres, and places far outside its area, are said. */
export function checkAgainstExtent(found: CrsGuess, extent: Extent | null, db: CrsDatabase = crsDatabase()): CrsGuess {
  const info = found.value === null ? undefined : crsInfo(found.value, db)
  if (!info || !extent) return found
  if (info.kind === 'geographic') return checkDegrees(found, info, extent, db)
  if (isDegrees(extent) && !isInArea(info, extent, 1, db)) {
    return guess(
      null,
      0.2,
      `${found.reason.zh}，但坐标在经纬度范围内，不像米：请指定坐标系（可能为 ${info.base ?? 'EPSG:4326'}）`,
      `${found.reason.en}, but coordinates are in the range of degrees, not metres: name the CRS (perhaps ${info.base ?? 'EPSG:4326'})`,
    )
  }
  if (!isInArea(info, extent, 3, db)) {
    return guess(
      info.code,
      0.4,
      `${found.reason.zh}，但坐标落在该坐标系的适用范围之外，请确认`,
      `${found.reason.en}, but the coordinates lie outside its area of use: please confirm`,
    )
  }
  return found
}

function checkDegrees(found: CrsGuess, info: CrsInfo, extent: Extent, db: CrsDatabase): CrsGuess {
  const [minX, minY, maxX, maxY] = extent
  if (!isDegrees(extent)) {
    if (minX >= -90.001 && maxX <= 90.001 && minY >= -180 && maxY <= 180) {
      return guess(
        null,
        0.1,
        `${found.reason.zh}，但纵坐标达 ${farthest(extent)}，经纬度顺序可能颠倒`,
        `${found.reason.en}, but the second coordinate reaches ${farthest(extent)}: longitude and latitude may be swapped`,
      )
    }
    const likely = suggest(extent, db)
    return guess(
      null,
      0,
      `${found.reason.zh}，但坐标达 ${farthest(extent)}，不是度，应为独立或投影坐标（米）${likely.zh}：请在清单或对话框中指定坐标系`,
      `${found.reason.en}, but coordinates up to ${farthest(extent)} are not degrees; local or projected metres${likely.en}: name the CRS in the manifest or dialog`,
    )
  }
  if (!isInArea(info, extent, 3, db)) {
    return guess(
      info.code,
      0.4,
      `${found.reason.zh}，但坐标落在其适用范围之外，请确认`,
      `${found.reason.en}, but the coordinates lie outside its area of use: please confirm`,
    )
  }
  if (maxX - minX > WIDE_DEGREES || maxY - minY > WIDE_DEGREES) {
    return guess(
      info.code,
      Math.min(found.confidence, 0.7),
      `${found.reason.zh}；范围跨越 ${Math.round(Math.max(maxX - minX, maxY - minY))}°，远大于一座城市`,
      `${found.reason.en}; it spans ${Math.round(Math.max(maxX - minX, maxY - minY))}°, far more than a city`,
    )
  }
  return found
}
