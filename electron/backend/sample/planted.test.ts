import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numberAt, textAt, type LayerColumns } from '#core/geo/columns.ts'
import { featureAreaM2 } from '#core/geo/measure.ts'
import { overlapAreas } from '#core/geo/overlay-area.ts'
import { OUTSIDE, zoneAt } from '#core/geo/within.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { habitatState, rateOf, ruleFor } from '#core/indicators/habitat.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { planData } from '#core/indicators/measure-plan.ts'
import { missingLinks } from '#core/indicators/missing-links.ts'
import { connectivity } from '#core/network/connectivity.ts'
import { graphFrom } from '#core/network/habitat-graph.ts'
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

const CONSISTENT = { zh: '一致', en: 'consistent' }

describe.each([
  { parcels: 1500, seed: 1 },
  { parcels: 2000, seed: 99 },
])('defects planted in a city of $parcels parcels, seed $seed', (options) => {
  let sample: SamplePlan
  let measurements: Measurement[]
  /** Feature ids in the plan's own GeoPackage by what a defect calls the feature, layer by layer. */
  let fidOf: Map<string, Map<string, number>>

  beforeAll(async () => {
    sample = await importSample(options)
    measurements = await analyse({ plan: sample.plan, layers: sample.layers, ...sample.files }, () => undefined, {
      write: () => undefined,
    })
    const db = new Database(sample.files.gpkg, { readonly: true })
    const names = (table: string, column: string) =>
      db.prepare<[], { fid: number; name: string | null }>(`SELECT fid, "${column}" AS name FROM "${table}"`).all()
    const called = { landuse_plan: ['BSM'], admin: ['XZQDM', 'XZQMC'], population: ['MC'], swap: ['MC'] }
    fidOf = new Map(
      Object.entries(called).map(([layer, columns]) => [
        layer,
        new Map(columns.flatMap((column) => names(layer, column).map(({ fid, name }) => [name ?? '', fid] as const))),
      ]),
    )
    db.close()
  })
  afterAll(() => sample.remove())

  const measured = (id: string): Measurement => {
    const found = measurements.find((measurement) => measurement.id === id)
    if (found === undefined) throw new Error(`no ${id}`)
    return found
  }
  const ascending = (fids: Iterable<number>): number[] => [...new Set(fids)].toSorted((a, b) => a - b)
  /** Feature ids of the features that a defect names. */
  const plantedFids = (id: PlantedDefect['id']): number[] => {
    const defect = sample.planted.find((candidate) => candidate.id === id)
    const fids = defect?.features.map((name) => fidOf.get(defect.layer)?.get(name) ?? -1) ?? []
    expect(fids.length, id).toBeGreaterThan(0)
    expect(fids, id).not.toContain(-1)
    return ascending(fids)
  }
  /** Ids of all features that an indicator names as evidence; none may be left out by the cap. */
  const evidenceFids = (id: string, layer: string): number[] => {
    const { evidence, evidenceTotal } = measured(id)
    expect(evidence, id).toHaveLength(evidenceTotal)
    expect([id, ...new Set(evidence.map((feature) => feature.layer))]).toEqual([id, layer])
    return ascending(evidence.map(({ fid }) => fid))
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

  it('B03 names exactly the new parcels outside the boundary: the new town, and the industry in the reserve and in the wood', () => {
    const defects = ['town-outside-boundary', 'parcel-in-redline', 'forest-to-industry'] as const
    expect(evidenceFids('B03', 'landuse_plan')).toEqual(ascending(defects.flatMap(plantedFids)))
  })

  it('B04 finds the quotas met, and B05 that cropland alone is passed down short', () => {
    expect(measured('B04').details).toMatchObject({ shortfalls: 0 })
    const { details, tables } = measured('B05')
    expect(details).toMatchObject({ stated: 5, complete: 5, consistent: 4, clusterSplit: 1 })
    const split = tables?.find(({ id }) => id === 'split')
    const verdicts = split?.rows.map(({ key, cells }) => [key, cells.at(-1)])
    expect(verdicts?.filter(([, verdict]) => JSON.stringify(verdict) !== JSON.stringify(CONSISTENT))).toEqual([
      ['farmland', { zh: '合计不足', en: 'the sum falls short' }],
    ])
    expect(plantedFids('farmland-split-short')).toHaveLength(1)
  })

  it('S01 finds one district over its cap, and caps that add up', () => {
    expect(evidenceFids('S01', 'admin')).toEqual(plantedFids('district-over-cap'))
    expect(measured('S01').details).toMatchObject({ unitsExceeded: 1, districtSplit: true, clusterSplit: true, sumOk: true })
  })

  it('S08 finds that the swap builds more than it reclaims, from exactly these plots', () => {
    const { details, tables } = measured('S08')
    expect(details).toMatchObject({ ratioMet: false, unknownM2: 0 })
    const plots = tables?.find(({ id }) => id === 'plots')?.rows.map(({ key }) => Number(key))
    expect(ascending(plots ?? [])).toEqual(plantedFids('swap-built-more'))
  })

  it('F04 finds one cluster short of jobs, and all others balanced', () => {
    expect(evidenceFids('F04', 'admin')).toEqual(plantedFids('cluster-without-jobs'))
    expect(measured('F04').details).toMatchObject({ clusters: 6, balanced: 5, fewJobs: 1, fewHomes: 0 })
  })

  it('F05 leaves out exactly the people without a clinic, and they lack nothing else', () => {
    expect(evidenceFids('F05', 'population')).toEqual(plantedFids('quarter-without-clinic'))
    for (const { note } of measured('F05').evidence) expect(note?.zh).toMatch(/，缺：医疗卫生$/)
    const services = measured('F05').tables?.find(({ id }) => id === 'services')
    const left = services?.columns.findIndex(({ key }) => key === 'left') ?? -1
    const lacking = services?.rows.filter(({ cells }) => Number(cells[left]) > 0.5).map(({ key }) => key)
    expect(lacking).toEqual(['health'])
  })

  it('C03 names the wood that becomes industry, and no other loss that was not planted', () => {
    const lost = evidenceFids('C03', 'landuse_plan')
    const planted = ascending((['forest-to-industry', 'parcel-in-redline', 'broken-wedge'] as const).flatMap(plantedFids))
    const parcels = sample.columns('landuse_plan')
    const classOf = (fid: number) => textAt(parcels, 'class', parcels.fid.indexOf(fid))
    // The streets of a cut wedge come with its warehouses, which are what the defect names.
    expect(lost.filter((fid) => !planted.includes(fid) && classOf(fid) !== '1207')).toEqual([])
    for (const id of ['forest-to-industry', 'parcel-in-redline'] as const)
      expect(lost).toEqual(expect.arrayContaining(plantedFids(id)))
  })

  it('C07 names exactly the parcels that state no green ratio', () => {
    expect(evidenceFids('C07', 'landuse_plan')).toEqual(plantedFids('unit-without-green-ratio'))
    expect(measured('C07')).toMatchObject({ outcome: { value: 3 }, details: { byUnit: true } })
    for (const { note } of measured('C07').evidence) expect(note?.zh).toBe('未填：绿地率')
  })

  it('A03 leaves out exactly the people of the quarter without a park', () => {
    expect(evidenceFids('A03', 'population')).toEqual(plantedFids('unserved-quarter'))
  })

  it('A02 leaves out people of that quarter only, along the roads, and everyone whose parks are all farther away straight', () => {
    const { details, quality } = measured('A02')
    expect(quality?.distance).toBe('network')
    const {
      walkM = NaN,
      persons = NaN,
      servedPersons = NaN,
      unservedPersons = NaN,
      unplacedPersons = NaN,
    } = details as Record<string, number>
    expect(servedPersons + unservedPersons).toBeCloseTo(persons, 3)
    expect(unplacedPersons).toBe(0)
    const [people, green] = [sample.columns('population'), sample.columns('green')]
    const left = evidenceFids('A02', 'population')
    expect(plantedFids('unserved-quarter')).toEqual(expect.arrayContaining(left))
    const far = [...people.fid].filter((_, feature) => {
      const [x, y] = firstPoint(people, feature)
      return zoneAt(green, x, y) === OUTSIDE && green.fid.every((__, park) => distanceMm(green, park, x, y) > 1000 * walkM)
    })
    expect(far.length).toBeGreaterThan(0)
    expect(left).toEqual(expect.arrayContaining(far))
  })

  it('no public green of half a hectare lies within 300 m of that quarter and one of everybody else, by distance', () => {
    const [green, people] = [sample.columns('green'), sample.columns('population')]
    const quarter = new Set(plantedFids('unserved-quarter'))
    const open = [...green.fid.keys()].filter(
      (feature) => numberAt(green, 'isPublic', feature) !== 0 && featureAreaM2(green, feature) >= SMALLEST_GREEN_M2,
    )
    expect(open.length).toBeGreaterThan(10)
    for (const [feature, fid] of people.fid.entries()) {
      const [x, y] = firstPoint(people, feature)
      const nearest = zoneAt(green, x, y) !== OUTSIDE ? 0 : Math.min(...open.map((park) => distanceMm(green, park, x, y)))
      expect(nearest > REACH_MM, `people ${fid}, ${nearest} mm`).toBe(quarter.has(fid))
    }
  })

  it('N02 finds the western wedge broken and no other, at the planted parcels', () => {
    const { tables, details } = measured('N02')
    const gaps = tables?.find(({ id }) => id === 'gaps')
    expect(gaps?.rows.length).toBeGreaterThan(0)
    for (const { title } of gaps?.rows ?? []) expect(title.zh).toMatch(/^西岭绿楔 /)
    expect(details['brokenWedges']).toBe(1)
    const parcels = sample.columns('landuse_plan')
    const found = evidenceFids('N02', 'landuse_plan')
    // The streets of the cut come with its warehouses, which are what the defect names.
    const built = found.filter((fid) => textAt(parcels, 'class', parcels.fid.indexOf(fid)) !== '1207')
    expect(built.length).toBeGreaterThan(0)
    expect(plantedFids('broken-wedge')).toEqual(expect.arrayContaining(built))
  })

  it('N03 says to restore the broken wedge first, and the network mended there has exactly the PC that was predicted', async () => {
    const table = measured('N03').tables?.find(({ id }) => id === 'missingLinks')
    const [first] = table?.rows ?? []
    expect(first?.title.zh).toBe('西岭绿楔')
    const layers = (['corridor', 'landuse_plan', 'landuse_base', 'green'] as const).map((role) => sample.columns(role))
    const plan = planData(sample.plan, layers, await loadGeos())
    const parcels = sample.columns('landuse_plan')
    const asked = { medianM: 1000, minimumM2: 10_000 }
    const rule = ruleFor(plan.geos, [sample.columns('landuse_base'), parcels], asked)
    const { network, figures } = habitatState(plan.geos, parcels, rule, 1e9)
    const [mending] = missingLinks(plan, network, rule)
    const { gap, share } = mending ?? { gap: { from: 0, to: 0 }, share: NaN }
    expect(share).toBe(first?.cells[table?.columns.findIndex(({ key }) => key === 'gain') ?? -1])
    expect(share).toBeGreaterThan(0)
    const mended = graphFrom(network.layer.count, [...network.links, { from: gap.from, to: gap.to, lengthM: 0 }])
    const after = connectivity({ ...network, graph: mended, landscapeM2: 1e9 }, rateOf(rule))
    expect(after.pc / figures.pc).toBeCloseTo(1 + share, 9)
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
