import { guessFromCoordinates, type Extent } from '#core/crs/coordinates.ts'
import { recogniseFromWkt, type CrsGuess } from '#core/crs/recognise.ts'
import { ASK_BELOW } from '#core/model/inspection.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import { statedCrs } from './named-crs.ts'
import type { PairKind } from './table-columns.ts'

/** Whether the columns of a pair must change places, and why. */
export interface Axes {
  swapped: boolean
  /** True: they may be the wrong way round, but nothing is certain enough to change it. */
  doubtful: boolean
  reason: Bilingual
}

const flipped = ([minX, minY, maxX, maxY]: Extent): Extent => [minY, minX, maxY, maxX]
const inChina = ([minX, minY, maxX, maxY]: Extent): boolean => minX >= 73 && maxX <= 136 && minY >= 3 && maxY <= 54
/** Northings of China, and eastings with the false easting of 500 km, with or without a zone number. */
const isNorthing = (min: number, max: number): boolean => min >= 1_800_000 && max <= 6_000_000
const isEasting = (min: number, max: number): boolean =>
  (min >= 100_000 && max <= 900_000) || (min >= 13_000_000 && max < 46_000_000)

const KEEP: Axes = { swapped: false, doubtful: false, reason: bilingual('', '') }
const reasoned = (swapped: boolean, zh: string, en: string): Axes => ({
  swapped,
  doubtful: !swapped,
  reason: bilingual(zh, en),
})

/** Looks at coordinates (not at names alone): latitudes above 90 and northings under "X" are noticed. */
export function axesOf(kind: PairKind, box: Extent, prj: string | null): Axes {
  const [minX, minY, maxX, maxY] = box
  if (kind === 'degrees') {
    if (Math.max(Math.abs(minY), Math.abs(maxY)) > 90 && minX >= -90 && maxX <= 90 && minY >= -180 && maxY <= 180)
      return reasoned(
        true,
        '纬度列的数值超过 90°，经度列和纬度列已对调读取',
        'latitudes exceed 90°, so the two columns were read the other way round',
      )
    if (!inChina(box) && inChina(flipped(box)))
      return reasoned(
        false,
        '经度列和纬度列可能填反（对调后位于中国境内），请核对',
        'longitude and latitude may have been exchanged (the other way round they lie in China): please check',
      )
    return KEEP
  }
  if (prj !== null) {
    const asIs = recogniseFromWkt([{ source: '.prj', text: prj }], box).confidence
    const turned = recogniseFromWkt([{ source: '.prj', text: prj }], flipped(box)).confidence
    return turned > asIs && turned >= ASK_BELOW
      ? reasoned(
          true,
          'X、Y 两列对调后才符合 .prj 的坐标系，已对调读取',
          'the columns fit the system of the .prj only the other way round, and were read so',
        )
      : KEEP
  }
  if (isNorthing(minX, maxX) && isEasting(minY, maxY))
    return reasoned(
      true,
      'X 列的数值是北坐标、Y 列是东坐标（测量习惯 X 指北），已对调读取，请在地图上核对',
      'the X column holds northings and the Y column eastings (surveying convention, X to the north): read the other way round, check on the map',
    )
  return KEEP
}

const WEB_MAP = /gcj|火星|bd-?09|百度|高德|腾讯/i

/** The system of a table's coordinates: its .prj, the SRID of its WKT, else what names and values suggest (a question in China). */
export function tableCrs(
  extent: Extent | null,
  given: { prj: string | null; srid: number | null; degrees: boolean; names: readonly string[] },
): CrsGuess {
  const { prj, srid, degrees, names } = given
  if (prj !== null) return recogniseFromWkt([{ source: '.prj', text: prj }], extent)
  if (srid !== null && srid > 0) return statedCrs({ source: bilingual('WKT 的 SRID', 'the SRID of the WKT'), epsg: srid }, extent)
  const webMap = names.find((name) => WEB_MAP.test(name))
  if (webMap !== undefined) {
    const reason = bilingual(
      `列名“${webMap}”说明坐标取自互联网地图（GCJ-02 或 BD-09，偏移数百米），请先转换为 CGCS2000`,
      `the column “${webMap}” says that the coordinates come from a web map (GCJ-02 or BD-09, off by hundreds of metres): convert them to CGCS2000 first`,
    )
    return { value: null, confidence: 0, reason }
  }
  const guess = guessFromCoordinates(extent, bilingual('表格没有写明坐标系', 'the table does not name its coordinate system'))
  if (!degrees || guess.value !== 'EPSG:4326') return guess
  const reason = bilingual(
    '列名为经度、纬度，未写明基准，按 WGS 84（EPSG:4326）读取',
    'the columns are named longitude and latitude; no datum is named, taken as WGS 84 (EPSG:4326)',
  )
  return { value: 'EPSG:4326', confidence: 0.65, reason }
}
