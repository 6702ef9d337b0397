import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cancelSource } from '#core/contract/cancel.ts'
import type { Progress } from '#core/contract/procedures.ts'
import type { PlanComparison } from '#core/plan-diff/compare-plans.ts'
import type { SampleEdit } from '#core/sample/revision.ts'
import type { Manifest } from '#core/model/manifest.ts'
import { box, importBench, manifestOf, quietCall, writeGeoJson } from '../import/fixture-files.ts'
import { writeSample } from '../sample/write-sample.ts'
import { createAnalysisService, type CataloguedPlan } from './analysis-service.ts'

const bench = importBench()
afterAll(bench.remove)
const service = createAnalysisService({
  version: 'test',
  gpkgPath: (sha256) => path.join(bench.plansDir, `${sha256}.gpkg`),
  cacheDir: path.join(bench.dir, 'cache'),
})

async function sample(name: string, revision: number): Promise<CataloguedPlan> {
  const dir = bench.source(name)
  const { manifest } = writeSample(dir, { parcels: 1000, seed: 4, revision }, () => undefined)
  return bench.service.run(JSON.parse(fs.readFileSync(manifest, 'utf8')) as Manifest, dir, quietCall())
}

const landUse = ({ layers }: PlanComparison) => {
  const found = layers.find(({ role }) => role === 'landuse_plan')
  if (!found) throw new Error('no planned land use')
  return found
}

/** Each test imports whole plans in processes of their own; a busy machine takes its time. */
describe('comparing stored plans on a worker', { timeout: 120_000 }, () => {
  it('finds the edits of the sample city’s revision, by number and with areas, and says how far it is', async () => {
    const [before, after] = [await sample('first', 0), await sample('second', 1)]
    const heard: Progress[] = []
    const comparison = await service.compare(
      before,
      after,
      1000,
      quietCall((progress) => heard.push(progress)),
    )
    const edits = JSON.parse(fs.readFileSync(bench.source('second/edits.json'), 'utf8')) as SampleEdit[]
    const numbers = (kind: SampleEdit['kind']) =>
      edits.flatMap((edit) => (edit.layer === 'landuse_plan' && edit.kind === kind ? [edit.feature] : [])).toSorted()
    const { changes, totals, before: old } = landUse(comparison)
    const labels = (kind: string) =>
      changes.flatMap(({ kind: as, label }) => (as === kind && label !== null ? [label] : [])).toSorted()
    expect(labels('recoded')).toEqual(numbers('recode'))
    expect(labels('removed')).toEqual(numbers('remove'))
    expect(labels('reshaped')).toEqual(numbers('split'))
    expect(labels('attributes')).toEqual(numbers('attribute'))
    expect(totals.unchanged.count).toBe(old.count - edits.filter(({ layer }) => layer === 'landuse_plan').length)
    const base = comparison.layers.find(({ role }) => role === 'landuse_base')
    expect(base?.totals.unchanged.count).toBe(base?.before.count)
    expect(heard.length).toBeGreaterThan(before.layers.length)
    expect(heard.every(({ done, total }) => done <= total)).toBe(true)
  })

  it('takes the same parcels in another coordinate system for the same', async () => {
    const rings = Array.from({ length: 9 }, (_, i) => box(500_000 + 100 * (i % 3), 3_400_000 + 100 * Math.floor(i / 3), 100))
    const parcels = rings.map((ring, i) => ({ polygon: [ring], properties: { DKBH: `P${i}`, YDYHFLDM: '0701' } }))
    writeGeoJson(bench.source('a.geojson'), parcels, 4547)
    // The neighbouring zone: the same numbers are 3° farther east, so each version is moved to its own place first.
    writeGeoJson(bench.source('far.geojson'), parcels, 4548)
    const manifest = (file: string) =>
      manifestOf([{ role: 'landuse_plan', path: file, fields: { parcel: 'DKBH', class: 'YDYHFLDM' } }])
    const plans = [
      await bench.run(manifest('a.geojson')),
      await bench.run({ ...manifest('a.geojson'), crs: 'EPSG:4490' }),
    ] as const
    expect(plans[0].plan.crs).not.toBe(plans[1].plan.crs)
    const same = await service.compare(plans[0], plans[1], 100, quietCall())
    expect(landUse(same).totals.unchanged.count).toBe(9)
    expect(same.notes.map(({ code }) => code)).toEqual(['compare.crs-differ'])
    const far = await service.compare(plans[0], await bench.run(manifest('far.geojson')), 100, quietCall())
    expect(landUse(far).totals).toMatchObject({ removed: { count: 9 }, added: { count: 9 } })
  })

  it('refuses to compare a plan on Earth with one in a plain plane', async () => {
    const park = [{ polygon: [box(500_000, 3_400_000, 100)] }]
    writeGeoJson(bench.source('park.geojson'), park, 4547)
    writeGeoJson(bench.source('local.geojson'), park)
    const onEarth = await bench.run(manifestOf([{ role: 'green', path: 'park.geojson' }]))
    const local = await bench.run(manifestOf([{ role: 'green', path: 'local.geojson' }], { crs: 'LOCAL:metre' }))
    await expect(service.compare(onEarth, local, 1, quietCall())).rejects.toMatchObject({ code: 'compare.no-common-plane' })
  })

  it('stops when it is cancelled', async () => {
    const plan = await sample('again', 0)
    const source = cancelSource()
    const call = { signal: source.signal, progress: () => source.abort() }
    await expect(service.compare(plan, plan, 1, call)).rejects.toMatchObject({
      code: 'request.cancelled',
      params: { procedure: 'plans.compare' },
    })
  })
})
