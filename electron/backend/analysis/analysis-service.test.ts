import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cancelSource } from '#core/contract/cancel.ts'
import type { Progress } from '#core/contract/procedures.ts'
import { planarFrame } from '#core/geo/frame.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { LOCAL_CRS } from '../store/gpkg-schema.ts'
import { createGpkg } from '../store/gpkg-writer.ts'
import { createAnalysisService } from './analysis-service.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-analysis-'))
afterAll(() => fs.rmSync(dir, { recursive: true }))
const cacheDir = path.join(dir, 'cache')
const gpkgPath = (sha256: string) => path.join(dir, `${sha256}.gpkg`)
const service = createAnalysisService({ gpkgPath, cacheDir })
const quiet = { signal: cancelSource().signal, progress: () => {} }

const ring = (x: number, y: number, width: number, height: number) =>
  Float64Array.of(x, y, x + width, y, x + width, y + height, x, y + height, x, y)

/** A plan of `side` × `side` parcels of one hectare: columns of homes, columns of parks, one basic farmland across the first. */
function writePlan(name: string, side: number, parameters: Record<string, number> = {}): { plan: Plan; layers: Layer[] } {
  const writer = createGpkg(gpkgPath(name), LOCAL_CRS)
  const parcels = writer.addTable({
    table: 'landuse_plan',
    name: 'landuse_plan',
    kind: 'polygon',
    multiPoint: false,
    fields: [{ name: 'gp_class', type: 'text' }],
  })
  for (let at = 0; at < side * side; at += 1) {
    const column = at % side
    parcels.add({ kind: 'polygon', parts: [[ring(100 * column, 100 * Math.floor(at / side), 100, 100)]] }, [
      column % 2 ? '1401' : '0701',
    ])
  }
  const line = (table: string, parts: Float64Array[][]) => {
    const layer = writer.addTable({ table, name: table, kind: 'polygon', multiPoint: false, fields: [] })
    layer.add({ kind: 'polygon', parts }, [])
    return layer.finish().sha256
  }
  const hashes = {
    landuse_plan: parcels.finish().sha256,
    pbf: line('pbf', [[ring(50, 0, 10, 100)]]),
    eco_redline: line('eco_redline', [[ring(-900, 0, 100, 100)]]),
  }
  writer.finish([])
  const layers = Object.entries(hashes).map(([role, sha256]) => layerOf(role as Layer['role'], sha256))
  return { plan: planOf(name, parameters, layers), layers }
}

const layerOf = (role: Layer['role'], sha256: string): Layer => ({
  id: role as string as LayerId,
  planId: 'plan' as PlanId,
  role,
  name: role,
  kind: 'polygon',
  table: role,
  features: 1,
  areaM2: null,
  lengthM: null,
  sha256,
  sourcePath: 'plan.gpkg',
  sourceSha256: sha256,
  sourceCrs: 'LOCAL:metre',
  crsReason: { zh: '测试', en: 'test' },
  encoding: null,
  notes: [],
  unknownClasses: {},
})

const planOf = (gpkgSha256: string, parameters: Record<string, number>, layers: Layer[]): Plan => ({
  id: 'plan' as PlanId,
  name: 'Test',
  nameZh: null,
  cityName: null,
  cityKind: null,
  population: 10_000,
  populationYear: null,
  planLevel: 'master',
  baseYear: null,
  targetYear: null,
  crs: 'LOCAL:metre',
  frame: planarFrame(0, 0),
  extent: [0, 0, 1, 1],
  gpkgSha256,
  manifest: {
    greenprint: 'plan-manifest/1',
    name: 'Test',
    layers: layers.map(({ role }) => ({ role, path: 'plan.gpkg' })),
    parameters,
  },
  importedAt: '2026-01-01T00:00:00.000Z',
})

describe('analysis on a worker', () => {
  it('measures every indicator and reports the way there', async () => {
    const { plan, layers } = writePlan('small', 4)
    const heard: Progress[] = []
    const measurements = await service.run(plan, layers, { ...quiet, progress: (progress) => heard.push(progress) })
    expect(measurements.map(({ id }) => id)).toEqual(INDICATORS.map(({ id }) => id))
    const [b01] = measurements
    expect(b01).toMatchObject({
      outcome: { kind: 'value', value: 1000, unit: 'm2' },
      basis: 'planar',
      parameters: { sliverM2: 200 },
      evidence: [{ layer: 'landuse_plan', fid: 1, value: 1000 }],
      evidenceTotal: 1,
      inputs: { landuse_plan: layers[0]?.sha256, pbf: layers[1]?.sha256, eco_redline: layers[2]?.sha256 },
    })
    expect(measurements.find(({ id }) => id === 'A04')?.outcome).toEqual({ kind: 'value', value: 8, unit: 'm2_per_person' })
    expect(measurements.find(({ id }) => id === 'N06')?.outcome.kind).toBe('missing')
    expect(heard.at(-1)).toMatchObject({ done: INDICATORS.length + 3, total: INDICATORS.length + 3 })
    expect(heard.map(({ done }) => done)).toEqual(heard.map((_, index) => index))
  })

  it('uses the parameters of the manifest and refuses those nobody knows', async () => {
    const { plan, layers } = writePlan('parameters', 2, { 'B01.sliverM2': 5000 })
    const [b01] = await service.run(plan, layers, quiet)
    expect(b01).toMatchObject({ outcome: { value: 0 }, details: { slivers: 1 }, parameters: { sliverM2: 5000 } })
    const asking = (parameters: Record<string, number>) =>
      service.run({ ...plan, manifest: { ...plan.manifest, parameters } }, layers, quiet)
    await expect(asking({ sliverKm: 1 })).rejects.toMatchObject({ code: 'analysis.unknown-parameter' })
    await expect(asking({ sliverM2: -1 })).rejects.toMatchObject({ code: 'analysis.parameter-out-of-range' })
    await expect(service.run(plan, [], quiet)).rejects.toMatchObject({ code: 'analysis.no-layers' })
  })

  it('stops within 200 ms, in the middle of the work', async () => {
    const { plan, layers } = writePlan('large', 150)
    const source = cancelSource()
    let asked = 0
    const progress = ({ done, total }: Progress) => {
      if (asked === 0 && done === total - INDICATORS.length + 3) {
        asked = performance.now()
        source.abort()
      }
    }
    await expect(service.run(plan, layers, { signal: source.signal, progress })).rejects.toMatchObject({
      code: 'request.cancelled',
    })
    expect(asked).toBeGreaterThan(0)
    expect(performance.now() - asked).toBeLessThan(200)
    await expect(service.run(plan, layers, { ...quiet, signal: source.signal })).rejects.toMatchObject({
      code: 'request.cancelled',
    })
  })

  it('passes a bug of the worker on as a bug', async () => {
    const { plan, layers } = writePlan('gone', 2)
    fs.rmSync(gpkgPath('gone'))
    fs.rmSync(cacheDir, { recursive: true, force: true })
    const failure = await service.run(plan, layers, quiet).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toHaveProperty('code', 'request.cancelled')
  })
})
