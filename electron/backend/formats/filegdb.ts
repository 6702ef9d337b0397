import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { isFolder, isGeodatabase } from './folder.ts'
import type { Format, OpenedSource, OpenOptions } from './format.ts'
import { readWithGdal } from './gdal.ts'
import { dropOutputs, sourceOfGdal } from './gdal-source.ts'
import { statedCrs } from './named-crs.ts'
import { shownName } from './read-file.ts'
import { filesOf, openStaging, stageFiles } from './staging.ts'

/** Tables of a geodatabase with their indexes by row; search indexes are not needed, and whatever else lies there stays. */
const PARTS = /^a[0-9a-f]{8}\.gdb(table|tablx|indexes)$/i

async function openGeodatabase(folder: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(folder, options)
  if (!isFolder(folder)) throw new AppError('import.vector-broken', { file: shown, layer: null, row: null, problem: notAFolder })
  const staged = openStaging(options)
  try {
    const parts = filesOf(folder, shown).filter(({ name }) => PARTS.test(name))
    const sizeBytes = stageFiles(
      staged,
      parts.map((part) => ({ path: part.path, name: `source.gdb/${part.name}` })),
      shown,
    )
    const file = path.join(staged.folder, 'source.gdb')
    const answer = await readWithGdal({ file, shown, sizeBytes, report: options.report })
    try {
      return sourceOfGdal(
        answer.layers,
        {
          shown,
          rowOffset: 0, // GDAL's number is the OBJECTID
          name: ({ name }) => name,
          crs: ({ wkt, hasGeometry }, extent) =>
            hasGeometry
              ? statedCrs({ source: bilingual('地理数据库', 'the geodatabase'), wkt }, extent)
              : { value: null, confidence: 1, reason: bilingual('没有几何', 'it has no geometry') },
          encoding: {
            value: 'UTF-8',
            confidence: 1,
            reason: bilingual('文件地理数据库的文字均为 Unicode', 'text in a file geodatabase is Unicode'),
          },
        },
        options,
      )
    } finally {
      dropOutputs(answer)
    }
  } finally {
    staged.remove()
  }
}

const notAFolder = bilingual('.gdb 应为文件夹', 'a .gdb must be a folder')

/** Esri file geodatabase: a folder of tables, read as one source. */
export const filegdb: Format = {
  id: 'filegdb',
  label: bilingual('文件地理数据库（.gdb 文件夹）', 'File geodatabase (.gdb folder)'),
  extensions: ['.gdb'],
  sidecars: ['.gdbtable', '.gdbtablx', '.gdbindexes'],
  recognises: isGeodatabase,
  open: openGeodatabase,
}
