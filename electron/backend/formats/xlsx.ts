import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Format, OpenedSource, OpenOptions, SourceLayer } from './format.ts'
import { readHead, shownName } from './read-file.ts'
import { TableLayer } from './table-layer.ts'
import { unpack } from './unpack.ts'
import { readDateStyles, readRelations, readSharedStrings, readSheet, readWorkbook, type Part } from './xlsx-parts.ts'

const MAX_SHEETS = 500
const WANTED = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/i

const broken = (file: string, zh: string, en: string): AppError =>
  new AppError('import.vector-broken', { file, layer: null, row: null, problem: bilingual(zh, en) })

/** Old workbooks and encrypted ones are compound files, not archives. */
function refuseCompound(file: string, shown: string): void {
  const head = readHead(file, shown, 8)
  if (head.length >= 4 && head.readUInt32BE(0) === 0xd0cf11e0)
    throw broken(
      shown,
      '旧版 .xls 或已加密的工作簿不能读取，请在表格软件中另存为未加密的 .xlsx',
      'workbooks in the old .xls form, or encrypted ones, are not read: save it as an .xlsx without a password',
    )
}

interface Parts {
  of(name: string): Part | null
}

const required = (parts: Parts, name: string, shown: string): Part => {
  const part = parts.of(name)
  if (part) return part
  throw broken(shown, `工作簿中缺少 ${name}`, `the workbook has no ${name}`)
}

/** Adds a table for each sheet that has rows; what is there already when it fails is the caller's to close. */
function readTables(parts: Parts, shown: string, options: OpenOptions, tables: TableLayer[]): void {
  const { sheets, is1904 } = readWorkbook(required(parts, 'xl/workbook.xml', shown))
  const targets = readRelations(required(parts, 'xl/_rels/workbook.xml.rels', shown))
  const [strings, styles] = [parts.of('xl/sharedStrings.xml'), parts.of('xl/styles.xml')]
  const book = { strings: strings ? readSharedStrings(strings) : [], dateStyles: styles ? readDateStyles(styles) : [], is1904 }
  if (sheets.length > MAX_SHEETS) {
    const what = bilingual('工作表数', 'sheets')
    throw new AppError('import.limit', { file: shown, layer: null, what, limit: MAX_SHEETS })
  }
  const encoding = {
    value: 'UTF-8',
    confidence: 1,
    reason: bilingual('工作簿的文字均为 Unicode', 'text in a workbook is Unicode'),
  }
  for (const [index, { name, relation }] of sheets.entries()) {
    const part = parts.of(`xl/${targets.get(relation) ?? ''}`)
    if (!part) continue // a chart, not a table
    const table = new TableLayer({ file: shown, layer: name, stagingDir: options.stagingDir, prj: null, encoding, notes: [] })
    tables.push(table)
    let rows = 0
    readSheet(part, book, (row, cells) => {
      table.add(row, cells)
      if (++rows % 5000 === 0) options.report(index, sheets.length)
    })
    if (rows === 0) tables.pop()?.close()
  }
}

async function openXlsx(file: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(file, options)
  refuseCompound(file, shown)
  const folder = mkdtempSync(path.join(options.stagingDir ?? tmpdir(), 'greenprint-xlsx-'))
  const tables: TableLayer[] = []
  const close = (): void => tables.forEach((table) => table.close())
  try {
    const { entries } = await unpack(file, shown, folder, (name) => WANTED.test(name))
    const paths = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry.path]))
    const of = (name: string): Part | null => {
      const found = paths.get(name.toLowerCase())
      return found === undefined ? null : { path: found, shown }
    }
    readTables({ of }, shown, options, tables)
    const layers: SourceLayer[] = tables.flatMap((table) => table.finish())
    if (layers.length === 0) throw new AppError('import.no-layers', { file: shown })
    return { layers, close }
  } catch (error) {
    close()
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const EXTENSIONS = ['.xlsx', '.xlsm']

/** Workbooks: each sheet is a table, with the rules of text tables. */
export const xlsx: Format = {
  id: 'xlsx',
  label: bilingual('Excel 工作簿（XLSX，含坐标列或 WKT）', 'Excel workbook (XLSX, with coordinate columns or WKT)'),
  extensions: EXTENSIONS,
  recognises: (file) => [...EXTENSIONS, '.xls'].includes(path.extname(file).toLowerCase()),
  open: openXlsx,
}
