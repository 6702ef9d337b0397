import { guessFromCoordinates } from '#core/crs/coordinates.ts'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import type { Guess } from '#core/model/inspection.ts'
import type { SheetPair, SheetRegistration } from '#core/model/sheet.ts'
import { bilingual } from '#core/text.ts'
import { worldFile, type Affine } from '../formats/raster/geotiff-place.ts'
import { textBeside } from '../formats/raster/raster-checks.ts'
import type { ImageSize } from './image-head.ts'

export const WORLD_FILES = ['.pgw', '.pngw', '.jgw', '.jpgw', '.jpegw', '.tfw', '.tifw', '.wld'] as const

type Extent = [number, number, number, number]

/** Corners and middle of a picture with their places: the middle shows how far a plane of another kind bends it. */
export function pairsOf({ cellX, turnX, leftX, turnY, cellY, topY }: Affine, { width, height }: ImageSize): SheetPair[] {
  const places: [number, number][] = [[0, 0], [width, 0], [width, height], [0, height], [width / 2, height / 2]] // prettier-ignore
  return places.map(([x, y]) => ({ sheet: [x, y], place: [leftX + cellX * x + turnX * y, topY + turnY * x + cellY * y] }))
}

export function extentOfPairs(pairs: readonly SheetPair[]): Extent {
  const [xs, ys] = [pairs.map(({ place }) => place[0]), pairs.map(({ place }) => place[1])]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** What a world file beside a picture says, with the system that a .prj beside it names. */
export function fromWorldFile(file: string, size: ImageSize): SheetRegistration[] {
  const endings = WORLD_FILES.flatMap((ending) => [ending, ending.toUpperCase()])
  const affine = worldFile(file, endings)
  const beside = textBeside(file, endings)
  if (!affine || !beside) return []
  const pairs = pairsOf(affine, size)
  const prj = textBeside(file, ['.prj', '.PRJ'])
  const crs: Guess<string | null> = prj
    ? recogniseFromWkt([prj], extentOfPairs(pairs))
    : guessFromCoordinates(
        extentOfPairs(pairs),
        bilingual(`坐标文件 ${beside.source} 没有写明坐标系`, `the world file ${beside.source} names no CRS`),
      )
  return [
    {
      source: 'world-file',
      crs,
      pairs,
      neatline: null,
      reason: bilingual(
        `旁边的坐标文件（${beside.source}）写明了图片位置`,
        `the world file beside it (${beside.source}) says where the picture lies`,
      ),
    },
  ]
}
