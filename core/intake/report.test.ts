import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertOwnSvg } from '../map/own-svg.ts'
import type { Block, MemoDocument } from '../memo/document.ts'
import { POLYGLOTS } from '../memo/polyglots.ts'
import type { Inspection, LayerShape } from '../model/inspection.ts'
import { bilingual, LANGS } from '../text.ts'
import { answersOf } from './answers.ts'
import { importDraft } from './draft.ts'
import { exampleLayer } from './example-layer.ts'
import { overviewOf } from './overview.ts'
import { NAME_THE_CRS } from '../model/asides.ts'
import { oldDatumNotes } from './old-datum.ts'
import { composeIntakeReport } from './report.ts'

const at = '2026-03-01T08:00:00.000Z'
const compose = (
  inspection: Inspection,
  lang: 'zh' | 'en' = 'zh',
  answers = null as Parameters<typeof composeIntakeReport>[0]['answers'],
) => composeIntakeReport({ inspection, answers, at, author: '林青', engineVersion: '0.1.0', seal: 'a'.repeat(64) }, lang)

const inspectionOf = (...layers: Parameters<typeof exampleLayer>[0][]): Inspection => ({
  files: [{ path: 'a.shp', sizeBytes: 2_000_000, layers: layers.map(exampleLayer), error: null }],
  manifest: null,
})

const textOf = (block: Block): string => {
  if (block.kind === 'table')
    return [block.caption, ...block.rows.flat().flatMap(({ runs }) => runs.map(({ text }) => text))].join('\n')
  if (block.kind === 'paragraph') return block.runs.map(({ text }) => text).join('')
  if (block.kind === 'verdict') return [block.title, block.total, block.coverage].join('\n')
  return block.kind === 'heading' ? block.text : ''
}
const words = ({ sections }: MemoDocument) => sections.flatMap(({ blocks }) => blocks.map(textOf)).join('\n')

describe.each(LANGS)('the report in %s', (lang) => {
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('says what is wrong, where, and what to do', () => {
    const problem = {
      severity: 'warning' as const,
      code: 'geometry.invalid',
      text: bilingual('3 个图斑自相交', '3 patches cross themselves'),
      params: { rows: [4, 7, 9] },
    }
    const text = words(compose(inspectionOf({ problems: [problem] }), lang))
    expect(text).toContain(either('需补正 2 处', '2 things to correct'))
    expect(text).toContain(either('要素序号：4, 7, 9', 'Features: 4, 7, 9'))
    expect(text).toContain(either('检查并修复图形', 'repair the geometry'))
    expect(text).toContain(
      either('坐标系不能确定：没有 .prj 文件', 'The coordinate system is not certain: there is no .prj file'),
    )
  })

  it('leaves out what only the reviewer can do, and asks for CGCS2000 where data is on an older datum', () => {
    const asked = {
      severity: 'warning' as const,
      code: 'crs.missing',
      text: bilingual(`没有 .prj 文件${NAME_THE_CRS.zh}`, `there is no .prj file${NAME_THE_CRS.en}`),
    }
    const [old] = oldDatumNotes('EPSG:2383')
    const text = words(compose(inspectionOf({ problems: [asked, ...(old ? [old] : [])] }), lang))
    expect(text).toContain(either('没有 .prj 文件', 'there is no .prj file'))
    expect(text).not.toContain(NAME_THE_CRS[lang])
    expect(text).toContain('Xian 1980')
    expect(text).toContain(either('请转换到 2000 国家大地坐标系', 'Submit it again in CGCS2000'))
  })

  it('says what was assumed, and not what the data says itself', () => {
    const stated = { value: 'EPSG:4547', confidence: 0.98, reason: bilingual('.prj', '.prj') }
    const text = words(compose(inspectionOf({ crs: stated }), lang))
    expect(text).toContain('80%')
    expect(text).not.toContain('98%')
    expect(text).toContain(either('未发现问题', 'No problem found'))
  })

  it('names files that could not be read, with their reason', () => {
    const error = { code: 'import.truncated', params: { file: 'b.shp', layer: null, row: 3, problem: bilingual('x', 'x') } }
    const found = compose({ files: [{ path: 'b.shp', sizeBytes: 100, layers: [], error }], manifest: null }, lang)
    expect(words(found)).toContain('b.shp')
    expect(found.sections.map(({ id }) => id)).toContain('refused')
  })

  it('leaves out what the reviewer leaves out, and carries the plan’s name', () => {
    const inspection = inspectionOf({})
    const draft = importDraft(inspection)
    const layers = draft.layers.map((layer) => ({ ...layer, role: 'leave-out' as const }))
    const found = compose(
      inspection,
      lang,
      answersOf({ ...draft, plan: { ...draft.plan, nameZh: '青岚总规', name: 'Qinglan' }, layers }),
    )
    expect(found.subtitle).toBe(either('青岚总规', 'Qinglan'))
    expect(words(found)).toContain(either('不导入', 'left out'))
    expect(words(found)).toContain(either('未发现问题', 'No problem found'))
  })

  it('takes any words of a file as words, on the map too', () => {
    for (const hostile of POLYGLOTS) {
      const found = compose(inspectionOf({ layer: hostile, path: `${hostile}.shp` }), lang)
      for (const block of found.sections.flatMap(({ blocks }) => blocks)) if (block.kind === 'map') assertOwnSvg(block.figure.svg)
      expect(words(found)).toContain(hostile)
    }
  })
})

describe('the overview', () => {
  const sheet = { width: 400, height: 240, margin: 20 }
  const shapeAt = (west: number, south: number, size: number): LayerShape => ({
    space: 'earth',
    extent: [west, south, west + size, south + size],
    runs: [[west, south, west + size, south, west + size, south + size, west, south]],
    drawn: 1,
  })
  it('keeps every layer on the sheet, wherever they lie', () => {
    const place = fc.record({
      west: fc.double({ min: -170, max: 170, noNaN: true }),
      south: fc.double({ min: -80, max: 80, noNaN: true }),
      size: fc.double({ min: 1e-6, max: 5, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), (places) => {
        const layers = places.map(({ west, south, size }, index) => ({ key: String(index), shape: shapeAt(west, south, size) }))
        for (const { box } of overviewOf(layers, sheet).shapes) {
          expect(box.x).toBeGreaterThanOrEqual(sheet.margin - 5)
          expect(box.x + box.width).toBeLessThanOrEqual(sheet.width - sheet.margin + 5)
          expect(box.y).toBeGreaterThanOrEqual(sheet.margin - 5)
          expect(box.y + box.height).toBeLessThanOrEqual(sheet.height - sheet.margin + 5)
        }
      }),
    )
  })
  it('north is up and a degree of longitude is shorter than one of latitude', () => {
    const { shapes, acrossM } = overviewOf(
      [
        { key: 'a', shape: shapeAt(114, 60, 1) },
        { key: 'b', shape: shapeAt(114, 61, 1) },
      ],
      sheet,
    )
    const [south, north] = shapes
    expect(north?.box.y).toBeLessThan(south?.box.y ?? 0)
    expect((south?.box.width ?? 0) / (south?.box.height ?? 1)).toBeCloseTo(Math.cos((61 * Math.PI) / 180), 1)
    expect(acrossM).toBeGreaterThan(200_000)
  })
  it('names the layers that have no place among those that have', () => {
    const local: LayerShape = { space: 'source', extent: [0, 0, 9, 9], runs: [[0, 0, 9, 9]], drawn: 1 }
    const layers = [
      { key: 'a', shape: shapeAt(114, 23, 1) },
      { key: 'b', shape: local },
    ]
    expect(overviewOf(layers, sheet)).toMatchObject({ unplaced: ['b'], shapes: [{ key: 'a' }] })
    expect(overviewOf(layers.slice(1), sheet)).toMatchObject({ unplaced: [], shapes: [{ key: 'b' }], acrossM: null })
  })
})
