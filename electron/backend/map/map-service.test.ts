import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isVector } from '#core/model/plan.ts'
import { importSample, type SamplePlan } from '../sample/fixture-sample.ts'
import { columnsFile } from '../store/layer-columns.ts'
import { createMapService } from './map-service.ts'

let sample: SamplePlan
const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-map-service-'))

beforeAll(async () => {
  sample = await importSample({ parcels: 300, seed: 5 })
})
afterAll(() => {
  sample.remove()
  rmSync(dir, { recursive: true, force: true })
})

/** Prepares the sample as if each layer had so many features, and closes as the application does. */
async function prepared(folder: string, featuresEach: number, gpkg = sample.files.gpkg): Promise<[string, string[]]> {
  const cacheDir = path.join(dir, folder)
  const told: string[] = []
  const service = createMapService({
    planOf: () => ({ plan: sample.plan, layers: sample.layers.map((layer) => ({ ...layer, features: featuresEach })) }),
    gpkgPath: () => gpkg,
    cacheDir,
    log: { write: (level, event) => told.push(`${level} ${event}`) },
  })
  service.prepare(sample.plan.id)
  await service.close()
  return [cacheDir, told]
}

describe('the map of a plan that has just been stored', () => {
  it('is ready before it is asked for: every layer of a large plan has been read when the application closes', async () => {
    const [cacheDir, told] = await prepared('large', 50_000)
    const files = sample.layers.filter(isVector).map(({ sha256 }) => columnsFile(cacheDir, sha256, sample.plan))
    expect(files.filter((file) => !existsSync(file))).toEqual([])
    expect(readdirSync(cacheDir).filter((name) => name.endsWith('.tmp'))).toEqual([])
    expect(told).toEqual([])
  })

  it('leaves a small plan until somebody looks at it', async () => {
    const [cacheDir] = await prepared('small', 10)
    expect(existsSync(cacheDir)).toBe(false)
  })

  it('notes what could not be read, and goes on', async () => {
    const [, told] = await prepared('gone', 50_000, path.join(dir, 'gone.gpkg'))
    expect(told).toEqual(['warn map.not-prepared'])
  })
})
