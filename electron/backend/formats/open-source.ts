import { isFolder } from './folder.ts'
import type { OpenedSource, OpenOptions } from './format.ts'
import { shapefile } from './shapefile.ts'

/**
 * `openSource` for a process that opens one file and ends: a shapefile needs none of the other readers, which are a third of what an
 * import loads before it begins.
 * @throws AppError `import.*` with file, and layer and row where known
 */
export async function openLightly(file: string, options: OpenOptions): Promise<OpenedSource> {
  if (shapefile.recognises(file, new Uint8Array()) && !isFolder(file)) return shapefile.open(file, options)
  const { openSource } = await import('./index.ts')
  return openSource(file, options)
}
