import { NAME_THE_CRS } from '../model/asides.ts'
import { bilingual } from '../text.ts'
import type { Guess } from '../model/inspection.ts'
import { relativesOf } from './candidates.ts'
import { doubtful, farthest, guessFromCoordinates, suggest, type Others } from './coordinates.ts'
import { crsInfo, type CrsInfo } from './crs.ts'
import { crsDatabase, type CrsDatabase } from './database.ts'
import { isDegrees, isInArea, type Extent } from './place.ts'

type CrsGuess = Guess<string | null>

/** A city plan is rarely wider than this; degrees that span more deserve a second look. */
const WIDE_DEGREES = 30
/** How far outside its area of use a system may be taken: a city often reaches over the edge of a 3-degree zone. */
const MARGIN_DEG = 3

/** Keeps a named CRS only as sure as the coordinates allow; where it cannot be true, says so and names the likely right ones. */
export function checkAgainstExtent(found: CrsGuess, extent: Extent | null, db: CrsDatabase = crsDatabase()): CrsGuess {
  const info = found.value === null ? undefined : crsInfo(found.value, db)
  if (!info || !extent) return found
  if (info.kind === 'geographic') return checkDegrees(found, info, extent, db)
  if (isDegrees(extent) && !isInArea(info, extent, 1, db)) return degreesAsMetres(found, info, extent, db)
  if (isInArea(info, extent, MARGIN_DEG, db)) return found
  return outside(found, info, extent, db)
}

function degreesAsMetres(found: CrsGuess, info: CrsInfo, extent: Extent, db: CrsDatabase): CrsGuess {
  const base = info.base ?? 'EPSG:4326'
  const degrees = guessFromCoordinates(extent, bilingual('', ''), db).others ?? []
  const likely = {
    value: base,
    confidence: 0.6,
    reason: bilingual('所声明投影的地理坐标系', 'the degrees that the declared projection is based on'),
  }
  return doubtful(
    'crs.degrees-as-metres',
    null,
    0.2,
    bilingual(
      `${found.reason.zh}，但坐标在经纬度范围内，不像米：请指定坐标系（可能为 ${base}）`,
      `${found.reason.en}, but coordinates are in the range of degrees, not metres: name the CRS (perhaps ${base})`,
    ),
    [likely, ...degrees.filter(({ value }) => value !== base)],
  )
}

/** Declared metres (or feet) that lie where the system is not used: the same projection with another origin or unit may fit. */
function outside(found: CrsGuess, info: CrsInfo, extent: Extent, db: CrsDatabase): CrsGuess {
  const fitting = relativesOf(info, db).filter((other) => isInArea(other, extent, 0.5, db))
  const others: Others = fitting.map((other) => ({ value: other.code, confidence: 0.8, reason: whyRelative(info, other) }))
  const [first] = fitting
  if (!first)
    return doubtful(
      'crs.outside-area',
      info.code,
      0.4,
      bilingual(
        `${found.reason.zh}，但坐标落在该坐标系的适用范围之外，请确认`,
        `${found.reason.en}, but the coordinates lie outside its area of use: please confirm`,
      ),
      suggest(extent, db).others,
    )
  const code = isUnit(info, first) ? 'crs.wrong-unit' : 'crs.prefix-mismatch'
  const why = whyRelative(info, first)
  return doubtful(
    code,
    info.code,
    0.2,
    bilingual(
      `${found.reason.zh}，但坐标落在其适用范围之外；${why.zh}，应为 ${first.code}（${first.name}）`,
      `${found.reason.en}, but the coordinates lie outside its area of use; ${why.en}: it should be ${first.code} (${first.name})`,
    ),
    others,
  )
}

const isUnit = (a: CrsInfo, b: CrsInfo): boolean => Math.abs(a.metresPerUnit - b.metresPerUnit) > 1e-3

function whyRelative(declared: CrsInfo, other: CrsInfo): { zh: string; en: string } {
  if (isUnit(declared, other))
    return other.metresPerUnit < 0.5
      ? bilingual('坐标单位是英尺而不是米', 'the coordinates are in feet, not in metres')
      : bilingual('坐标单位是米而不是英尺', 'the coordinates are in metres, not in feet')
  return / zone \d+$/.test(other.name)
    ? bilingual(
        '东坐标带有带号，而声明的坐标系不带带号',
        'the easting carries a zone number, which the declared system does not have',
      )
    : bilingual('东坐标不带带号，而声明的坐标系带有带号', 'the easting carries no zone number, which the declared system has')
}

function checkDegrees(found: CrsGuess, info: CrsInfo, extent: Extent, db: CrsDatabase): CrsGuess {
  const [minX, minY, maxX, maxY] = extent
  if (!isDegrees(extent)) {
    if (minX >= -90.001 && maxX <= 90.001 && minY >= -180 && maxY <= 180)
      return doubtful(
        'crs.axes-swapped',
        null,
        0.1,
        bilingual(
          `${found.reason.zh}，但纵坐标达 ${farthest(extent)}，经纬度顺序可能颠倒`,
          `${found.reason.en}, but the second coordinate reaches ${farthest(extent)}: longitude and latitude may be swapped`,
        ),
      )
    const { text, others } = suggest(extent, db)
    return doubtful(
      'crs.metres-as-degrees',
      null,
      0,
      bilingual(
        `${found.reason.zh}，但坐标达 ${farthest(extent)}，不是度，应为独立或投影坐标（米）${text.zh}${NAME_THE_CRS.zh}`,
        `${found.reason.en}, but coordinates up to ${farthest(extent)} are not degrees; local or projected metres${text.en}${NAME_THE_CRS.en}`,
      ),
      others,
    )
  }
  if (!isInArea(info, extent, MARGIN_DEG, db))
    return doubtful(
      'crs.outside-area',
      info.code,
      0.4,
      bilingual(
        `${found.reason.zh}，但坐标落在其适用范围之外，请确认`,
        `${found.reason.en}, but the coordinates lie outside its area of use: please confirm`,
      ),
      [{ value: 'EPSG:4326', confidence: 0.3, reason: bilingual('WGS 84 经纬度', 'WGS 84 degrees') }],
    )
  if (maxX - minX <= WIDE_DEGREES && maxY - minY <= WIDE_DEGREES) return found
  const span = Math.round(Math.max(maxX - minX, maxY - minY))
  return doubtful(
    'crs.wide',
    info.code,
    Math.min(found.confidence, 0.7),
    bilingual(
      `${found.reason.zh}；范围跨越 ${span}°，远大于一座城市`,
      `${found.reason.en}; it spans ${span}°, far more than a city`,
    ),
  )
}
