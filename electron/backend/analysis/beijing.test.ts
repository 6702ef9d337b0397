import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { layerBuilder } from '#core/geo/build.ts'
import { planarFrame } from '#core/geo/frame.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { NO_FACTS } from '#core/indicators/example-plan.ts'
import { measurePlan, planData } from '#core/indicators/measure-plan.ts'
import type { Role } from '#core/model/roles.ts'
import { openSource } from '../formats/index.ts'

/** A community in local metres: base and plan tile the same ground exactly. Never part of the repository. */
const data = path.resolve(
  process.env['GREENPRINT_DATA'] ?? path.join(import.meta.dirname, '../../../../shared/data'),
  'beijing-hlg',
)
const isThere = fs.existsSync(path.join(data, 'EXPECTED.json'))
if (!isThere) console.log(`skipped: the Beijing data is not at ${data}`)

/** The authors' own class names, as a manifest's `classes` would map them. */
const CLASSES: Readonly<Record<string, string>> = {
  residential: '0701',
  green_l: '1401',
  green_s: '1401',
  business: '09',
  office: '0902',
  recreation: '0903',
  hospital_l: '0806',
  hospital_s: '0806',
  school: '0804',
  feasible: '2301',
}
const frame = planarFrame(0, 0)

async function parcels(role: Role, file: string) {
  const source = await openSource(path.join(data, file), { encoding: null, report: () => {} })
  const layer = source.layers.find(({ kind }) => kind === 'polygon')
  if (!layer) throw new Error(`${file} holds no polygons`)
  const builder = layerBuilder({ role, name: file, kind: 'polygon', frame }, { class: 'text' })
  const at = layer.fields.findIndex(({ name }) => name === 'class')
  for (const { row, geometry, values } of layer.features()) {
    if (geometry) builder.add(row, geometry.parts, { class: CLASSES[String(values[at])] })
  }
  source.close()
  return builder.finish(file)
}

interface Expected {
  hlg_baseline: { area_m2_by_class: Record<string, number> }
  hlg_plan: {
    area_m2_by_class: Record<string, number>
    greenness_300m_qs16: number
    green_area_share: number
    total_area_m2: number
  }
}

describe.skipIf(!isThere)('Huilongguan agrees with figures that other programs computed', () => {
  it('green share, homes near green, transition without loss', async () => {
    const expected = JSON.parse(fs.readFileSync(path.join(data, 'EXPECTED.json'), 'utf8')) as Expected
    const layers = [
      await parcels('landuse_base', 'hlg_baseline_landuse_local.geojson'),
      await parcels('landuse_plan', 'hlg_plan_landuse_local.geojson'),
    ]
    const measurements = measurePlan(planData(NO_FACTS, layers, await loadGeos()), { minimumGreenM2: 0 }, () => {})
    const outcome = (id: string) => measurements.find((measurement) => measurement.id === id)?.outcome
    expect(outcome('N07')).toMatchObject({ value: expect.closeTo(expected.hlg_plan.green_area_share, 5) })
    expect(outcome('A03')).toMatchObject({ value: expect.closeTo(expected.hlg_plan.greenness_300m_qs16, 5) })
    const balance = measurements.find(({ id }) => id === 'S02')
    const greenBefore = expected.hlg_baseline.area_m2_by_class['green_l'] ?? NaN
    const greenAfter = expected.hlg_plan.green_area_share * expected.hlg_plan.total_area_m2
    expect(balance?.outcome.kind).toBe('missing')
    expect(balance?.details).toMatchObject({
      comparedM2: expect.closeTo(expected.hlg_plan.total_area_m2, 0),
      renaturedM2: expect.closeTo(greenAfter - greenBefore, -1),
      artificialisedM2: expect.closeTo(0, 0),
    })
    expect(measurements.every(({ basis }) => basis === 'planar')).toBe(true)
  })
})
