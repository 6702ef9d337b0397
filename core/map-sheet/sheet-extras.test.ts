import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { classIndexes, legendFor } from '../map/legend.ts'
import { assertOwnSvg } from '../map/own-svg.ts'
import { PT_PER_MM } from '../map/paper.ts'
import type { SheetFinding } from '../map/sheet-marks.ts'
import type { LayerId } from '../model/ids.ts'
import { composeMapSheet, type MapSheetInput } from './compose.ts'
import { sheetLayout, widestWindow } from './layout.ts'
import type { PictureLayer, SheetLayer } from './sheet-layer.ts'
import { withPictures } from './sheet-pictures.ts'

const columns = layerFromSketches('greenway', [{ line: [[0, 0], [4000, 3000]] }]) // prettier-ignore
const overlay: SheetLayer = {
  id: 'gaps axes' as LayerId,
  title: { zh: '断点', en: 'Gaps' },
  isTitled: true,
  columns,
  classOf: classIndexes(columns),
  legend: legendFor(columns),
  opacity: 0.5,
  hasRim: true,
  numbers: [
    { label: 'L1', xM: 1000, yM: 1000 },
    { label: 'L2', xM: 1001, yM: 1000 },
    { label: 'L3', xM: 3000, yM: 2000 },
  ],
}
let asked = 0
const picture: PictureLayer = {
  id: 'basemap' as LayerId,
  title: { zh: '底图：影像', en: 'Basemap: ortho' },
  isTitled: true,
  opacity: 1,
  legend: [],
  picture: () => {
    asked += 1
    return { windowM: [500, 600, 2500, 1600], data: 'data:image/png;base64,iVBORw0KGgo=', seen: [] }
  },
}
const finding: SheetFinding = {
  number: 7,
  severity: 'must',
  evidence: [],
  mark: { kind: 'point', xyM: [2000, 1500] },
}
const input = (more: Partial<MapSheetInput> = {}): MapSheetInput => ({
  layers: [picture, overlay],
  findings: [finding],
  extentM: [0, 0, 4000, 3000],
  title: '图',
  crs: '',
  date: '',
  source: '',
  names: false,
  lang: 'zh',
  printer: null,
  leftOut: [],
  paper: 'A2',
  orientation: 'landscape',
  scale: 10_000,
  centreM: null,
  ...more,
})
/** Where a page draws the picture: its place within the frame of the map, and its size, points. */
const imageOf = (svg: string): number[] => {
  const tag = /<image x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"/.exec(svg)
  return (tag?.slice(1) ?? []).map(Number)
}

describe('a sheet with what lies over and under its layers', () => {
  it('draws a picture true to scale and at its place, by name, and asks for it once', () => {
    asked = 0
    const { pages, pictures, layout } = composeMapSheet(input())
    const svg = pages[0]?.svg ?? ''
    expect(() => assertOwnSvg(svg)).not.toThrow()
    const [x = 0, y = 0, width = 0, height = 0] = imageOf(svg)
    // 2 km and 1 km at 1:10,000 are 200 mm and 100 mm; the drawing begins 6 pt before the frame.
    expect([width, height].map((length) => length / PT_PER_MM)).toEqual([expect.closeTo(200, 3), expect.closeTo(100, 3)])
    const [minX, , , maxY] = layout.paper.windowM
    expect([x - 6, y - 6].map((length) => (length / PT_PER_MM) * 10)).toEqual([
      expect.closeTo(500 - minX, 1),
      expect.closeTo(maxY - 1600, 1),
    ])
    expect([asked, Object.keys(pictures)]).toEqual([1, ['gp-picture-0']])
    expect(withPictures(svg, pictures)).toContain('href="data:image/png;base64,iVBORw0KGgo="')
    const pieces = composeMapSheet(input({ printer: 'A4' }))
    expect(asked).toBe(2)
    expect(pieces.pages.filter((page) => imageOf(page.svg).length > 0).length).toBeGreaterThan(1)
    for (const page of pieces.pages) expect(() => assertOwnSvg(page.svg)).not.toThrow()
  })
  it('lets no address pass as a picture', () => {
    for (const href of ['https://x.org/a.png', 'data:image/svg+xml;base64,AA', '/etc/passwd', 'gp-picture-x', ''])
      expect(() => assertOwnSvg(`<image x="0" y="0" width="1" height="1" href="${href}"/>`)).toThrow('memo.unsafe-figure')
  })
  it('draws overlays with a rim, as faint as on the screen, and numbers that do not lie on each other', () => {
    const svg = composeMapSheet(input()).pages[0]?.svg ?? ''
    expect(svg).toContain('stroke="#FFFFFF" stroke-opacity="0.4"')
    expect(svg).toContain('>断点</text>')
    expect([svg.includes('>L1</text>'), svg.includes('>L2</text>'), svg.includes('>L3</text>')]).toEqual([true, false, true])
  })
  it('marks findings with their numbers and says in the legend what they are', () => {
    const zh = composeMapSheet(input()).pages[0]?.svg ?? ''
    expect(zh).toContain('>7</text>')
    expect(zh).toContain('审查意见（数字为意见编号）')
    expect(composeMapSheet(input({ lang: 'en' })).pages[0]?.svg).toContain('Findings (with their numbers)')
    const away = { ...finding, mark: { kind: 'point' as const, xyM: [90_000, 0] } }
    expect(composeMapSheet(input({ findings: [away] })).pages[0]?.svg).toContain('另有 1 条意见位于图幅之外')
  })
})

describe('the window that a picture is made for', () => {
  it('holds the map however high the legend becomes', () => {
    for (const scale of [null, 5000])
      for (const legendMm of [0, 20, 60, 500]) {
        const choice = { paper: 'A3', orientation: 'portrait', scale, centreM: null } as const
        const [left, bottom, right, top] = widestWindow(choice, [0, 0, 4000, 9000]).windowM
        const own = sheetLayout(choice, [0, 0, 4000, 9000], legendMm).paper.windowM
        expect(left <= own[0] && bottom <= own[1] && right >= own[2] && top >= own[3]).toBe(true)
      }
  })
})
