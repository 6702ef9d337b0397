import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, Parser } from 'csv-parse'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import { csvOptions, detectDelimiter } from './csv-dialect.ts'
import { csvtOf } from './csvt.ts'
import type { Format, OpenedSource, OpenOptions } from './format.ts'
import { readHead, shownName } from './read-file.ts'
import { sidecarText } from './sidecar.ts'
import { columnNames, findGeometry, headerRow, numberStyle } from './table-columns.ts'
import { TableLayer } from './table-layer.ts'
import { decodedText, textEncoding } from './text-encoding.ts'

/** What the delimiter is judged by. */
const SAMPLE_BYTES = 256 * 1024

interface CsvRecord {
  record: string[]
  info: { lines: number }
}

/** Every record of a text table with the line that it ends on. @throws AppError `import.vector-broken` */
async function readRecords(
  texts: Iterable<string>,
  shown: string,
  delimiter: string,
  add: (line: number, cells: string[]) => void,
): Promise<void> {
  const parser = new Parser(csvOptions(delimiter))
  try {
    await pipeline(Readable.from(texts), parser, async (records: AsyncIterable<CsvRecord>) => {
      for await (const { record, info } of records) add(info.lines, record)
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const problem = bilingual('引号没有成对，或一行过长', 'its quotes do not pair, or one row is too long')
    const row = typeof error.lines === 'number' ? error.lines : null
    throw new AppError('import.vector-broken', { file: shown, layer: null, row, problem }, { cause: error })
  }
}

function sampleText(file: string, shown: string, label: string): { text: string; isWhole: boolean } {
  const head = readHead(file, shown, SAMPLE_BYTES)
  return { text: new TextDecoder(label).decode(head, { stream: true }), isWhole: head.length < SAMPLE_BYTES }
}

async function openCsv(file: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(file, options)
  const { label, guess } = textEncoding(file, shown, options.encoding)
  const sample = sampleText(file, shown, label)
  if (sample.text.trim() === '') throw new AppError('import.no-layers', { file: shown })
  const delimiter = detectDelimiter(sample.text, sample.isWhole)
  const csvt = csvtOf(sidecarText(file, '.csvt'), delimiter.columns)
  const reason: Note = {
    severity: delimiter.confidence < 0.6 ? 'warning' : 'info',
    code: 'table.delimiter',
    text: delimiter.reason,
  }
  const table = new TableLayer({
    file: shown,
    layer: null,
    stagingDir: options.stagingDir,
    prj: sidecarText(file, '.prj'),
    encoding: guess,
    declared: csvt.declared,
    notes: [reason, ...csvt.notes],
  })
  try {
    const texts = decodedText(file, shown, label, options.report)
    await readRecords(texts, shown, delimiter.value, (line, cells) => table.add(line, cells))
    return { layers: table.finish(), close: () => table.close() }
  } catch (error) {
    table.close()
    throw error
  }
}

/** A .txt is only a table when its first lines have columns and coordinates among them. */
function isTable(head: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(head)
  const { value, columns, even } = detectDelimiter(text, head.length < 4096)
  if (columns < 2 || even < 0.9 || text.includes('\0')) return false
  const rows = text
    .split(/\r\n|\r|\n/)
    .slice(0, 50)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(value).map((cell) => cell.replace(/^"|"$/g, '')))
  const header = headerRow(rows)
  if (rows.length < 2 || header < 0) return false
  return findGeometry(columnNames(rows[header], columns), rows.slice(header + 1), numberStyle(rows)) !== null
}

/** Text tables with coordinates in columns or as WKT. */
export const csv: Format = {
  id: 'csv',
  label: bilingual('文本表格（CSV、TSV，含坐标列或 WKT）', 'Text table (CSV, TSV, with coordinate columns or WKT)'),
  extensions: ['.csv', '.tsv', '.txt'],
  sidecars: ['.csvt', '.prj'],
  recognises(file, head) {
    const extension = path.extname(file).toLowerCase()
    return extension === '.csv' || extension === '.tsv' || (extension === '.txt' && isTable(head))
  },
  open: openCsv,
}
