import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numberAt, textAt, type LayerColumns } from '#core/geo/columns.ts'
import { featureAreaM2 } from '#core/geo/measure.ts'
import { overlapAreas } from '#core/geo/overlay-area.ts'
import { OUTSIDE, zoneAt } from '#core/geo/within.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { PlantedDefect } from '#core/sample/city.ts'
import { analyse } from '../analysis/analyse.ts'
import { importSample, type SamplePlan } from './fixture-sample.ts'

const REACH_MM = 300_000
const SMALLEST_GREEN_M2 = 5000

/** Distance from a place to the nearest edge of a feature, mm: written here anew, to check the program by other means. */
function distanceMm(layer: LayerColumns, feature: number, x: number, y: number): number {
  let nearest = Infinity
  const firstRing = layer.partOff[layer.featureOff[feature] ?? 0] ?? 0
  const endRing = layer.partOff[layer.featureOff[feature + 1] ?? 0] ?? 0
  for (let v = layer.ringOff[firstRing] ?? 0; v + 1 < (layer.ringOff[endRing] ?? 0); v++) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = layer.xy.subarray(2 * v, 2 * v + 4)
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / Math.max(1, (bx - ax) ** 2 + (by - ay) ** 2)
    const t = Math.min(1, Math.max(0, along))
    nearest = Math.min(nearest, Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y))
  }
  return nearest
}

const firstPoint = (layer: LayerColumns, feature: number): [number, number] => {
  const v = layer.ringOff[layer.partOff[layer.featureOff[feature] ?? 0] ?? 0] ?? 0
  return [layer.xy[2 * v] ?? 0, layer.xy[2 * v + 1] ?? 0]
}

describe.each([
  { parcels: 1500, seed: 1 },
  { parcels: 2000, seed: 99 },
])('defects planted in a city of $parcels parcels, seed $seed', (options) => {
  let sample: SamplePlan
  let measurements: Measurement[]
  let fidOf: Map<string, number>

  beforeAll(async () => {
    sample = await importSample(options)
    measurements = await analyse({ plan: sample.plan, layers: sample.layers, ...sample.files }, () => undefined, {
      write: () => undefined,
    })
    const db = new Database(sample.files.gpkg, { readonly: true })
    const rows = db.prepare<[], { fid: number; BSM: string }>('SELECT fid, BSM FROM landuse_plan').all()
    db.close()
    fidOf = new Map(rows.map(({ fid, BSM }) => [BSM, fid]))
  })
  afterAll(() => sample.remove())

  const measured = (id: string): Measurement => {
    const found = measurements.find((measurement) => measurement.id === id)
    if (found === undefined) throw new Error(`no ${id}`)
    return found
  }
  /** Feature ids, in the plan's own GeoPackage, of the parcels that a defect names. */
  const plantedFids = (id: PlantedDefect['id']): number[] => {
    const defect = sample.planted.find((candidate) => candidate.id === id)
    const fids = defect?.features.map((bsm) => fidOf.get(bsm) ?? -1) ?? []
    expect(fids.length, id).toBeGreaterThan(0)
    expect(fids, id).not.toContain(-1)
    return fids.toSorted((a, b) => a - b)
  }

  it('gives a value to every indicator whose layers it has', () => {
    const given = new Set(sample.layers.map(({ role }) => role))
    const isGiven = ({ needs }: (typeof INDICATORS)[number]) => needs.every((role) => given.has(role))
    expect(measurements.filter(({ outcome }) => outcome.kind === 'value').map(({ id }) => id)).toEqual(
      expect.arrayContaining(INDICATORS.filter(isGiven).map(({ id }) => id)),
    )
  })

  it('B01 names exactly the parcels inside the redline', () => {
    const { evidence, details } = measured('B01')
    const fids = [...new Set(evidence.map(({ fid }) => fid))].toSorted((a, b) => a - b)
    expect(fids).toEqual(plantedFids('parcel-in-redline'))
    expect(evidence.every(({ layer }) => layer === 'landuse_plan')).toBe(true)
    expect(details).toMatchObject({ pbfOverlapM2: 0, unexplained: true })
  })

  it('A03 leaves out the people of the quarter without a park', () => {
    const { evidence, evidenceTotal } = measured('A03')
    expect(evidence).toHaveLength(evidenceTotal)
    const people = sample.columns('population')
    const parcels = sample.columns('landuse_plan')
    const leftOut = new Set(evidence.map(({ fid }) => fid))
    const quarter = new Set(plantedFids('unserved-quarter'))
    const homes = [...people.fid.keys()].filter((feature) => {
      const parcel = zoneAt(parcels, ...firstPoint(people, feature))
      return parcel !== OUTSIDE && quarter.has(parcels.fid[parcel] ?? -1)
    })
    expect(homes.length).toBeGreaterThan(0)
    for (const home of homes) {
      expect(leftOut, `population ${people.fid[home]}`).toContain(people.fid[home])
      expect(numberAt(people, 'persons', home)).toBeGreaterThan(0)
    }
  })

  it('no public green of half a hectare lies within 300 m of that quarter, by distance', () => {
    const green = sample.columns('green')
    const parcels = sample.columns('landuse_plan')
    const quarter = new Set(plantedFids('unserved-quarter'))
    const open = [...green.fid.keys()].filter(
      (feature) => numberAt(green, 'isPublic', feature) !== 0 && featureAreaM2(green, feature) >= SMALLEST_GREEN_M2,
    )
    expect(open.length).toBeGreaterThan(10)
    for (const [feature, fid] of parcels.fid.entries()) {
      if (!quarter.has(fid)) continue
      const [x, y] = firstPoint(parcels, feature)
      const nearest = Math.min(...open.map((park) => distanceMm(green, park, x, y)))
      expect(nearest, `parcel ${fid}`).toBeGreaterThan(REACH_MM)
    }
  })

  it('the western wedge is cut by planned construction, at the planted parcels', () => {
    const corridors = sample.columns('corridor')
    const parcels = sample.columns('landuse_plan')
    const wedge = [...corridors.fid.keys()].filter((feature) => textAt(corridors, 'name', feature) === '西岭绿楔')
    expect(wedge.length).toBeGreaterThan(0)
    const cut = new Map<number, number>()
    const isConstruction = (feature: number) => /^(0[7-9]|1[0136])/.test(textAt(parcels, 'class', feature) ?? '')
    overlapAreas(
      corridors,
      parcels,
      (_, parcel, areaM2) => cut.set(parcels.fid[parcel] ?? -1, (cut.get(parcels.fid[parcel] ?? -1) ?? 0) + areaM2),
      { a: (feature) => wedge.includes(feature), b: isConstruction },
    )
    expect([...cut.keys()].toSorted((a, b) => a - b)).toEqual(plantedFids('broken-wedge'))
    expect([...cut.values()].reduce((sum, areaM2) => sum + areaM2, 0)).toBeGreaterThan(50_000)
  })
})
