import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { encodeText } from './fixture-text.ts'
import { readAll, scratch } from './fixture-writers.ts'

const files = scratch()
afterAll(files.remove)

const torture = path.join(process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data'), 'torture')
const isThere = existsSync(torture)
if (!isThere) process.stderr.write(`skipped: no test data at ${torture} (set GREENPRINT_DATA)\n`)

const mif = (charset: string, coordSys: string): string =>
  `Version 300\nCharset "${charset}"\nDelimiter ","\n${coordSys}\nColumns 2\n  YDDM Char(10)\n  用地名称 Char(30)\nData\n\n` +
  'Region 1\n  5\n500000 2500000\n500100 2500000\n500100 2500100\n500000 2500100\n500000 2500000\n    Pen (1,2,0)\n    Brush (2,16777215,16777215)\n' +
  'Pline 2\n500000 2500000\n500100 2500100\n    Pen (1,2,0)\nPoint 500050 2500050\n    Symbol (35,0,12)\nnone\n'
const mid = '"0701","居住用地规划地块"\n"1401","公园绿地与防护绿地"\n"1207","城镇道路用地"\n"",""\n'

function writeMif(
  stem: string,
  charset: string,
  coordSys = 'CoordSys Earth Projection 8, 104, "m", 117, 0, 0.9996, 500000, 0',
): string {
  files.write(`${stem}.MID`, encodeText('gbk', mid))
  return files.write(`${stem}.mif`, encodeText('gbk', mif(charset, coordSys)))
}

describe('MapInfo MIF', () => {
  it.each(['WindowsSimpChinese', 'WindowsLatin1', 'Neutral'])('reads Chinese text that is said to be %s', async (charset) => {
    const read = await readAll(writeMif(`m-${charset}`, charset))
    expect(read.map(({ layer, features }) => [layer.kind, features.map(({ values }) => values)])).toEqual([
      [
        'polygon',
        [
          ['0701', '居住用地规划地块'],
          [null, null],
        ],
      ],
      ['line', [['1401', '公园绿地与防护绿地']]],
      ['point', [['1207', '城镇道路用地']]],
    ])
    expect(read[0]?.layer.encoding.value).toBe('GBK')
    expect(read[0]?.layer.fields.map(({ name, type }) => [name, type])).toEqual([
      ['YDDM', 'text'],
      ['用地名称', 'text'],
    ])
    expect(read[0]?.layer.encoding.doubt?.code).toBe(charset === 'WindowsLatin1' ? 'encoding.declared-wrong' : undefined)
  })

  it('names its system when one fits, and asks when it is a plane of its own', async () => {
    const [utm] = await readAll(writeMif('utm', 'WindowsSimpChinese'))
    expect(utm?.layer.crs).toMatchObject({ value: 'EPSG:32650' })
    const [plane] = await readAll(
      writeMif('plane', 'WindowsSimpChinese', 'CoordSys NonEarth Units "m" Bounds (0, 0) (1000000, 5000000)'),
    )
    expect(plane?.layer.crs.value).toBeNull()
    expect(plane?.features[0]?.row).toBe(1)
  })

  it('without its .mid, or cut, is refused in words', async () => {
    const cut = files.write('cut.mif', mif('Neutral', 'CoordSys Earth Projection 1, 104').slice(0, 60))
    await expect(readAll(cut)).rejects.toMatchObject({ code: 'import.vector-broken' })
  })
})

describe.skipIf(!isThere)('MapInfo TAB', () => {
  it('is read with its set, whatever the case of its names; other .tab files are left alone', async () => {
    const read = await readAll(path.join(torture, 'qgis/mixed_types.TAB'))
    expect(read.map(({ layer }) => [layer.kind, layer.count])).toEqual([
      ['line', 6],
      ['point', 4],
      ['polygon', 3],
    ])
    await expect(readAll(files.write('table.tab', 'a\tb\n1\t2\n'))).rejects.toMatchObject({ code: 'import.unknown-format' })
  })
})
