import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import { exampleColumns } from '../memo/fixture.ts'
import { POLYGLOTS } from '../memo/polyglots.ts'
import { roundBarM } from './furniture.ts'
import { drawAreas } from './generalise.ts'
import { classIndexes } from './legend.ts'
import { mapSheet, type MapSheetInput } from './map-sheet.ts'
import { doubleArea, EdgeSet } from './outline.ts'
import { assertOwnSvg } from './own-svg.ts'
import { fitPaper, roundDenominator } from './paper.ts'
import { escapeXml } from './svg.ts'

const layers = exampleColumns(24)
const input = (more: Partial<MapSheetInput> = {}): MapSheetInput => ({
  layers,
  frame: { kind: 'planar', originX: 0, originY: 0 },
  title: '青岚 <&> "图"',
  caption: '图 1',
  alt: '叠加图',
  crs: 'EPSG:4547',
  date: '2026年3月2日',
  marked: new Map([['landuse_plan', new Set([3, 37])]]),
  lang: 'zh',
  widthMm: 156,
  maxHeightMm: 200,
  ...more,
})
const vertices = (svg: string): number => (svg.match(/[ lM]-?[\d.]+ -?[\d.]+/g) ?? []).length

describe('map sheet', () => {
  it('is well-formed, ours, deterministic and has all its furniture', () => {
    const figure = mapSheet(input())
    expect(figure).toEqual(mapSheet(input()))
    const svg = figure?.svg ?? ''
    expect(() => assertOwnSvg(svg)).not.toThrow()
    expect(svg).toContain('青岚 &lt;&amp;&gt; &quot;图&quot;')
    for (const words of [
      '比例尺 1:100 000',
      '北',
      'EPSG:4547',
      '2026年3月2日',
      '绿环',
      '机遇（潜力）地区',
      '一票否决项的冲突位置',
    ])
      expect(svg).toContain(words)
    expect(svg).not.toMatch(/#[0-9a-fA-F]{8}\b|hsl\(|rgb\(|var\(|<style|<image/)
    expect(figure?.heightMm).toBeLessThanOrEqual(200)
  })

  it('lists only what is drawn', () => {
    const svg = mapSheet(input({ layers: layers.filter((layer) => layer.role !== 'corridor'), marked: new Map() }))?.svg ?? ''
    expect(svg).not.toContain('绿环')
    expect(svg).not.toContain('一票否决项的冲突位置')
    expect(mapSheet(input({ layers: [] }))).toBeNull()
  })

  it('stays within the budget of vertices, however many parcels there are', () => {
    const figure = mapSheet(input({ layers: exampleColumns(400) }))
    expect(vertices(figure?.svg ?? '')).toBeLessThan(50_000)
    expect(figure?.svg.length).toBeLessThan(1_000_000)
  })

  it('uses a round scale that fits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e8, noNaN: true }), (least) => {
        const round = roundDenominator(least)
        expect(round).toBeGreaterThanOrEqual(least * (1 - 1e-9))
        expect(round).toBeLessThanOrEqual(least * 1.5)
        expect([1, 2, 5]).toContain(Number(roundBarM(least).toExponential().split('e')[0]))
      }),
    )
    expect(fitPaper([0, 0, 12_000, 9000], 156, 70, 140).denominator).toBe(80_000)
  })
})

describe('generalised areas', () => {
  const square = (x: number, y: number, size: number, code: string): FeatureSketch => ({
    polygon: [[[x, y], [x + size, y], [x + size, y + size], [x, y + size]]], // prettier-ignore
    attributes: { class: code },
  })

  it.each([
    ['merged', 60, 24_000],
    ['as a mosaic', 500, 24_000],
  ])('keep the area of every class, %s', (_, side, budget) => {
    const size = 6000 / side
    const sketches = Array.from({ length: side * side }, (_member, index) => {
      const [column, row] = [index % side, Math.floor(index / side)]
      return square(column * size, row * size, size, Math.floor(column * side * 0.618 + row * 17) % 5 === 0 ? '1401' : '0701')
    })
    const layer = layerFromSketches('landuse_plan', sketches)
    const classOf = classIndexes(layer)
    const expected = classOf.reduce((sum, index) => sum + index, 0) / layer.count
    const drawn = drawAreas(layer, classOf, [...Array(layer.count).keys()], fitPaper([0, 0, 6000, 6000], 156, 70, 200), budget)
    const areaOf = (classIndex: number) =>
      drawn
        .filter((shape) => shape.classIndex === classIndex)
        .flatMap(({ rings }) => rings)
        .reduce((sum, ring) => sum + doubleArea(ring), 0)
    expect(areaOf(1) / (areaOf(0) + areaOf(1))).toBeCloseTo(expected, 1)
    expect(drawn.reduce((sum, shape) => sum + shape.vertices, 0)).toBeLessThanOrEqual(budget)
  })

  it('cancel shared edges: touching squares of one class become one outline', () => {
    const edges = new EdgeSet()
    edges.addRing([0, 0, 10, 0, 10, 10, 0, 10])
    edges.addRing([10, 0, 20, 0, 20, 10, 10, 10])
    const { rings, vertices } = edges.outlines()
    expect({ vertices, rings: rings.length, area: doubleArea(rings[0] ?? []) }).toEqual({ vertices: 4, rings: 1, area: 400 })
  })

  it('never lose a whole layer of specks', () => {
    const layer = layerFromSketches('green', [square(0, 0, 1, ''), square(9000, 9000, 1, '')])
    const drawn = drawAreas(layer, classIndexes(layer), [0, 1], fitPaper([0, 0, 9000, 9000], 156, 70, 200), 5000)
    expect(drawn.flatMap(({ rings }) => rings).length).toBeGreaterThan(0)
  })
})

describe('words on a sheet', () => {
  it.each(POLYGLOTS)('may say anything: %s', (words) => {
    const svg = mapSheet(input({ title: words, alt: words, crs: words, date: words }))?.svg ?? ''
    expect(() => assertOwnSvg(svg)).not.toThrow()
    expect(svg.split(escapeXml(words))).toHaveLength(5)
  })
})

describe('figures from elsewhere', () => {
  it.each([
    '<svg><image href="/etc/passwd.png"/></svg>',
    '<svg><script>1</script></svg>',
    '<svg><g onload="x()"/></svg>',
    '<svg><rect fill="url(http://a/b)"/></svg>',
    '<svg><path d="M0 0" style="x" src="a"/></svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg><text>&a;</text></svg>',
    '<svg><use xlink:href="#a"/></svg>',
    '<svg><text>&a;</text></svg>',
    '<svg><rect fill="url(#gp-a) url(http://a/b)"/></svg>',
    '<svg><rect fill="u\\72l(http://a)"/></svg>',
    '<svg><rect fill="&#117;rl(http://a)"/></svg>',
    "<svg><rect fill='a'/></svg>",
    '<svg><!-- a --></svg>',
    '<svg xmlns="http://www.w3.org/1999/xhtml"/>',
    '<svg><text>a > b</text></svg>',
    '<svg><g id="a"',
  ])('are refused: %s', (svg) => {
    expect(() => assertOwnSvg(svg)).toThrow('memo.unsafe-figure')
  })
})
