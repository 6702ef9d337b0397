import { beforeAll, describe, expect, it } from 'vitest'
import { PDFDocument } from 'pdf-lib'
import { layerFromSketches } from '#core/geo/build.ts'
import { barLength } from '#core/map/furniture.ts'
import { classIndexes, legendFor } from '#core/map/legend.ts'
import { PT_PER_MM } from '#core/map/paper.ts'
import { composeMapSheet, type MapSheetInput } from '#core/map-sheet/compose.ts'
import { PIECES } from '#core/map-sheet/page.ts'
import type { SheetLayer } from '#core/map-sheet/sheet-layer.ts'
import type { LayerId } from '#core/model/ids.ts'
import { roleInfo, type Role } from '#core/model/roles.ts'
import { accessibilityFaults } from '../memo/pdf-accessible.ts'
import { readStructure, walkStructure } from '../memo/pdf-structure.ts'
import { drawnPaths, type DrawnPath } from './drawn-paths.ts'
import { sheetPdf } from './sheet-pdf.ts'

/** Two stations, 3 km to the east and 4 km to the north of each other: 5 km apart. */
const [FIRST, SECOND] = [
  [1000, 2000],
  [4000, 6000],
] as const
const layerOf = (role: Role, sketches: Parameters<typeof layerFromSketches>[1]): SheetLayer => {
  const columns = layerFromSketches(role, sketches)
  return {
    id: role as string as LayerId,
    title: roleInfo(role).title,
    columns,
    classOf: classIndexes(columns),
    legend: legendFor(columns),
    opacity: 1,
  }
}
const layers = [
  layerOf('landuse_plan', [
    { polygon: [[[0, 0], [5000, 0], [5000, 8000], [0, 8000]]], attributes: { class: '0701' } }, // prettier-ignore
  ]),
  layerOf('rail_station', [{ point: [...FIRST] }, { point: [...SECOND] }]),
]
const sheet = (more: Partial<MapSheetInput>) =>
  composeMapSheet({
    layers,
    extentM: [0, 0, 5000, 8000],
    title: '两站 <&>',
    crs: 'EPSG:4547',
    date: '2026-11-22',
    source: '',
    names: false,
    lang: 'zh',
    printer: null,
    leftOut: [],
    paper: 'A3',
    orientation: 'portrait',
    scale: null,
    centreM: null,
    ...more,
  })
const printed = async (more: Partial<MapSheetInput>) => {
  const composed = sheet(more)
  const words = { title: '两站', alt: '两站', producer: 'test', date: new Date('2026-11-22'), lang: 'zh' as const }
  return { composed, bytes: await sheetPdf(composed.pages, words) }
}
const boxOf = ({ at }: DrawnPath): [number, number, number, number] => {
  const [xs, ys] = [at.map(([x]) => x), at.map(([, y]) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
/** Both stations are one path of two discs: each disc begins at its left end and has two arcs. */
function stationsOf(paths: readonly DrawnPath[], radiusPt: number): [number, number][] {
  const discs = paths.flatMap(({ at }) =>
    at.flatMap((left, index): [number, number][] => {
      const right = at
        .slice(index + 1)
        .find(([x, y]) => Math.abs(x - left[0] - 2 * radiusPt) < 0.03 && Math.abs(y - left[1]) < 0.03)
      return right ? [[(left[0] + right[0]) / 2, left[1]]] : []
    }),
  )
  return discs.filter(([x, y], index) => discs.findIndex(([a, b]) => Math.hypot(a - x, b - y) < 1) === index)
}

describe.each([
  ['A4', 'portrait', 50_000],
  ['A3', 'landscape', 40_000],
  ['A1', 'portrait', 12_345],
  ['A0', 'landscape', 10_000],
] as const)('a map printed on %s %s at 1:%i', (paper, orientation, scale) => {
  let paths: DrawnPath[]
  let composed: Awaited<ReturnType<typeof printed>>['composed']
  let bytes: Uint8Array
  beforeAll(async () => {
    ;({ composed, bytes } = await printed({ paper, orientation, scale }))
    paths = await drawnPaths(bytes)
  }, 60_000)

  it('has a scale bar as long on paper as it says, to 0.1 %', () => {
    const { barM } = barLength({ denominator: scale }, composed.layout.size)
    const { footMm } = composed.layout
    const foot = paths.filter((path) => {
      const [minX, minY, maxX, maxY] = boxOf(path)
      const left = footMm.xMm * PT_PER_MM - 1
      return minX >= left && maxX < left + 400 && maxY - minY < 12 && minY < (footMm.heightMm + 11) * PT_PER_MM && maxX - minX > 5
    })
    expect(foot.length).toBeGreaterThanOrEqual(4)
    const widthPt = Math.max(...foot.map((path) => boxOf(path)[2])) - Math.min(...foot.map((path) => boxOf(path)[0]))
    const statedPt = ((barM * 1000) / scale) * PT_PER_MM
    expect(Math.abs(widthPt / statedPt - 1)).toBeLessThan(0.001)
  })

  it('has two known places as far from each other as they are, to 0.1 %', () => {
    const radiusPt = (layers[1]?.legend[0]?.markerPx ?? 3) * 0.75
    const { mapMm, sizeMm } = composed.layout
    // The legend has a disc of its own, beside the map or below it.
    const isOnMap = ([x, y]: readonly [number, number]) =>
      x < (mapMm.xMm + mapMm.widthMm) * PT_PER_MM && y > (sizeMm[1] - mapMm.yMm - mapMm.heightMm) * PT_PER_MM
    const stations = stationsOf(paths, radiusPt).filter(isOnMap)
    expect(stations).toHaveLength(2)
    const far = stations.flatMap((a) => stations.map((b) => [b[0] - a[0], b[1] - a[1]] as const))
    const [x = 0, y = 0] = far.toSorted((a, b) => Math.hypot(...b) - Math.hypot(...a))[0] ?? []
    const onGroundM = (pt: number) => (Math.abs(pt) / PT_PER_MM / 1000) * scale
    expect(Math.abs(onGroundM(Math.hypot(x, y)) / 5000 - 1)).toBeLessThan(0.001)
    expect(Math.abs(onGroundM(x) / 3000 - 1)).toBeLessThan(0.001)
    expect(Math.abs(onGroundM(y) / 4000 - 1)).toBeLessThan(0.001)
  })

  it('is one page of that paper, and says that it must not be fitted to another', async () => {
    const document = await PDFDocument.load(bytes)
    expect(document.getPageCount()).toBe(1)
    const { width, height } = document.getPage(0).getSize()
    expect([width, height].map((pt) => Math.round(pt / PT_PER_MM))).toEqual([...composed.layout.sizeMm])
    expect(document.catalog.toString()).toContain('ViewerPreferences')
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/PrintScaling\s*\/None/)
  })
})

describe('what a reading aloud finds on a printed map', () => {
  it.each([
    ['zh', '一整张', null],
    ['en', 'one sheet', null],
    ['zh', '分幅', 'A4'],
  ] as const)('%s, %s: a figure with words on every page, and nothing at fault', async (lang, title, printer) => {
    const { composed, bytes } = await printed({ lang, title, printer, paper: 'A3' })
    const { document, root } = await readStructure(bytes)
    expect(accessibilityFaults(document, root)).toEqual([])
    const figures = [...walkStructure(root)].map(([node]) => node).filter(({ type }) => type === 'Figure')
    expect(figures).toHaveLength(composed.pages.length)
    for (const { alt } of figures) expect(alt).toContain('两站')
  })
})

describe('a map cut for a smaller paper', () => {
  it('keeps its scale on every piece: what two neighbours share lies at the same place of both', async () => {
    const { composed, bytes } = await printed({ paper: 'A2', orientation: 'portrait', scale: 20_000, printer: 'A4' })
    const paths = await drawnPaths(bytes)
    const document = await PDFDocument.load(bytes)
    expect(document.getPageCount()).toBe(composed.pages.length)
    const page = (name: string) => composed.pages.findIndex((one) => one.name === name)
    const [width] = composed.pages[0]?.sizeMm ?? [0]
    const stepPt = (width - 2 * PIECES.edgeMm - PIECES.overlapMm) * PT_PER_MM
    // The frame of the whole sheet is drawn on every piece, shifted by whole steps.
    const frames = ['2-1', '2-2'].map((name) => {
      const all = paths.filter((path) => path.page === page(name)).map(boxOf)
      return all.find(([minX, , maxX]) => Math.abs(maxX - minX - composed.layout.mapMm.widthMm * PT_PER_MM) < 0.05)
    })
    const [a, b] = frames
    expect((a?.[0] ?? NaN) - (b?.[0] ?? NaN)).toBeCloseTo(stepPt, 1)
  }, 60_000)
})
