import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerBuilder } from '#core/geo/build.ts'
import { numberAt, textAt, type LayerColumns } from '#core/geo/columns.ts'
import { planarFrame } from '#core/geo/frame.ts'
import { loadGeos, type Geos } from '#core/geo/geos.ts'
import { overlay, type OverlayOperation } from '#core/geo/overlay.ts'
import { areaOfParts } from '#core/geo/snapped-parts.ts'
import { partsOf, soundLayer } from '#core/geo/sound-layer.ts'
import { openSource } from '../formats/index.ts'
import { decodeWkb } from '../formats/wkb.ts'
import { decodeWkt } from '../formats/wkt-geometry.ts'

/** Overlay against the test suites of JTS and GEOS and against results of QGIS and geopandas. Never part of the repository. */
const data = path.resolve(process.env['GREENPRINT_DATA'] ?? path.join(import.meta.dirname, '../../../../shared/data'), 'torture')
const isThere = fs.existsSync(path.join(data, 'jts')) && fs.existsSync(path.join(data, 'geopandas-overlay'))
if (!isThere) console.log(`skipped: the overlay cases are not at ${data}`)

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

/**
 * Cases whose expected area is not ours, and why; `docs/geometry.md` tells it to people. In every one of them our area is that
 * of GEOS in doubles.
 */
const DIFFERS: Readonly<Record<string, string>> = {
  'jts/general/TestNGOverlayAPrec.xml': 'expects coordinates rounded to a coarse grid',
  'jts/general/TestOverlayAAPrec.xml': 'expects coordinates rounded to a coarse grid',
  'geos/general/TestOverlayAAPrec.xml': 'expects coordinates rounded to a coarse grid',
  'geos/robust/TestRobustOverlayFixed.xml': 'expects coordinates rounded to a coarse grid',
  'geos/robust/overlay/TestOverlay-misc-5.xml': 'expects coordinates rounded to a coarse grid; the input is not valid',
  'jts/misc/TestOverlay.xml': 'the input is not valid, and JTS does not repair it',
  'jts/failure/TestOverlayNGFailure.xml': 'the expected text belongs to another case',
}

const OPERATIONS: Readonly<Record<string, OverlayOperation>> = {
  intersection: 'intersection',
  union: 'union',
  difference: 'difference',
  symdifference: 'symmetric-difference',
  overlayareatest: 'union',
}

interface Case {
  file: string
  operation: OverlayOperation
  a: Float64Array[][]
  b: Float64Array[][]
  /** Expected area; NaN where the case only asks that areas add up. */
  area: number
}

const polygonsOf = (text: string): Float64Array[][] | null => {
  const body = text.trim()
  if (/EMPTY$/i.test(body)) return []
  const { parts } = /^[0-9a-f]+$/i.test(body) ? decodeWkb(Buffer.from(body, 'hex')) : decodeWkt(body)
  return [...parts.keys()].every((kind) => kind === 'polygon') ? (parts.get('polygon') ?? []) : null
}
const attribute = (text: string, name: string) => new RegExp(`${name}\\s*=\\s*["']([^"']+)["']`).exec(text)?.[1] ?? ''
const member = (text: string, name: string) => new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? ''

function casesOf(file: string): Case[] {
  const xml = fs.readFileSync(path.join(data, file), 'utf8').replaceAll(/<!--[\s\S]*?-->/g, '')
  const found: Case[] = []
  for (const [, body = ''] of xml.matchAll(/<case>([\s\S]*?)<\/case>/g)) {
    for (const [, head = '', expected = ''] of body.matchAll(/<op\s+([^>]*?)>([\s\S]*?)<\/op>/g)) {
      const name = attribute(head, 'name').toLowerCase()
      const operation = OPERATIONS[name.replace(/(ng|sr)$/, '')]
      const [first, second] = [attribute(head, 'arg1').toLowerCase(), attribute(head, 'arg2').toLowerCase()]
      if (operation === undefined || first === '' || second === '') continue
      try {
        const [a, b] = [polygonsOf(member(body, first)), polygonsOf(member(body, second))]
        if (a === null || b === null || a.length === 0 || b.length === 0) continue
        const area = name === 'overlayareatest' ? NaN : areaOfParts(areasIn(expected))
        found.push({ file, operation, a, b, area })
      } catch {
        continue // lines, points and texts that are no geometry: not cases for polygons
      }
    }
  }
  return found
}

/** The polygons of an expected result, which may hold lines and points where outlines only touch. */
function areasIn(text: string): Float64Array[][] {
  const body = text.trim()
  if (/EMPTY$/i.test(body)) return []
  return (/^[0-9a-f]+$/i.test(body) ? decodeWkb(Buffer.from(body, 'hex')) : decodeWkt(body)).parts.get('polygon') ?? []
}

/** Two geometries as layers, moved to the middle of the frame and stretched by a power of two to fill it: the finest grid there is. */
function layersOf({ a, b }: Case): { layers: [LayerColumns, LayerColumns]; scale: number; boxArea: number } {
  const [x, y] = [0, 1].map((axis) => {
    const values = [...a, ...b].flatMap((part) => part.flatMap((ring) => [...ring].filter((_, at) => at % 2 === axis)))
    return {
      low: values.reduce((low, value) => Math.min(low, value)),
      high: values.reduce((high, value) => Math.max(high, value)),
    }
  })
  if (!x || !y) throw new Error('a case without coordinates')
  const [wide, high] = [x.high - x.low, y.high - y.low]
  const scale = 2 ** Math.floor(Math.log2(2e9 / Math.max(wide, high)))
  const layer = (parts: Float64Array[][]) => {
    const builder = layerBuilder({ role: 'other', name: 'case', kind: 'polygon', frame: planarFrame(0, 0) }, {}, 0.001)
    const moved = parts.map((part) =>
      part.map((ring) => ring.map((value, at) => (value - (at % 2 === 0 ? (x.low + x.high) / 2 : (y.low + y.high) / 2)) * scale)),
    )
    builder.add(1, moved, {})
    return builder.finish('')
  }
  return { layers: [layer(a), layer(b)], scale, boxArea: wide * high }
}

/** The area that GEOS gives the same operation, in mm² of the layers. */
function byGeos(a: LayerColumns, b: LayerColumns, operation: OverlayOperation): number {
  const parts = (layer: LayerColumns) => [...layer.partOff.keys()].slice(0, -1)
  const area = (how: 'intersection' | 'difference', left: LayerColumns, right: LayerColumns) =>
    areaOfParts(geos.clip(how, left, parts(left), right, parts(right)) ?? [])
  if (operation === 'intersection') return area('intersection', a, b)
  const both = area('difference', a, b) + (operation === 'difference' ? 0 : area('difference', b, a))
  return operation === 'union' ? both + area('intersection', a, b) : both
}

describe.skipIf(!isThere)('the overlay cases of JTS and GEOS', () => {
  it('have the expected area and are valid, but for those that are listed with a reason', () => {
    const files = ['jts', 'geos'].flatMap((suite) =>
      fs
        .readdirSync(path.join(data, suite), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.xml'))
        .map((file) => path.join(suite, file)),
    )
    const differing = new Set<string>()
    const count = { all: 0, differing: 0, byGeos: 0 }
    for (const each of files.flatMap(casesOf)) {
      const { layers, scale, boxArea } = layersOf(each)
      const { layer, areaM2, report } = overlay(geos, ...layers, each.operation)
      const area = areaM2.reduce((sum, value) => sum + value, 0) * 1e6
      count.all += 1
      if (report.notes.some(({ reason }) => reason === 'not-valid' || reason === 'area-differs')) count.byGeos += 1
      expect(report.conservation.holds, each.file).toBe(true)
      for (let feature = 0; feature < layer.count; feature += 1) {
        expect(geos.invalidReason(partsOf(layer, feature)), each.file).toBeNull()
      }
      if (Math.abs(area / scale ** 2 - each.area) <= 1e-8 * boxArea) continue
      const [a, b] = layers.map((one) => soundLayer(geos, one).layer) as [LayerColumns, LayerColumns]
      expect(Math.abs(area - byGeos(a, b, each.operation)) / scale ** 2, each.file).toBeLessThanOrEqual(1e-8 * boxArea)
      if (Number.isNaN(each.area)) continue
      differing.add(each.file)
      count.differing += 1
    }
    expect(count.all).toBeGreaterThan(590)
    expect(count.differing).toBeLessThan(170)
    expect(count.byGeos).toBe(0)
    expect([...differing].toSorted()).toEqual(Object.keys(DIFFERS).toSorted())
  }, 120_000)
})

async function polygonLayer(file: string, unitM = 1): Promise<LayerColumns> {
  const source = await openSource(path.join(data, 'geopandas-overlay', file), { encoding: null, report: () => {} })
  const layer = source.layers.find(({ kind }) => kind === 'polygon')
  if (!layer) throw new Error(`${file} holds no polygons`)
  const fields = Object.fromEntries(
    layer.fields.map(({ name, type }) => [name, type === 'text' ? ('text' as const) : ('number' as const)]),
  )
  const builder = layerBuilder({ role: 'other', name: file, kind: 'polygon', frame: planarFrame(0, 0) }, fields, unitM)
  for (const { row, geometry, values } of layer.features()) {
    if (geometry) builder.add(row, geometry.parts, Object.fromEntries(layer.fields.map(({ name }, at) => [name, values[at]])))
  }
  source.close()
  return builder.finish('')
}

/** Areas of the rows that have the same values of some attributes. */
function byAttributes(layer: LayerColumns, areas: ArrayLike<number>, names: readonly string[]): Map<string, number[]> {
  const rows = new Map<string, number[]>()
  for (let feature = 0; feature < layer.count; feature += 1) {
    const key = names.map((name) => textAt(layer, name, feature) ?? numberAt(layer, name, feature) ?? '').join('/')
    rows.set(key, [...(rows.get(key) ?? []), areas[feature] ?? 0])
  }
  return rows
}

const HOW = ['intersection', 'union', 'difference', 'symmetric-difference'] as const

/** Compares row by row. Old QGIS wrote some rows of a union twice or uncut: `repeated` counts them, ours must be among them. */
async function compare(a: LayerColumns, b: LayerColumns, operation: (typeof HOW)[number], file: string, unitM: number) {
  const theirs = await polygonLayer(file, unitM)
  const ours = overlay(geos, a, b, operation)
  expect(ours.report.conservation.holds).toBe(true)
  const names = Object.keys(ours.layer.attributes).filter((name) => name in theirs.attributes && !name.startsWith('Shape'))
  const areas = Float64Array.from({ length: theirs.count }, (_, at) => areaOfParts(partsOf(theirs, at)) / 1e6)
  const truth = byAttributes(theirs, areas, names)
  const found = byAttributes(ours.layer, ours.areaM2, names)
  expect([...found.keys()].toSorted(), file).toEqual([...truth.keys()].toSorted())
  for (const [key, rows] of found) {
    expect(rows).toHaveLength(1)
    const differences = (truth.get(key) ?? []).map((area) => Math.abs((rows[0] ?? 0) / area - 1))
    expect(Math.min(...differences), `${file} ${key}`).toBeLessThan(1e-6)
  }
  return { names, repeated: theirs.count - found.size }
}

describe.skipIf(!isThere)('results of other programs', () => {
  it('of QGIS over the boroughs of New York are ours', async () => {
    const [a, b] = [await polygonLayer('nybb_qgis/polydf.shp'), await polygonLayer('nybb_qgis/polydf2.shp')]
    for (const operation of HOW) {
      const { names, repeated } = await compare(a, b, operation, `nybb_qgis/qgis-${operation.replace('-', '_')}.shp`, 1)
      expect(names).toContain('BoroCode')
      expect(repeated).toBe(operation === 'union' ? 2 : 0)
    }
  })

  it('of geopandas over two small layers are ours, also where features of one layer overlap', async () => {
    for (const [first, second, stem] of [
      ['polys/df1', 'polys/df2', 'polys/df1_df2'],
      ['overlap/df1_overlap', 'overlap/df2_overlap', 'overlap/df1_df2_overlap'],
    ] as const) {
      const [a, b] = [await polygonLayer(`${first}.geojson`, 1000), await polygonLayer(`${second}.geojson`, 1000)]
      for (const operation of HOW) {
        const { names, repeated } = await compare(a, b, operation, `${stem}-${operation.replace('-', '_')}.geojson`, 1000)
        expect(names).toContain('col1')
        expect(repeated).toBe(operation === 'union' && stem.startsWith('overlap') ? 1 : 0)
      }
    }
  })
})
