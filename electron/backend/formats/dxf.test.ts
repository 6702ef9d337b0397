import { afterAll, describe, expect, it } from 'vitest'
import { ASK_BELOW } from '#core/model/inspection.ts'
import { block, dxfText, hatch, insert, polyline, text } from './fixture-dxf.ts'
import { encodeText } from './fixture-text.ts'
import { failureOf, readAll, scratch } from './fixture-writers.ts'

const files = scratch()
afterAll(files.remove)

const corners = [
  [500_000, 2_500_000],
  [500_100, 2_500_000],
  [500_100, 2_500_100],
  [500_000, 2_500_100],
] as const

describe('DXF', () => {
  it('closed polylines are areas, open ones lines, texts points with their words and layer', async () => {
    const drawing = dxfText([
      ...polyline('YD-R2', corners, true),
      ...polyline('ROAD', corners, false),
      ...text('LABEL', 'R2', 500_050, 2_500_050),
    ])
    const read = await readAll(files.write('plan.dxf', drawing))
    expect(read.map(({ layer }) => [layer.layer, layer.kind, layer.count])).toEqual([
      [null, 'polygon', 1],
      [null, 'line', 1],
      [null, 'point', 1],
    ])
    const [area, , label] = read
    expect(area?.features[0]?.geometry?.parts).toEqual([[Float64Array.from([...corners.flat(), 500_000, 2_500_000])]])
    const value = (entry: typeof area, name: string) =>
      entry?.features[0]?.values[entry.layer.fields.findIndex((field) => field.name === name)]
    expect([value(area, 'Layer'), value(label, 'Layer'), value(label, 'Text')]).toEqual(['YD-R2', 'LABEL', 'R2'])
    expect(area?.layer.crs).toMatchObject({ value: null })
    expect(area?.layer.crs.confidence).toBeLessThan(ASK_BELOW)
    expect(area?.layer.crs.reason.zh).toContain('DXF 不含坐标系')
  })

  it('hatches are areas, with the layer that they are on', async () => {
    const [area, ...rest] = await readAll(files.write('hatch.dxf', dxfText(hatch('公园绿地', corners))))
    expect(rest).toEqual([])
    expect([area?.layer.kind, area?.layer.count]).toEqual(['polygon', 1])
    expect(area?.features[0]?.geometry?.parts[0]?.[0]?.length).toBe(10)
    expect(area?.features[0]?.values).toContain('公园绿地')
  })

  it('what blocks draw is placed, and their attributes come with the references', async () => {
    const square = block(
      'PLOT',
      polyline(
        '0',
        [
          [0, 0],
          [10, 0],
          [10, 10],
          [0, 10],
        ],
        true,
      ),
    )
    const drawing = dxfText(insert('PLOT', 'YD', 1000, 2000, { CODE: '0701', NAME: '居住 用地, 二类' }), {
      blocks: square,
      header: [
        [9, '$ACADVER'],
        [1, 'AC1027'],
      ],
    })
    const read = await readAll(files.write('blocks.dxf', drawing))
    const drawn = read.find(({ layer }) => layer.layer === 'entities' && layer.kind === 'polygon')
    expect(drawn?.features[0]?.geometry?.parts[0]?.[0]?.slice(0, 4)).toEqual(Float64Array.of(1000, 2000, 1010, 2000))
    const references = read.find(({ layer }) => layer.layer === 'blocks')
    const { layer, features } = references ?? {}
    const values = Object.fromEntries(layer?.fields.map(({ name }, index) => [name, features?.[0]?.values[index]]) ?? [])
    expect(values).toMatchObject({ BlockName: 'PLOT', CODE: '0701', NAME: '居住 用地, 二类', Layer: 'YD' })
    expect(features?.[0]?.geometry?.parts).toEqual([[Float64Array.of(1000, 2000)]])
  })

  it('text is read in the code page that it is in, whatever the header claims', async () => {
    for (const [page, name] of [
      ['ANSI_936', 'gbk-said.dxf'],
      ['ANSI_1252', 'gbk-lied.dxf'],
    ] as const) {
      const drawing = dxfText(
        [
          ...text('注记', '居住用地规划地块', 1, 2),
          ...text('注记', '公园绿地与防护绿地', 3, 4),
          ...polyline('用地红线', corners, true),
        ],
        {
          header: [
            [9, '$ACADVER'],
            [1, 'AC1015'],
            [9, '$DWGCODEPAGE'],
            [3, page],
          ],
        },
      )
      const read = await readAll(files.write(name, encodeText('gbk', drawing)))
      const points = read.find(({ layer }) => layer.kind === 'point')
      expect(points?.layer.encoding.value).toBe('GBK')
      expect(
        points?.features.map(({ values }) => values.includes('居住用地规划地块') || values.includes('公园绿地与防护绿地')),
      ).toEqual([true, true])
      expect(points?.features[0]?.values).toContain('注记')
    }
  })

  it('a last section that was never closed loses nothing; a cut file is refused', async () => {
    const open = dxfText([...polyline('A', corners, true), ...polyline('B', corners, false)], { close: false })
    expect((await readAll(files.write('open.dxf', open))).reduce((sum, { features }) => sum + features.length, 0)).toBe(2)
    const cut = dxfText(polyline('A', corners, true))
    expect(await failureOf(files.write('cut.dxf', cut.slice(0, cut.length - 60)))).toMatchObject({ code: 'import.vector-broken' })
  })

  it('blocks that ask for a billion copies, or for themselves, are refused', async () => {
    const levels = Array.from({ length: 9 }, (_, level) =>
      block(
        `B${level}`,
        level === 0
          ? polyline('0', corners, true)
          : Array.from({ length: 10 }, (_, copy) => insert(`B${level - 1}`, '0', copy, level, {})).flat(),
      ),
    ).flat()
    const bomb = files.write('bomb.dxf', dxfText(insert('B8', '0', 0, 0, {}), { blocks: levels }))
    expect(await failureOf(bomb)).toMatchObject({ code: 'import.limit', params: { limit: 5_000_000 } })
    const loop = block('L', insert('L', '0', 1, 1, {}))
    const looped = files.write('loop.dxf', dxfText(insert('L', '0', 0, 0, {}), { blocks: loop }))
    expect(await failureOf(looped)).toMatchObject({ code: 'import.limit' })
  })

  it('lines that are no pairs of code and value are refused with their place', async () => {
    const drawing = dxfText(polyline('A', corners, true)).replace(/\r\n 90\r\n/, '\r\nInfinity\r\n')
    expect(await failureOf(files.write('pairs.dxf', drawing))).toMatchObject({
      code: 'import.vector-broken',
      params: { problem: { en: expect.stringMatching(/^line \d+ should be a group code/) } },
    })
  })

  it('zero bytes in its text are refused with their place, before a reader loses step over them', async () => {
    const drawing = dxfText(polyline('A', corners, true)).replace(/\r\n 90\r\n/, '\r\n 90\0\r\n')
    expect(await failureOf(files.write('zeros.dxf', drawing))).toMatchObject({
      code: 'import.vector-broken',
      params: { problem: { en: expect.stringMatching(/^line \d+ (holds zero bytes|should be a group code)/) } },
    })
    const inValue = dxfText(polyline('A', corners, true)).replace('POLYLINE\r\n', 'POLYLINE\0\0\r\n')
    expect(await failureOf(files.write('zeros-value.dxf', inValue))).toMatchObject({
      code: 'import.vector-broken',
      params: { problem: { en: expect.stringMatching(/^line \d+ holds zero bytes/) } },
    })
  })

  it('binary drawings and DWG say what to do', async () => {
    expect(await failureOf(files.write('b.dxf', 'AutoCAD Binary DXF\r\n\u001a\0'))).toMatchObject({ code: 'import.dxf-binary' })
    expect(await failureOf(files.write('p.dwg', 'AC1032\0\0'))).toMatchObject({ code: 'import.dwg', params: { file: 'p.dwg' } })
  })
})
