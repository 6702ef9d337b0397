import { guessFromCoordinates } from '#core/crs/coordinates.ts'
import { checkAgainstExtent } from '#core/crs/plausible.ts'
import { crsInfo } from '#core/crs/crs.ts'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import { AppError } from '#core/errors.ts'
import type { RasterPlace } from '#core/geo/raster.ts'
import type { Guess } from '#core/model/inspection.ts'
import { bilingual } from '#core/text.ts'
import { textBeside } from './raster-checks.ts'

/** Tags and keys as the reader library names them; absent ones are undefined. */
export interface GeoTags {
  tiepoint: ArrayLike<number> | undefined
  scale: ArrayLike<number> | undefined
  matrix: ArrayLike<number> | undefined
  keys: Readonly<Record<string, unknown>>
}

/** Column, row → x, y: the six numbers of a world file's order a, b, c, d, e, f. */
export interface Affine {
  cellX: number
  turnX: number
  leftX: number
  turnY: number
  cellY: number
  topY: number
}

const IS_POINT = 2
const USER_DEFINED = 32767
/** A rotation below this share of a cell over the whole grid is rounding of the writer. */
const NO_TURN = 1e-6

/** Where the tags of a GeoTIFF put its cells; null when they say nothing. */
export function affineOf(tags: GeoTags): Affine | null {
  const { tiepoint, scale, matrix } = tags
  const shift = tags.keys['GTRasterTypeGeoKey'] === IS_POINT ? 0.5 : 0
  let affine: Affine | null = null
  if (matrix && matrix.length >= 16) {
    const at = (i: number): number => Number(matrix[i] ?? NaN)
    affine = { cellX: at(0), turnX: at(1), leftX: at(3), turnY: at(4), cellY: at(5), topY: at(7) }
  } else if (tiepoint && tiepoint.length >= 6 && scale && scale.length >= 2) {
    const [column = NaN, row = NaN, , x = NaN, y = NaN] = Array.from(tiepoint)
    const [cellX = NaN, cellY = NaN] = Array.from(scale)
    affine = { cellX, turnX: 0, leftX: x - column * cellX, turnY: 0, cellY: -cellY, topY: y + row * cellY }
  }
  if (!affine) return null
  const { cellX, turnX, turnY, cellY } = affine
  const [leftX, topY] = [affine.leftX - shift * (cellX + turnX), affine.topY - shift * (cellY + turnY)]
  return { ...affine, leftX, topY }
}

export const TIFF_WORLD_FILES = ['.tfw', '.TFW', '.tifw', '.wld'] as const

/** A world file tells the middle of the first cell. */
export function worldFile(file: string, endings: readonly string[] = TIFF_WORLD_FILES): Affine | null {
  const found = textBeside(file, endings)
  const numbers = (found?.text ?? '').trim().split(/\s+/).map(Number)
  if (numbers.length < 6 || !numbers.slice(0, 6).every(Number.isFinite)) return null
  const [cellX = NaN, turnY = NaN, turnX = NaN, cellY = NaN, x = NaN, y = NaN] = numbers
  return { cellX, turnX, turnY, cellY, leftX: x - (cellX + turnX) / 2, topY: y - (cellY + turnY) / 2 }
}

/**
 * Where a TIFF's cells lie; `southFirst` when its rows begin in the south.
 * @throws AppError `import.raster-no-place`, `import.raster-rotated`
 */
export function placeOf(
  tags: GeoTags,
  size: { columns: number; rows: number },
  file: string,
  shown: string,
): { place: RasterPlace; southFirst: boolean } {
  const affine = affineOf(tags) ?? worldFile(file)
  if (!affine) throw new AppError('import.raster-no-place', { file: shown })
  const { cellX, turnX, turnY, cellY, leftX, topY } = affine
  const turned =
    Math.abs(turnX) * size.rows > NO_TURN * Math.abs(cellX) || Math.abs(turnY) * size.columns > NO_TURN * Math.abs(cellY)
  if (turned || cellX < 0) throw new AppError('import.raster-rotated', { file: shown })
  const southFirst = cellY > 0
  return {
    place: { ...size, leftX, topY: southFirst ? topY + size.rows * cellY : topY, cellX, cellY: Math.abs(cellY) },
    southFirst,
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** The system that the keys of a GeoTIFF name, checked against where its cells lie. */
export function crsOf(keys: GeoTags['keys'], extent: [number, number, number, number], file: string): Guess<string | null> {
  const [projected, geographic] = [keys['ProjectedCSTypeGeoKey'], keys['GeographicTypeGeoKey']]
  const code = projected === undefined ? geographic : projected
  const info = typeof code === 'number' && code !== USER_DEFINED ? crsInfo(`EPSG:${code}`) : undefined
  if (info)
    return checkAgainstExtent(
      {
        value: info.code,
        confidence: 0.98,
        reason: bilingual(`GeoTIFF 写明 ${info.code} ${info.name}`, `the GeoTIFF names ${info.code} ${info.name}`),
      },
      extent,
    )
  const beside = textBeside(file, ['.prj', '.PRJ'])
  const citations = ['PCSCitationGeoKey', 'GTCitationGeoKey', 'GeogCitationGeoKey'].flatMap((key) => {
    const text = /(PROJCS|GEOGCS)\[.*/s.exec(textOf(keys[key]))?.[0]
    return text === undefined ? [] : [{ source: key, text }]
  })
  if (beside || citations.length > 0) return recogniseFromWkt([...citations, ...(beside ? [beside] : [])], extent)
  const why =
    code === undefined
      ? bilingual('GeoTIFF 没有坐标系', 'the GeoTIFF names no CRS')
      : bilingual(`GeoTIFF 中的坐标系 ${textOf(code)} 无法识别`, `the CRS ${textOf(code)} in the GeoTIFF is not known`)
  return guessFromCoordinates(extent, why)
}
