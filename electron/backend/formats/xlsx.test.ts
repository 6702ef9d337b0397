import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { options, readAll, scratch, zipBytes } from './fixture-writers.ts'
import { openSource } from './index.ts'
import { dateOf } from './xlsx-parts.ts'

const files = scratch()
afterAll(files.remove)

const RELS = (targets: readonly string[]): string =>
  `<Relationships>${targets.map((target, at) => `<Relationship Id="rId${at + 1}" Type="http://x/worksheet" Target="${target}"/>`).join('')}</Relationships>`
const BOOK = (sheets: readonly string[]): string =>
  `<workbook xmlns:r="r"><sheets>${sheets.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`
const STYLES =
  '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="0.0 &quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
const SHARED =
  '<sst><si><t>名称</t></si><si><r><t>中心</t></r><r><t>公园</t></r><rPh sb="0" eb="1"><t>ちゅうしん</t></rPh></si></sst>'
const SHEET = `<worksheet><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>公园一览</t></is></c></row>
<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="str"><v>经度</v></c><c r="C3" t="str"><v>纬度</v></c><c r="D3" t="str"><v>建成</v></c><c r="E3" t="str"><v>面积</v></c><c r="F3" t="str"><v>开放</v></c></row>
<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4"><v>116.4</v></c><c r="C4"><v>39.9</v></c><c r="D4" s="1"><v>45292</v></c><c r="E4"><f>1+1</f><v>2.5</v></c><c r="F4" t="b"><v>1</v></c></row>
<row r="6"><c r="A6" t="inlineStr"><is><t>北园</t></is></c><c r="B6" t="str"><v>116°30′</v></c><c r="C6"><v>40</v></c><c r="E6" t="e"><v>#DIV/0!</v></c></row>
<row r="7"/></sheetData></worksheet>`

const book = (parts: Record<string, string>): Buffer =>
  zipBytes(Object.entries(parts).map(([name, text]) => ({ name, data: Buffer.from(text) })))
const good = {
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml': BOOK(['公园', '空', '说明']),
  'xl/_rels/workbook.xml.rels': RELS(['worksheets/sheet1.xml', '/xl/worksheets/sheet2.xml', 'worksheets/sheet3.xml']),
  'xl/styles.xml': STYLES,
  'xl/sharedStrings.xml': SHARED,
  'xl/worksheets/sheet1.xml': SHEET,
  'xl/worksheets/sheet2.xml': '<worksheet><sheetData/></worksheet>',
  'xl/worksheets/sheet3.xml':
    '<worksheet><sheetData><row><c t="str"><v>a</v></c></row><row><c><v>1</v></c></row></sheetData></worksheet>',
}

describe('workbooks', () => {
  it('read each sheet with rows as a table, with dates, formulas as computed and titles above the header', async () => {
    const read = await readAll(files.write('a.xlsx', book(good)))
    expect(read.map(({ layer }) => [layer.layer, layer.kind, layer.count])).toEqual([
      ['公园', 'point', 2],
      ['说明', null, 1],
    ])
    const [parks] = read
    expect(parks?.layer.fields.map(({ name }) => name)).toEqual(['名称', '经度', '纬度', '建成', '面积', '开放'])
    expect(parks?.features.map(({ row }) => row)).toEqual([4, 6])
    expect(parks?.features[0]?.values).toEqual(['中心公园', '116.4', 39.9, '2024-01-01', 2.5, true])
    expect(parks?.features[1]?.geometry?.parts[0]?.[0]).toEqual(Float64Array.of(116.5, 40))
    expect(parks?.features[1]?.values.slice(3)).toEqual([null, null, null])
    expect(parks?.layer.notes.map(({ text }) => text.en).join()).toMatch(/row 3 was taken as the header/)
  })

  it.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [45_292.5, false, '2024-01-01T12:00:00'],
    [0.25, false, '06:00:00'],
    [43_830, true, '2024-01-01'],
    [-1, false, null],
    [1e9, false, null],
  ])('day %s (1904: %s) is %s', (serial, is1904, text) => expect(dateOf(serial, is1904)).toBe(text))

  const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([part]) => part !== name))
  it.each([
    ['no workbook', book(without('xl/workbook.xml')), 'import.vector-broken'],
    ['no relations', book(without('xl/_rels/workbook.xml.rels')), 'import.vector-broken'],
    ['no sheets', book({ ...good, 'xl/workbook.xml': '<workbook/>' }), 'import.no-layers'],
    ['doctype', book({ ...good, 'xl/sharedStrings.xml': `<!DOCTYPE a [<!ENTITY x "y">]>${SHARED}` }), 'import.xml-broken'],
    ['column far out', book({ ...good, 'xl/worksheets/sheet1.xml': SHEET.replace('B4', 'ZZZZ4') }), 'import.limit'],
    ['old form', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'import.vector-broken'],
    ['empty file', Buffer.alloc(0), 'import.archive-refused'],
    ['cut', book(good).subarray(0, 900), 'import.archive-refused'],
  ])('refuse %s', async (name, bytes, code) => {
    await expect(readAll(files.write(`${name}.xlsx`, bytes))).rejects.toMatchObject({ code })
  })

  it('refuse a bomb by the budgets of archives, and leave nothing behind', async () => {
    const bomb = `<sst><si><t>${' '.repeat(40 * 1024 * 1024)}</t></si></sst>`
    const file = files.write('bomb.xlsx', book({ ...good, 'xl/sharedStrings.xml': bomb }))
    await expect(openSource(file, { ...options, stagingDir: files.dir })).rejects.toMatchObject({
      code: 'import.archive-refused',
    })
    expect(readdirSync(files.dir).filter((name) => name.startsWith('greenprint-'))).toEqual([])
  })
})

const real = path.join(
  process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data'),
  'singapore/landuse_type_MP2019.xlsx',
)
const isThere = existsSync(real)
if (!isThere) process.stderr.write(`skipped: no test data at ${real} (set GREENPRINT_DATA)\n`)

describe.skipIf(!isThere)('a real workbook', () => {
  it('lists the land-use types of Singapore', async () => {
    const [read] = await readAll(real)
    expect(read?.layer).toMatchObject({ layer: 'Sheet1', kind: null, count: 33 })
    expect(read?.layer.fields.slice(0, 3).map(({ name }) => name)).toEqual(['S/No', 'LU_DESC', 'del'])
  })
})
