import path from 'node:path'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import { AppError } from '#core/errors.ts'
import { rasterExtent, type RasterPlace } from '#core/geo/raster.ts'
import { bilingual } from '#core/text.ts'
import { fileError, fileSizeMb, shownName } from '../read-file.ts'
import { AsciiWords } from './ascii-numbers.ts'
import { broken, checkPlace, textBeside } from './raster-checks.ts'
import { STRIP_CELLS, type RasterFormat, type RasterStrip } from './raster-format.ts'

const KEYS = [
  'ncols',
  'nrows',
  'xllcorner',
  'yllcorner',
  'xllcenter',
  'yllcenter',
  'cellsize',
  'dx',
  'dy',
  'nodata_value',
] as const
const isKey = (word: string): word is (typeof KEYS)[number] => (KEYS as readonly string[]).includes(word)

interface Header {
  place: RasterPlace
  noData: number | null
  /** Words of the header, after which the cells begin. */
  words: number
}

function readHeader(words: AsciiWords, file: string): Header {
  const found = new Map<string, number>()
  for (;;) {
    const name = words.word()?.toLowerCase()
    if (name === undefined || !isKey(name)) break
    const value = words.word()?.replace(',', '.') ?? ''
    const number = /^[-+]?nan$/i.test(value) ? NaN : value === '' ? Infinity : Number(value)
    if (found.has(name) || (Number.isNaN(number) && name !== 'nodata_value'))
      throw broken(file, `文件头“${name}”的值无效`, `the header's ${name} is no number`)
    found.set(name, number)
  }
  const need = (...names: string[]): number => {
    const name = names.find((candidate) => found.has(candidate))
    if (name === undefined) throw broken(file, `文件头缺少“${names[0]}”`, `its header lacks ${names.join(' or ')}`)
    return found.get(name) ?? NaN
  }
  const [columns, rows] = [need('ncols'), need('nrows')]
  const [cellX, cellY] = [need('cellsize', 'dx'), need('cellsize', 'dy')]
  const leftX = need('xllcorner', 'xllcenter') - (found.has('xllcorner') ? 0 : cellX / 2)
  const bottomY = need('yllcorner', 'yllcenter') - (found.has('yllcorner') ? 0 : cellY / 2)
  const place = checkPlace({ columns, rows, leftX, topY: bottomY + rows * cellY, cellX, cellY }, file)
  return { place, noData: found.get('nodata_value') ?? null, words: found.size * 2 }
}

/** Rows of the grid; a fresh reading each time. Yields to the event loop between strips, so that progress gets out. */
async function* cellsOf(file: string, shown: string, { place, noData, words: skip }: Header): AsyncGenerator<RasterStrip> {
  const { columns, rows } = place
  const stripRows = Math.max(1, Math.floor(STRIP_CELLS / columns))
  const words = new AsciiWords(file)
  try {
    for (let i = 0; i < skip; i++) words.word()
    for (let firstRow = 0; firstRow < rows; firstRow += stripRows) {
      const values = new Float32Array(Math.min(stripRows, rows - firstRow) * columns)
      for (let i = 0; i < values.length; i++) {
        const value = numberAt(words, shown, firstRow + Math.floor(i / columns) + 1)
        const cell = value === noData ? NaN : Math.fround(value)
        if (cell === Infinity || cell === -Infinity) throw beyondSingle(shown, firstRow + Math.floor(i / columns) + 1)
        values[i] = cell
      }
      yield { firstRow, values }
      await new Promise(setImmediate)
    }
    // Some writers put remarks after the cells.
    if (/^[-+.\d]/.test(words.word() ?? '')) throw broken(shown, '像元多于文件头所示', 'it holds more cells than its header says')
  } finally {
    words.close()
  }
}

/** Cells are kept as 32-bit numbers; what does not fit is no measurement. */
const beyondSingle = (file: string, row: number): AppError =>
  broken(file, `第 ${row} 行有数值超出单精度范围`, `a number in row ${row} is larger than a cell can hold`)

function numberAt(words: AsciiWords, file: string, row: number): number {
  try {
    const value = words.number()
    if (value === undefined) throw new AppError('import.truncated', { file, row })
    return value
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const said = error.message.replace(/[^\x20-\x7e]/g, '?').slice(0, 20)
    throw broken(file, `第 ${row} 行的“${said}”不是数字`, `“${said}” in row ${row} is not a number`, error)
  }
}

/** Esri ASCII grid: a header of words, then the cells as text, row by row from the north. Read in pieces of 1 MB. */
export const asciiGrid: RasterFormat = {
  id: 'ascii-grid',
  label: bilingual('ASCII 栅格', 'ASCII grid'),
  extensions: ['.asc'],
  recognises: (file, head) =>
    path.extname(file).toLowerCase() === '.asc' &&
    /^\s*(n(cols|rows)|[xy]ll|cellsize|d[xy]\s)/i.test(Buffer.from(head).toString('latin1')),
  async open(file, options) {
    const shown = shownName(file, options)
    try {
      const words = new AsciiWords(file)
      let header: Header
      try {
        header = readHeader(words, shown)
      } finally {
        words.close()
      }
      const { columns, rows } = header.place
      if (fileSizeMb(file, shown) * 2 ** 20 < columns * rows * 2 - 1)
        throw new AppError('import.truncated', { file: shown, row: null })
      const projection = textBeside(file, ['.prj', '.PRJ'])
      return {
        place: header.place,
        bands: 1,
        crs: recogniseFromWkt(projection ? [projection] : [], rasterExtent(header.place)),
        noData: header.noData,
        notes: [],
        strips: () => cellsOf(file, shown, header),
        close: () => undefined,
      }
    } catch (error) {
      throw fileError(error, shown)
    }
  },
}
