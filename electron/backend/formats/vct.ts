import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Format } from './format.ts'
import { shownName } from './read-file.ts'

/** VCT is recognised to be refused in words: its versions differ in how areas refer to their lines, and without the standard's text and
 * samples of each, a reader could be wrong without anybody noticing. */
export const vct: Format = {
  id: 'vct',
  label: bilingual('VCT 地球空间数据交换格式（仅识别）', 'VCT spatial data transfer (recognised only)'),
  extensions: [],
  recognises: (file) => path.extname(file).toLowerCase() === '.vct',
  open(file, options) {
    throw new AppError('import.vct', { file: shownName(file, options) })
  },
}
