import { adoptionChoices, REPLY_COLUMNS, REPLY_WORDS, sheetRows, type SheetRow } from '#core/reply/sheet.ts'
import type { ReplyAnswers, ReplyPack } from '#core/reply/pack.ts'
import { inLang } from '#core/text.ts'
import { sheetName } from '#core/tables/workbook.ts'
import { zipped, type ZipMember } from '../share/zip-writer.ts'

/* A workbook whose questions are locked and whose answers are not; the library for tables can do neither locks nor lists of choices. */

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Cell styles by their place in `cellXfs`. Answers are of the format "text": what begins with = stays what it is. */
const STYLE = { plain: 0, title: 1, head: 2, asked: 3, input: 4, mark: 5 } as const

const STYLES = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<fonts count="3"><font><sz val="11"/></font><font><b/><sz val="14"/></font><font><b/><sz val="11"/></font></fonts>
<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFEAF1EC"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFFBE6"/></patternFill></fill></fills>
<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="6"><xf xfId="0"><alignment vertical="top"/></xf>
<xf xfId="0" fontId="1" applyFont="1"/>
<xf xfId="0" fontId="2" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>
<xf xfId="0" numFmtId="49" borderId="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf xfId="0" numFmtId="49" fillId="3" borderId="1" applyNumberFormat="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"><alignment vertical="top" wrapText="1"/><protection locked="0"/></xf>
<xf xfId="0" numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`

const RELATIONS = (target: string, type: string, more = ''): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>${more}</Relationships>`

const TYPES = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`

const letter = (column: number): string => String.fromCharCode(65 + column)
const LAST = letter(REPLY_COLUMNS.length - 1)

function styleOf({ kind }: SheetRow, column: number): number {
  if (kind === 'title') return STYLE.title
  if (kind === 'head') return STYLE.head
  if (kind === 'mark') return STYLE.mark
  // The fields stand where the columns are wide: a label, then what is written.
  if (kind === 'field') return column === 4 || column === 6 ? STYLE.input : STYLE.plain
  if (kind === 'question') return REPLY_COLUMNS[column]?.isInput ? STYLE.input : STYLE.asked
  return STYLE.plain
}

function rowXml(row: SheetRow, at: number): string {
  const cells = row.cells.map((text, column) => {
    const place = `r="${letter(column)}${at}" s="${styleOf(row, column)}"`
    return text === '' ? `<c ${place}/>` : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
  })
  const hidden = row.kind === 'mark' ? ' hidden="1"' : ''
  return `<row r="${at}"${hidden}>${cells.join('')}</row>`
}

function sheetXml(pack: ReplyPack, answers?: ReplyAnswers): string {
  const rows = sheetRows(pack, answers)
  const first = rows.findIndex(({ kind }) => kind === 'question') + 1
  const columns = REPLY_COLUMNS.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  ).join('')
  const says = letter(REPLY_COLUMNS.findIndex(({ id }) => id === 'says'))
  const choices = escaped(`"${adoptionChoices(pack.lang).join(',')}"`)
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${LAST}${rows.length}"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="${first - 1}" topLeftCell="A${first}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>${rows.map((row, at) => rowXml(row, at + 1)).join('')}</sheetData><sheetProtection sheet="1" formatCells="0" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/><dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="${says}${first}:${says}${rows.length}"><formula1>${choices}</formula1></dataValidation></dataValidations><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`
}

/** The questions as a workbook: questions and keys locked without a password, answers typed as text, outcomes chosen from a list. */
export async function replyWorkbook(pack: ReplyPack, answers?: ReplyAnswers): Promise<Buffer> {
  const name = escaped(sheetName(inLang(REPLY_WORDS.title, pack.lang)))
  const workbook = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`
  const styles = `<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>`
  const parts: [string, string][] = [
    ['[Content_Types].xml', TYPES],
    ['_rels/.rels', RELATIONS('xl/workbook.xml', 'officeDocument')],
    ['xl/workbook.xml', workbook],
    ['xl/_rels/workbook.xml.rels', RELATIONS('worksheets/sheet1.xml', 'worksheet', styles)],
    ['xl/styles.xml', STYLES],
    ['xl/worksheets/sheet1.xml', sheetXml(pack, answers)],
  ]
  return archiveOf(parts.map(([member, xml]) => [member, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`]))
}

/** Small texts as one archive; the same texts give the same bytes. */
export async function archiveOf(members: readonly (readonly [name: string, text: string])[]): Promise<Buffer> {
  async function* all(): AsyncGenerator<ZipMember> {
    for (const [name, text] of members) yield { name, isText: true, chunks: [Buffer.from(text, 'utf8')] }
  }
  const chunks: Buffer[] = []
  for await (const chunk of zipped(all)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
