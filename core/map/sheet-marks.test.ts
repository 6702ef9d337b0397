import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeMemo } from '../memo/compose.ts'
import { exampleColumns, exampleInput } from '../memo/fixture.ts'
import { memoText } from '../memo/memo-text.ts'
import { POLYGLOTS } from '../memo/polyglots.ts'
import { SEVERITIES } from '../review/finding.ts'
import { LEAST_PLACES, MARK_KINDS } from '../review/mark.ts'
import { BadgePlaces } from './badge-places.ts'
import { mapSheet, type MapSheetInput } from './map-sheet.ts'
import { assertOwnSvg } from './own-svg.ts'
import { extentOf, fitPaper } from './paper.ts'
import { findingMarks, type SheetFinding } from './sheet-marks.ts'
import { escapeXml } from './svg.ts'

const layers = exampleColumns(24)
const extent = extentOf(layers) ?? [0, 0, 1, 1]
const [minX, minY, maxX, maxY] = extent
const paper = fitPaper(extent, 156, 70, 136)
/** A place of the plan: shares of its width and height from the south-west. */
const at = (x: number, y: number): [number, number] => [minX + (maxX - minX) * x, minY + (maxY - minY) * y]

const PLACES = [...at(0.2, 0.2), ...at(0.5, 0.25), ...at(0.4, 0.6)]
const ofEachKind: SheetFinding[] = MARK_KINDS.map((kind, index) => ({
  number: index + 1,
  severity: SEVERITIES[index % 3] ?? 'note',
  mark: { kind, xyM: PLACES.slice(0, 2 * LEAST_PLACES[kind]), ...(kind === 'text' ? { label: '此处绿廊中断' } : {}) },
  evidence: [],
}))

const sheet = (findings: SheetFinding[], more: Partial<MapSheetInput> = {}) =>
  mapSheet({
    layers,
    frame: { kind: 'planar', originX: 0, originY: 0 },
    title: '青岚',
    caption: '图 1',
    alt: '叠加图',
    crs: 'EPSG:4547',
    date: '2026年3月2日',
    marked: new Map(),
    findings,
    lang: 'zh',
    widthMm: 156,
    maxHeightMm: 200,
    ...more,
  })?.svg ?? ''

describe('findings on the sheet', () => {
  it('draws every kind of mark by its number, with a legend of the kinds that are there', () => {
    const svg = sheet(ofEachKind)
    expect(() => assertOwnSvg(svg)).not.toThrow()
    for (const { number } of ofEachKind) expect(svg).toContain(`>${number}</text>`)
    for (const words of ['审查意见（数字为意见编号）', '必须修改', '建议', '说明', '此处绿廊中断']) expect(svg).toContain(words)
    expect(sheet(ofEachKind)).toBe(svg)
    const oneKind = sheet(ofEachKind.filter(({ severity }) => severity === 'should'))
    expect(oneKind).toContain('建议')
    expect(oneKind).not.toContain('必须修改')
    expect(sheet([])).not.toContain('审查意见')
  })

  it('outlines the features that a finding without a drawing names, and numbers the first', () => {
    const svg = sheet([{ number: 17, severity: 'must', evidence: [{ layer: 'landuse_plan', fid: 3 }] }])
    expect(svg).toContain('>17</text>')
    expect(svg).toMatch(/fill="none" stroke="#B3261E"/)
    const gone = sheet([{ number: 17, severity: 'must', evidence: [{ layer: 'landuse_plan', fid: 99_999 }] }])
    expect(gone).not.toContain('>17</text>')
  })

  it('says how many lie beyond the sheet instead of drawing them at its edge', () => {
    const away: SheetFinding = { number: 9, severity: 'note', mark: { kind: 'point', xyM: [maxX + 9e5, maxY] }, evidence: [] }
    const svg = sheet([...ofEachKind, away])
    expect(svg).not.toContain('>9</text>')
    expect(svg).toContain('另有 1 条意见位于图幅之外')
    expect(sheet([away], { lang: 'en' })).toContain('1 more beyond this sheet')
  })

  it.each(POLYGLOTS)('writes any words beside a mark: %s', (label) => {
    const svg = sheet([{ number: 1, severity: 'note', mark: { kind: 'text', xyM: at(0.5, 0.5), label }, evidence: [] }])
    expect(() => assertOwnSvg(svg)).not.toThrow()
    expect(svg).not.toContain(label === escapeXml(label) ? '\u0000' : label)
  })

  it('stays small with two thousand findings and drawings of thousands of places', () => {
    const many = Array.from({ length: 2000 }, (_, index): SheetFinding => {
      const turn = (index * 0.618) % 1
      return { number: index + 1, severity: 'should', mark: { kind: 'point', xyM: at(turn, index / 2000) }, evidence: [] }
    })
    const circle = Array.from({ length: 5000 }, (_, step) =>
      at(0.5 + 0.3 * Math.cos(step / 796), 0.5 + 0.3 * Math.sin(step / 796)),
    ).flat()
    const drawn = findingMarks(
      [...many, { number: 2001, severity: 'must', mark: { kind: 'cloud', xyM: circle }, evidence: [] }],
      layers,
      paper,
    )
    expect(drawn.svg.length).toBeLessThan(1_500_000)
    expect(drawn.outside).toBe(0)
  })
})

describe('numbers on the sheet', () => {
  it('never cover each other while there is room, and stay on the sheet', () => {
    const share = fc.double({ min: 0.1, max: 0.9, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share), { maxLength: 25 }), (shares) => {
        const badges = new BadgePlaces(paper, 4.8)
        const spots = shares.map(([x, y]) => badges.place([x * paper.widthPt, y * paper.heightPt]))
        for (const [index, [x, y]] of spots.entries()) {
          expect(x >= 4.8 && y >= 4.8 && x <= paper.widthPt - 4.8 && y <= paper.heightPt - 4.8).toBe(true)
          for (const other of spots.slice(index + 1)) expect(Math.hypot(x - other[0], y - other[1])).toBeGreaterThan(9.6)
        }
      }),
    )
  })
})

describe('a finding in the table of the memo', () => {
  it('says that its place is drawn on the map sheet, with the words beside it', () => {
    const input = exampleInput()
    const [first, ...rest] = input.result.findings
    if (!first) throw new Error('the example has no finding')
    const mark = { kind: 'cloud' as const, xyM: PLACES, label: '缺口' }
    const drawn = { ...input, result: { ...input.result, findings: [{ ...first, mark, evidence: [] }, ...rest] } }
    expect(memoText(composeMemo(drawn, 'zh'))).toContain(`见附图标注 ${first.number}“缺口”`)
    expect(memoText(composeMemo(drawn, 'en'))).toContain(`number ${first.number} on the map sheet “缺口”`)
  })
})
