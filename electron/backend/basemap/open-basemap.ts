import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { readHead } from '../formats/read-file.ts'
import { isTiff } from '../formats/raster/tiff-directory.ts'
import { openGroundPicture, type GroundPicture } from './ground-picture.ts'
import { tileGround } from './tile-ground.ts'
import { openTileArchive, plainWords, type ArchiveFacts, type TileArchive } from './tile-archive.ts'

/** Any file that can lie under a plan: both answer squares of a plan's plane, an archive also its tiles as they are. */
export interface OpenBasemap extends Pick<TileArchive, 'tile' | 'close'>, Pick<GroundPicture, 'square'> {
  facts: ArchiveFacts
}

/**
 * Opens a basemap by its first bytes. Runs only in the basemap process.
 * @throws AppError `basemap.*`, `import.raster-broken`
 */
export async function openBasemap(file: string, shown: string, thinFile: string): Promise<OpenBasemap> {
  const nothing = () => Promise.resolve(null)
  if (!isTiff(readHead(file, shown))) {
    const archive = await openTileArchive(file, shown)
    const ground = tileGround(archive, shown)
    return { ...archive, square: (square) => told(ground.square(square), shown) }
  }
  const picture = await openGroundPicture(file, shown, thinFile)
  return {
    facts: { kind: 'geotiff', minZoom: 0, maxZoom: 0, attribution: plainWords(picture.copyright) },
    tile: nothing,
    square: (square) => told(picture.square(square), shown),
    close: () => picture.close(),
  }
}

/** Damage that shows only at one square is told like damage at the start. */
async function told<T>(answer: Promise<T>, shown: string): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'basemap.unreadable',
      { file: shown, problem: bilingual('图像已损坏', 'its picture is damaged') },
      { cause: error },
    )
  }
}
