import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Measurement } from '#core/model/measurement.ts'
import type { ReviewResult } from '#core/model/result.ts'
import { COMMAND_LINE } from './testing.ts'

const root = path.resolve(import.meta.dirname, '../..')
const data = process.env['GREENPRINT_DATA'] ?? path.resolve(root, '../shared/data')
const present = existsSync(path.join(data, 'singapore/EXPECTED.json'))
if (!present) console.log(`real data not found at ${data}: runs over Singapore and Huilongguan are skipped`)

const work = mkdtempSync(path.join(tmpdir(), 'greenprint-real-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** `greenprint run` as a person types it; answers the exit code and the one JSON document. */
function run(name: string, manifest: object, ...options: string[]): { status: number | null; json: unknown; stderr: string } {
  const file = path.join(work, `${name}.json`)
  writeFileSync(file, JSON.stringify({ greenprint: 'plan-manifest/1', ...manifest }))
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND_LINE, 'run', file, ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { status, json: stdout === '' ? null : (JSON.parse(stdout) as unknown), stderr }
}

const from = (...parts: string[]) => path.relative(work, path.join(data, ...parts))

const valueOf = (indicators: readonly Measurement[], id: string): number => {
  const outcome = indicators.find((one) => one.id === id)?.outcome
  if (outcome?.kind !== 'value') throw new Error(`${id} has no value: ${JSON.stringify(outcome)}`)
  return outcome.value
}

describe.skipIf(!present)('Singapore', () => {
  const expected = present
    ? (JSON.parse(readFileSync(path.join(data, 'singapore/EXPECTED.json'), 'utf8')) as Record<string, number>)
    : {}
  const memo = path.join(work, 'singapore.pdf')
  const manifest = {
    name: 'Singapore green access',
    nameZh: '新加坡绿地可达',
    city: { name: 'Singapore', population: 4_051_500, populationYear: 2020 },
    crs: 'EPSG:3414',
    layers: [
      { role: 'green', path: from('singapore', 'nparks_parks.geojson') },
      { role: 'greenway', path: from('singapore', 'pcn.geojson') },
      {
        role: 'population',
        path: from('singapore', 'pop_sgp.gpkg'),
        where: { year: 2020 },
        fields: { persons: 'pop_count', name: 'subzone_n' },
      },
      {
        role: 'admin',
        path: from('singapore', 'pop_sgp.gpkg'),
        where: { year: 2020 },
        fields: { name: 'subzone_n', code: 'subzone_c' },
      },
      { role: 'rail_station', path: from('singapore', 'lta_mrt_station_exit.geojson') },
    ],
    parameters: { 'A03.greenDistanceM': 400, 'A03.minimumGreenM2': 0 },
  }

  it('writes a memo whose figures agree with those of other programs', { timeout: 240_000 }, () => {
    const { status, json, stderr } = run('singapore', manifest, '--memo', memo, '--lang', 'en')
    expect(status, stderr).toBe(0)
    const result = json as ReviewResult
    const input = (role: string) => result.inputs.find((one) => one.role === role)
    const close = (actual: number | null | undefined, key: string, scale: number, tolerance: number) => {
      const wanted = (expected[key] ?? NaN) * scale
      expect(Math.abs((actual ?? NaN) / wanted - 1), `${key}: ${actual} against ${wanted}`).toBeLessThan(tolerance)
    }
    close(input('green')?.areaM2, 'nparks_sum_km2', 1e6, 0.001)
    close(input('admin')?.areaM2, 'land_km2', 1e6, 0.001)
    close(input('greenway')?.lengthM, 'pcn_km', 1000, 0.001)
    expect(input('rail_station')?.features).toBe(expected['mrt_exits'])
    close(valueOf(result.indicators, 'N06') * 4_051_500, 'pcn_km', 1000, 0.001)
    close(valueOf(result.indicators, 'A03') * 4_051_500, 'pop2020_within_400m_park', 1, 0.01)
    expect(readFileSync(memo).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('finds the same people within 800 m', { timeout: 240_000 }, () => {
    const farther = { ...manifest, parameters: { 'A03.greenDistanceM': 800, 'A03.minimumGreenM2': 0 } }
    const { status, json, stderr } = run('singapore-800', farther)
    expect(status, stderr).toBe(0)
    const persons = valueOf((json as ReviewResult).indicators, 'A03') * 4_051_500
    expect(Math.abs(persons / (expected['pop2020_within_800m_park'] ?? NaN) - 1)).toBeLessThan(0.01)
  })
})

describe.skipIf(!present)('Huilongguan', () => {
  const classes = {
    residential: '0701',
    green_l: '1401',
    green_s: '1401',
    feasible: '16',
    business: '0901',
    office: '0902',
    hospital_l: '0806',
    hospital_s: '0806',
    school: '0804',
    recreation: '0803',
  }
  const layer = (role: string, file: string) => ({ role, path: from('beijing-hlg', file), fields: { class: 'class' }, classes })
  const layers = [
    layer('landuse_base', 'hlg_baseline_landuse_local.geojson'),
    layer('landuse_plan', 'hlg_plan_landuse_local.geojson'),
  ]

  it('is refused with a clear question while nothing says where its metres lie', { timeout: 60_000 }, () => {
    const { status, json } = run('hlg', { name: 'Huilongguan', layers }, '--lang', 'en')
    expect(status).toBe(3)
    expect(json).toMatchObject({ error: { code: 'import.crs-unknown' } })
    expect(JSON.stringify(json)).toContain('hlg_baseline_landuse_local.geojson')
  })

  it('is measured in its plane once the manifest names it', { timeout: 120_000 }, () => {
    const { status, json, stderr } = run('hlg-local', { name: 'Huilongguan', crs: 'LOCAL:metre', layers })
    expect(status, stderr).toBe(0)
    const result = json as ReviewResult
    for (const { areaM2 } of result.inputs) expect(areaM2).toBeCloseTo(3_747_400, 0)
    expect(result.indicators.every(({ basis }) => basis === 'planar')).toBe(true)
  })
})
