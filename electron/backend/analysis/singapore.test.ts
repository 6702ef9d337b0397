import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { apportion } from '#core/geo/areal.ts'
import { layerBuilder, type FieldTypes } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { equalAreaFrame, toFrame } from '#core/geo/frame.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { totalAreaM2, totalLengthM } from '#core/geo/measure.ts'
import { GRID, repairGeometry } from '#core/geo/repair.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { measurePlan, planData } from '#core/indicators/measure-plan.ts'
import type { Role } from '#core/model/roles.ts'
import { openSource } from '../formats/index.ts'

/** Real data with an answer key computed by other programs; never part of the repository. */
const data = path.resolve(
  process.env['GREENPRINT_DATA'] ?? path.join(import.meta.dirname, '../../../../shared/data'),
  'singapore',
)
const isThere = fs.existsSync(path.join(data, 'EXPECTED.json'))
if (!isThere) console.log(`skipped: the Singapore data is not at ${data}`)

interface Expected {
  nparks_sum_km2: number
  nparks_union_km2: number
  pcn_km: number
  pop2020: number
  pop2020_within_400m_park: number
  pop2020_within_800m_park: number
  pop2020_within_400m_park_or_pcn: number
  pop2020_within_800m_mrt_exit: number
  m2_nparks_per_cap: number
  land_km2: number
}

/** They hold figures, not times: a machine filled by others takes many times as long as a quiet one. */
const BUSY_MACHINE_MS = 180_000

const frame = equalAreaFrame(103.82, 1.35, 6_378_137, 298.257223563)
const facts = {
  cityName: 'Singapore',
  cityKind: null,
  population: null,
  populationYear: null,
  baseYear: null,
  targetYear: null,
  frame,
  manifest: { quotas: {} },
}

/** One file as columns of a role, repaired as import does, straight from degrees into the frame. */
async function columns(
  role: Role,
  file: string,
  fields: Record<string, string>,
  keep: (row: Record<string, unknown>) => boolean,
) {
  const geos = await loadGeos()
  const source = await openSource(path.join(data, file), { encoding: null, report: () => {} })
  const [layer] = source.layers
  if (!layer?.kind) throw new Error(`${file} holds no geometry`)
  const project = toFrame(frame)
  const types: FieldTypes = Object.fromEntries(Object.keys(fields).map((name) => [name, 'number']))
  const builder = layerBuilder({ role, name: file, kind: layer.kind, frame }, types)
  for (const { row, geometry, values } of layer.features()) {
    const named = Object.fromEntries(layer.fields.map(({ name }, at) => [name, values[at]]))
    if (!geometry || !keep(named)) continue
    const { parts } = repairGeometry(geometry, geos, GRID.geographic)
    const inFrame = parts.map((part) =>
      part.map((run) =>
        run.map((value, at) => project(at % 2 ? (run[at - 1] ?? 0) : value, at % 2 ? value : (run[at + 1] ?? 0))[at % 2] ?? 0),
      ),
    )
    builder.add(row, inFrame, Object.fromEntries(Object.entries(fields).map(([name, from]) => [name, named[from]])))
  }
  source.close()
  return builder.finish(file)
}

describe.skipIf(!isThere)('Singapore agrees with figures that other programs computed', () => {
  const expected = isThere
    ? (JSON.parse(fs.readFileSync(path.join(data, 'EXPECTED.json'), 'utf8')) as Expected)
    : ({} as Expected)
  const all = () => true
  /** Relative difference. */
  const off = (actual: number, wanted: number) => Math.abs(actual / wanted - 1)
  // Read and repaired once for both tests.
  let [parks, connectors, people]: LayerColumns[] = []
  beforeAll(async () => {
    parks = await columns('green', 'nparks_parks.geojson', {}, all)
    connectors = await columns('greenway', 'pcn.geojson', {}, all)
    people = await columns('population', 'pop_sgp.gpkg', { persons: 'pop_count' }, (row) => String(row['year']) === '2020')
  }, BUSY_MACHINE_MS)
  const value = (of: readonly { id: string; outcome: { kind: string; value?: number } }[], id: string) =>
    of.find((measurement) => measurement.id === id)?.outcome.value ?? NaN

  it(
    'people near railway exits',
    async () => {
      const geos = await loadGeos()
      const exits = await columns('rail_station', 'lta_mrt_station_exit.geojson', {}, all)
      if (!people) throw new Error('a layer is missing')
      const near = apportion(people, 'persons', geos.bufferUnion(exits, 800))
      expect(near.total).toBe(expected.pop2020)
      expect(off(near.within, expected.pop2020_within_800m_mrt_exit)).toBeLessThan(0.005)
    },
    BUSY_MACHINE_MS,
  )

  it(
    'park area, length of connectors, people near parks, park area per head',
    async () => {
      const geos = await loadGeos()
      if (!parks || !connectors || !people) throw new Error('a layer is missing')
      expect(off(totalAreaM2(people), expected.land_km2 * 1e6)).toBeLessThan(0.001)
      expect(off(totalAreaM2(parks), expected.nparks_sum_km2 * 1e6)).toBeLessThan(0.001)
      expect(off(totalAreaM2(geos.union(parks)), expected.nparks_union_km2 * 1e6)).toBeLessThan(0.001)
      expect(off(totalLengthM(connectors), expected.pcn_km * 1000)).toBeLessThan(0.001)

      const plan = planData(facts, [parks, connectors, people], geos)
      const only = (...ids: string[]) => INDICATORS.filter(({ id }) => ids.includes(id))
      const at = (greenDistanceM: number) =>
        measurePlan(plan, { greenDistanceM, minimumGreenM2: 0 }, () => {}, only('A03', 'A04', 'N06'))
      const near = at(400)
      expect(off(value(near, 'N06'), (expected.pcn_km * 1000) / expected.pop2020)).toBeLessThan(0.001)
      expect(off(value(near, 'A04'), expected.m2_nparks_per_cap)).toBeLessThan(0.001)
      expect(off(value(near, 'A03'), expected.pop2020_within_400m_park / expected.pop2020)).toBeLessThan(0.005)
      expect(off(value(at(800), 'A03'), expected.pop2020_within_800m_park / expected.pop2020)).toBeLessThan(0.005)
      const either = apportion(people, 'persons', geos.bufferUnion([parks, connectors], 400))
      expect(off(either.within, expected.pop2020_within_400m_park_or_pcn)).toBeLessThan(0.005)

      // 400 m straight is a 5-minute walk of 400 × 1.3 m where there are no roads: 6.24 km/h
      const walk = measurePlan(plan, { walkSpeedKmh: 6.24, minimumParkM2: 0 }, () => {}, only('A02')).at(0)
      expect(walk?.quality?.distance).toBe('detour')
      const { fiveMinuteShare, servedPersons, unservedPersons, unplacedPersons } = (walk?.details ?? {}) as Record<string, number>
      expect(off((fiveMinuteShare ?? NaN) * expected.pop2020, expected.pop2020_within_400m_park)).toBeLessThan(0.005)
      expect((servedPersons ?? 0) + (unservedPersons ?? 0) + (unplacedPersons ?? 0)).toBeCloseTo(expected.pop2020, 3)
    },
    BUSY_MACHINE_MS,
  )
})
