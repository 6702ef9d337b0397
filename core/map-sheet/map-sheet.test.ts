import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { assertOwnSvg } from '../map/own-svg.ts'
import { barLength } from '../map/furniture.ts'
import { classIndexes, legendFor } from '../map/legend.ts'
import { extentOf, PT_PER_MM } from '../map/paper.ts'
import { exampleColumns } from '../memo/fixture.ts'
import type { LayerId } from '../model/ids.ts'
import { roleInfo } from '../model/roles.ts'
import { bilingual } from '../text.ts'
import { HIDDEN_CLASS } from '../tiles/cells.ts'
import { composeMapSheet, type MapSheetInput } from './compose.ts'
import { cutLayer } from './cut-layer.ts'
import { sheetLayout, WHITE_MM } from './layout.ts'
import { ORIENTATIONS, pageMm, PAPER_IDS, PIECES } from './page.ts'
import { cutSheet } from './pieces.ts'
import type { SheetLayer } from './sheet-layer.ts'

const layers = exampleColumns(24).map((columns): SheetLayer => ({
  id: columns.role as string as LayerId,
  title: roleInfo(columns.role).title,
  columns,
  classOf: classIndexes(columns),
  legend: legendFor(columns),
  opacity: 1,
}))
const input = (more: Partial<MapSheetInput> = {}): MapSheetInput => ({
  layers,
  extentM: extentOf(layers.map(({ columns }) => columns)) ?? [0, 0, 1, 1],
  title: '青岚 <&> "图"',
  crs: 'EPSG:4547',
  date: '2026年3月2日',
  source: '资料来源：示例',
  names: true,
  lang: 'zh',
  printer: null,
  leftOut: [],
  paper: 'A3',
  orientation: 'landscape',
  scale: null,
  centreM: null,
  ...more,
})

describe('the layout of a map sheet', () => {
  it('is true to scale on every paper, and nothing lies on anything else or beyond the page', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PAPER_IDS),
        fc.constantFrom(...ORIENTATIONS),
        fc.option(fc.integer({ min: 100, max: 5_000_000 })),
        fc.double({ min: 0, max: 500, noNaN: true }),
        (paper, orientation, scale, legendMm) => {
          const choice = { paper, orientation, scale, centreM: null }
          const {
            mapMm,
            legendMm: legend,
            footMm,
            titleMm,
            sizeMm,
            paper: map,
          } = sheetLayout(choice, [-50, -80, 7000, 9000], legendMm)
          const [minX, minY, maxX, maxY] = map.windowM
          expect(((maxX - minX) * 1000) / mapMm.widthMm).toBeCloseTo(map.denominator, 5)
          expect(((maxY - minY) * 1000) / mapMm.heightMm).toBeCloseTo(map.denominator, 5)
          expect(scale === null ? maxX - minX >= 7050 && maxY - minY >= 9080 : map.denominator === scale).toBe(true)
          for (const { xMm, yMm, widthMm, heightMm } of [mapMm, legend, footMm, titleMm])
            expect(xMm >= 9.9 && yMm >= 9.9 && xMm + widthMm <= sizeMm[0] - 9.9 && yMm + heightMm <= sizeMm[1] - 9.9).toBe(true)
          expect(mapMm.yMm + mapMm.heightMm).toBeLessThan(footMm.yMm)
          const beside = legend.xMm >= mapMm.xMm + mapMm.widthMm
          expect(beside || legend.yMm >= mapMm.yMm + mapMm.heightMm).toBe(true)
          const bar = barLength(map, 1)
          expect((bar.barM * 1000 * PT_PER_MM) / bar.widthPt).toBeCloseTo(map.denominator, 5)
        },
      ),
    )
  })
})

describe('a cut sheet', () => {
  it('covers every part of the sheet and overlaps its neighbours by the stated strip', () => {
    for (const paper of PAPER_IDS) {
      for (const orientation of ORIENTATIONS) {
        const sheet = pageMm(paper, orientation)
        const cut = cutSheet(sheet, 'A4')
        expect(cut === null).toBe(paper === 'A4')
        if (cut === null) continue
        const last = cut.pieces.at(-1)
        expect((last?.xMm ?? 0) + cut.pieceMm[0]).toBeGreaterThanOrEqual(sheet[0] - WHITE_MM)
        expect((last?.yMm ?? 0) + cut.pieceMm[1]).toBeGreaterThanOrEqual(sheet[1] - WHITE_MM)
        expect(new Set(cut.pieces.map(({ name }) => name)).size).toBe(cut.rows * cut.columns)
        for (const { column, xMm } of cut.pieces)
          expect(xMm).toBeCloseTo(WHITE_MM + column * (cut.pieceMm[0] - PIECES.overlapMm), 9)
      }
    }
    expect(cutSheet(pageMm('A3', 'landscape'), 'A4')?.pieces.length).toBe(3)
  })
})

describe('a layer cut to a window', () => {
  const square = layerFromSketches('landuse_plan', [
    { polygon: [[[0, 0], [100, 0], [100, 100], [0, 100]]], attributes: { class: '0701' } }, // prettier-ignore
    { polygon: [[[300, 300], [400, 300], [400, 400], [300, 400]]], attributes: { class: '1401' } }, // prettier-ignore
  ])
  it('keeps what lies inside, to the millimetre, and nothing else', () => {
    const { columns, chosen } = cutLayer(square, classIndexes(square), [20_000, -5_000, 60_000, 30_000])
    expect(chosen).toEqual([0])
    expect([...columns.partBox]).toEqual([20_000, 0, 60_000, 30_000])
    expect(columns.featureOff).toHaveLength(3)
    expect(columns.count).toBe(2)
  })
  it('leaves out what is filtered', () => {
    const hidden = Uint16Array.of(HIDDEN_CLASS, 0)
    expect(cutLayer(square, hidden, [0, 0, 500_000, 500_000]).chosen).toEqual([1])
  })
})

const drawn = (of: MapSheetInput): string => composeMapSheet(of).pages[0]?.svg ?? ''

describe('a map sheet', () => {
  it('is ours, deterministic, and has all its furniture', () => {
    const sheet = composeMapSheet(input({ scale: 10_000 }))
    expect(sheet).toEqual(composeMapSheet(input({ scale: 10_000 })))
    const [page] = sheet.pages
    expect(() => assertOwnSvg(page?.svg ?? '')).not.toThrow()
    for (const words of [
      '青岚 &lt;&amp;&gt; &quot;图&quot;',
      '比例尺 1:10 000',
      '北',
      'EPSG:4547',
      '2026年3月2日',
      '资料来源：示例',
      '图例',
    ])
      expect(page?.svg).toContain(words)
    expect(page?.svg).toContain('width="420mm" height="297mm"')
    expect(sheet.merged).toEqual([])
  })
  it('says when there are too many shapes to draw one by one', () => {
    const { merged, pages } = composeMapSheet(input({ mostVertices: 100 }))
    expect(merged.map(({ title }) => title)).toContainEqual(roleInfo('landuse_plan').title)
    expect(pages[0]?.svg).toContain('按地类合并绘制')
  })
  it('shows parcels one by one where there is room for them: all their corners are there', () => {
    const parcels = layers.filter(({ columns }) => columns.role === 'landuse_plan')
    const rings = (svg = '') => svg.match(/Z/g)?.length ?? 0
    const alone = composeMapSheet(input({ layers: parcels, scale: null, names: false }))
    const merged = composeMapSheet(input({ layers: parcels, scale: null, names: false, mostVertices: 1 }))
    expect(rings(alone.pages[0]?.svg)).toBeGreaterThanOrEqual(parcels[0]?.columns.count ?? Infinity)
    expect(rings(merged.pages[0]?.svg)).toBeLessThan(rings(alone.pages[0]?.svg))
  })
  it('names what was asked for and could not be drawn, in room that is there, and says nothing where there is nothing', () => {
    const leftOut = [bilingual('底图', 'basemap'), bilingual('生态廊道', 'corridors')]
    expect(drawn(input())).not.toContain('未绘入')
    expect(drawn(input({ leftOut }))).toContain('未绘入本图：底图、生态廊道')
    expect(drawn(input({ leftOut, lang: 'en' }))).toContain('Not drawn on this sheet: basemap, corridors')
    // A long line is set smaller, so that it does not run into the scale bar.
    const many = Array.from({ length: 12 }, () => leftOut).flat()
    const sizeOf = (svg: string): number => Number(/font-size="([\d.]+)"[^>]*>未绘入/.exec(svg)?.[1])
    expect(sizeOf(drawn(input({ leftOut: many })))).toBeLessThan(sizeOf(drawn(input({ leftOut }))))
  })
  it('is empty where nothing lies in its window', () => {
    expect(composeMapSheet(input({ centreM: [900_000, 900_000], scale: 1000 })).isEmpty).toBe(true)
  })
  it('is cut into pieces with names and marks', () => {
    const { pages } = composeMapSheet(input({ paper: 'A2', printer: 'A4' }))
    expect(pages.map(({ name }) => name)).toEqual(expect.arrayContaining(['1-1', '1-2', '2-1', '2-2']))
    for (const { svg, sizeMm } of pages) {
      expect(() => assertOwnSvg(svg)).not.toThrow()
      expect(sizeMm.toSorted((a, b) => a - b)).toEqual([210, 297])
      expect(svg).toContain('stroke-dasharray="5 3"')
      expect(svg).toContain('重叠 10 mm')
    }
  })
})
