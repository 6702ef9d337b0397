import { readHead } from '../read-file.ts'
import { asciiGrid } from './ascii-grid.ts'
import { geotiff } from './geotiff.ts'
import type { RasterFormat } from './raster-format.ts'

/** Every grid format that Greenprint reads; adding one is a new file and one line here. */
export const rasterFormats: readonly RasterFormat[] = [geotiff, asciiGrid]

/** The grid format of a file, or undefined when it is of none. @throws AppError `import.file-missing` */
export function rasterFormatOf(file: string, shown: string): RasterFormat | undefined {
  const head = readHead(file, shown)
  return rasterFormats.find((format) => format.recognises(file, head))
}
