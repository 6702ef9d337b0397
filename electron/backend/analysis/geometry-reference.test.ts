import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { crsInfo, makeTransform } from '#core/crs/crs.ts'
import { layerBuilder, layerFromSketches } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { dissolve } from '#core/geo/dissolve.ts'
import { geodesicRingAreaM2, geodesicRunLengthM } from '#core/geo/earth-measure.ts'
import { planarFrame } from '#core/geo/frame.ts'
import { geodesicLine } from '#core/geo/geodesic.ts'
import { loadGeos, type Geos } from '#core/geo/geos.ts'
import { areasM2, lengthsM, totalAreaM2 } from '#core/geo/measure.ts'
import { box } from '#core/geo/sketch.ts'
import { areaOfParts } from '#core/geo/snapped-parts.ts'
import { openSource } from '../formats/index.ts'

/** Areas, lengths, coordinates and class areas against published figures. Never part of the repository. */
const data = path.resolve(process.env['GREENPRINT_DATA'] ?? path.join(import.meta.dirname, '../../../../shared/data'))
const isThere = fs.existsSync(path.join(data, 'ref/geodesic/planimeter_cases.json'))
if (!isThere) console.log(`skipped: the reference figures are not at ${data}`)
const text = (file: string) => fs.readFileSync(path.join(data, file), 'utf8')
const WGS84 = { semiMajorM: 6_378_137, inverseFlattening: 298.257223563 }

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

describe.skipIf(!isThere)('geodesics', () => {
  it('give the polygon areas of GeographicLib to 1e-9', () => {
    const cases = JSON.parse(text('ref/geodesic/planimeter_cases.json')) as {
      name: string
      lonlat: [number, number][]
      pyproj_area: number
      pyproj_perimeter: number
    }[]
    for (const { name, lonlat, pyproj_area, pyproj_perimeter } of cases) {
      const ring = lonlat.flat()
      expect(Math.abs(Math.abs(geodesicRingAreaM2(ring, WGS84)) / pyproj_area - 1), name).toBeLessThan(1e-9)
      const around = geodesicRunLengthM([...ring, ...ring.slice(0, 2)], WGS84)
      expect(Math.abs(around / pyproj_perimeter - 1), name).toBeLessThan(1e-12)
    }
    expect(cases.length).toBeGreaterThan(4)
  })

  it('are the lines of GeodTest to a micrometre, where they are not nearly antipodal', () => {
    let compared = 0
    for (const line of text('ref/geodesic/GeodTest-nano.dat').trim().split('\n')) {
      const [lat1 = 0, lon1 = 0, , lat2 = 0, lon2 = 0, , lengthM = 0, arcDeg = 0, , underM2 = 0] = line.split(' ').map(Number)
      if (arcDeg > 179.5) continue
      const found = geodesicLine(lon1, lat1, lon2, lat2, WGS84)
      expect(Math.abs(found.lengthM - lengthM)).toBeLessThan(1e-6)
      // the test's own latitudes are given to 1e-12 degrees, which is 40 m² under a line across a continent
      expect(Math.abs(found.underM2 - underM2)).toBeLessThan(100)
      compared += 1
    }
    expect(compared).toBe(63)
  })
})

describe.skipIf(!isThere)('coordinates', () => {
  it('are those of PROJ to a millimetre in every system whose datum is known', () => {
    const { vectors } = JSON.parse(text('ref/proj-gie/derived_vectors.json')) as {
      vectors: { place: string; lon: number; lat: number; epsg: number; x: number; y: number }[]
    }
    const far: string[] = []
    let compared = 0
    for (const { place, lon, lat, epsg, x, y } of vectors) {
      const info = crsInfo(`EPSG:${epsg}`)
      expect(info, `EPSG:${epsg}`).toBeDefined()
      if (info === undefined || info.kind !== 'projected') continue
      // the projection step alone: what a datum shift does differs between tools by design
      const [foundX, foundY] = makeTransform(info.base ?? '', info.code)(lon, lat)
      const awayM = Math.hypot(foundX - x, foundY - y) * info.metresPerUnit
      compared += 1
      if (awayM > 0.001) far.push(`${place} EPSG:${epsg}`)
    }
    expect(compared).toBeGreaterThan(40)
    expect(far).toEqual(SHIFTED)
  })
})

/** Vectors that hold PROJ's published datum shift from WGS 84 as well: tens of metres, not rounding. */
const SHIFTED = ['Shenzhen EPSG:2435', 'London EPSG:27700']

describe.skipIf(!isThere)('official areas', () => {
  it('of Taiwan’s zoning polygons agree to 2.2e-7 each, and to 2e-7 per plan after rounding to millimetres', async () => {
    let compared = 0
    for (const file of fs.readdirSync(path.join(data, 'taiwan')).filter((name) => /^[A-Z]\d+\.json$/.test(name))) {
      const source = await openSource(path.join(data, 'taiwan', file), { encoding: null, report: () => {} })
      const layer = source.layers.find(({ kind }) => kind === 'polygon')
      if (!layer) throw new Error(`${file} holds no polygons`)
      const at = layer.fields.findIndex(({ name }) => name === 'Shape_Area')
      const [minX = 0, minY = 0] = layer.extent ?? []
      const builder = layerBuilder({ role: 'other', name: file, kind: 'polygon', frame: planarFrame(minX, minY) }, {})
      const official: number[] = []
      for (const { row, geometry, values } of layer.features()) {
        if (!geometry) continue
        const areaM2 = Number(values[at])
        // 2.1e-7 is the largest difference between the coordinates and the areas that the files themselves state
        expect(Math.abs(areaOfParts(geometry.parts) / areaM2 - 1), `${file} ${row}`).toBeLessThan(2.2e-7)
        official.push(areaM2)
        const toPlane = (value: number, axis: number) => value - (axis % 2 === 0 ? minX : minY)
        builder.add(row, geometry.parts.map((part) => part.map((ring) => ring.map(toPlane))), {}) // prettier-ignore
      }
      source.close()
      const columns = builder.finish('')
      const perimeters = lengthsM(columns)
      areasM2(columns).forEach((areaM2, feature) => {
        // half a millimetre either way along all of its outline
        expect(Math.abs(areaM2 - (official[feature] ?? NaN)), `${file} ${feature}`).toBeLessThan(
          1e-3 * (perimeters[feature] ?? 0),
        )
      })
      const total = official.reduce((sum, areaM2) => sum + areaM2, 0)
      expect(Math.abs(totalAreaM2(columns) / total - 1), file).toBeLessThan(2e-7)
      compared += official.length
    }
    expect(compared).toBeGreaterThan(2000)
  })
})

/** Cells of an ESRI ASCII grid as square polygons with their class. */
function gridCells(file: string): { cells: LayerColumns; values: number[]; columns: number } {
  const lines = text(file).trim().split('\n')
  const columns = Number(/ncols\s+(\d+)/.exec(lines[0] ?? '')?.[1])
  const values = lines.slice(6).flatMap((line) => line.trim().split(/\s+/).map(Number))
  const cells = layerFromSketches(
    'other',
    values.map((value, at) => ({
      polygon: [box(at % columns, -Math.floor(at / columns), 1, 1)],
      attributes: { class: value },
    })),
  )
  return { cells, values, columns }
}

describe.skipIf(!isThere)('landscapemetrics', () => {
  it('has the same class areas, edges, entropy and 4-neighbour outlines as our dissolve of its landscape', () => {
    const { cells, values, columns } = gridCells('ref/landscapemetrics/landscape.asc')
    const { layer, areaM2, groups } = dissolve(geos, cells, { by: 'class' })
    const rows = text('ref/landscapemetrics/landscape.class')
      .trim()
      .split('\n')
      .map((line) => line.split(',').map((cell) => cell.trim()))
    const [head = [], ...classes] = rows
    const of = (row: string[], name: string) => Number(row[head.indexOf(name)])
    for (const [at, { key }] of groups.entries()) {
      const row = classes.find(([, type]) => type === `cls_${String(key)}`) ?? []
      expect((areaM2[at] ?? 0) / 1e4).toBeCloseTo(of(row, 'CA'), 4)
      expect(((areaM2[at] ?? 0) / values.length) * 100).toBeCloseTo(of(row, 'PLAND'), 4)
    }
    // every edge between two classes lies on both outlines; the frame of the map on one
    const perimeterM = lengthsM(layer).reduce((sum, lengthM) => sum + lengthM, 0)
    const frameM = 2 * (columns + values.length / columns)
    const [landHead = '', land = ''] = text('ref/landscapemetrics/landscape.land').trim().split('\n')
    const landscape = (name: string) => Number(land.split(',')[landHead.split(',').findIndex((each) => each.trim() === name)])
    expect((perimeterM - frameM) / 2).toBeCloseTo(landscape('TE'), 6)
    const shares = [...areaM2].map((area) => area / values.length)
    expect(-shares.reduce((sum, share) => sum + share * Math.log(share), 0)).toBeCloseTo(landscape('SHDI'), 4)
    expect(1 - shares.reduce((sum, share) => sum + share * share, 0)).toBeCloseTo(landscape('SIDI'), 4)
  })
})
