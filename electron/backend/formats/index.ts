import { AppError } from '#core/errors.ts'
import { citygml } from './citygml.ts'
import { openContainer } from './container.ts'
import { csv } from './csv.ts'
import { dwg, dxf } from './dxf.ts'
import { filegdb } from './filegdb.ts'
import { flatgeobuf } from './flatgeobuf.ts'
import { filesBelow, isFolder, isGeodatabase } from './folder.ts'
import { geojsonSequence } from './geojson-sequence.ts'
import { geojson } from './geojson.ts'
import { geopackage } from './geopackage.ts'
import { geoparquet } from './geoparquet.ts'
import type { Format, OpenedSource, OpenOptions } from './format.ts'
import { gml } from './gml.ts'
import { gpx } from './gpx.ts'
import { kml } from './kml.ts'
import { mapinfo } from './mapinfo.ts'
import { readHead, shownName } from './read-file.ts'
import { shapefile } from './shapefile.ts'
import { topojson } from './topojson.ts'
import { vct } from './vct.ts'
import { xlsx } from './xlsx.ts'
import { zipOf } from './zip.ts'

/** Every format that Greenprint reads, the more particular first; adding one is a new file and one line here. */
const fileFormats: readonly Format[] = [
  shapefile,
  geopackage,
  filegdb,
  topojson,
  geojsonSequence,
  geojson,
  geoparquet,
  csv,
  xlsx,
  vct,
  kml,
  gpx,
  citygml,
  gml,
  dxf,
  dwg,
  mapinfo,
  flatgeobuf,
]

/** The formats of files, and archives of such files. */
export const formats: readonly Format[] = [...fileFormats, zipOf(fileFormats)]

/** The format of a file, or undefined when it is of none. @throws AppError `import.file-missing` */
export function formatOf(file: string, shown: string): Format | undefined {
  const head = readHead(file, shown)
  return formats.find((format) => format.recognises(file, head))
}

/**
 * Opens a file, a folder of files or a zip. Runs only in the import process.
 * @throws AppError `import.*` with file, and layer and row where known
 */
export async function openSource(file: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(file, options)
  if (isFolder(file) && !isGeodatabase(file)) {
    const members = filesBelow(file)
    return openContainer(shown, members, formats, options, { notes: [], close: () => undefined })
  }
  const format = formatOf(file, shown)
  if (!format) throw new AppError('import.unknown-format', { file: shown })
  return format.open(file, options)
}
