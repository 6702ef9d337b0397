import { guessFromCoordinates } from '#core/crs/coordinates.ts'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import type { Guess } from '#core/model/inspection.ts'
import type { SheetPage, SheetPair, SheetRegistration } from '#core/model/sheet.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
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

/** What is told of where a page lies. */
export type Placing = Pick<SheetPage, 'registrations' | 'problems'>

/** True where the corners of a picture have places, and not all on one line. */
const isUsable = ({ cellX, turnX, turnY, cellY }: Affine, pairs: readonly SheetPair[]): boolean =>
  extentOfPairs(pairs).every(Number.isFinite) && cellX * cellY !== turnX * turnY

/** The registration by six numbers, or why they cannot be used. */
export function placingBy(
  affine: Affine | null,
  size: ImageSize,
  named: Bilingual,
  tell: (pairs: SheetPair[]) => SheetRegistration,
): Placing {
  const pairs = affine ? pairsOf(affine, size) : []
  if (affine && isUsable(affine, pairs)) return { registrations: [tell(pairs)], problems: [] }
  const problem = bilingual(
    `${named.zh}中的位置数值无效，未采用`,
    `the numbers in ${named.en} give no place, so they were not used`,
  )
  return { registrations: [], problems: [problem] }
}

/** What a world file beside a picture says, with the system that a .prj beside it names. */
export function fromWorldFile(file: string, size: ImageSize): Placing {
  const endings = WORLD_FILES.flatMap((ending) => [ending, ending.toUpperCase()])
  const beside = textBeside(file, endings)
  if (!beside) return { registrations: [], problems: [] }
  const named = bilingual(`坐标文件（${beside.source}）`, `the world file (${beside.source})`)
  return placingBy(worldFile(file, endings), size, named, (pairs) => registrationOf(file, beside.source, pairs))
}

function registrationOf(file: string, source: string, pairs: SheetPair[]): SheetRegistration {
  const prj = textBeside(file, ['.prj', '.PRJ'])
  const extent = extentOfPairs(pairs)
  const crs: Guess<string | null> = prj
    ? recogniseFromWkt([prj], extent)
    : guessFromCoordinates(extent, bilingual(`坐标文件 ${source} 没有写明坐标系`, `the world file ${source} names no CRS`))
  const reason = bilingual(
    `旁边的坐标文件（${source}）写明了图片位置`,
    `the world file beside it (${source}) says where the picture lies`,
  )
  return { source: 'world-file', crs, pairs, neatline: null, reason }
}
