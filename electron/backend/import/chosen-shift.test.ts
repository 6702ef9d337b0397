import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { box, importBench, manifestOf, quietCall, writeGeoJson } from './fixture-files.ts'

const bench = importBench({ confineToRoot: true })
const secret = mkdtempSync(path.join(tmpdir(), 'greenprint-secret-'))
afterAll(() => {
  bench.remove()
  rmSync(secret, { recursive: true, force: true })
})
const VALUES = {
  dxM: 12.3457,
  dyM: -98.7651,
  dzM: 45.6793,
  rxArcSec: 1.23457,
  ryArcSec: -2.34571,
  rzArcSec: 3.45671,
  scalePpm: 4.56791,
}
const file = path.join(secret, 'seven.json')
const write = (more: object = {}): void =>
  writeFileSync(
    file,
    JSON.stringify({
      greenprint: 'datum-shift/1',
      from: 'EPSG:4610',
      to: 'EPSG:4490',
      convention: 'position-vector',
      ...VALUES,
      ...more,
    }),
  )

writeGeoJson(
  bench.source('GHYDYH.geojson'),
  [{ polygon: [box(500_000, 2_500_000, 200)], properties: { YDYHFLDM: '0701' } }],
  2383,
)
const manifest = manifestOf([{ role: 'landuse_plan', path: 'GHYDYH.geojson' }], { crs: 'EPSG:4547' })

describe('parameters of a datum shift that a person chose in the dialog', () => {
  it('are read from where they lie, outside the plan’s folder, and leave nothing but a hash', async () => {
    await expect(bench.run(manifest)).rejects.toMatchObject({ code: 'import.datum-shift-needs-parameters' })
    write()
    const { plan, layers } = await bench.service.run(manifest, bench.root, quietCall(), file)
    const note = layers[0]?.notes.find(({ code }) => code === 'crs.datum-shifted')
    expect(note?.params).toMatchObject({ from: 'EPSG:4610', to: 'EPSG:4490', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const kept = [
      JSON.stringify({ plan, layers }),
      readFileSync(path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`), 'latin1'),
    ].join()
    const logs = path.join(bench.dir, 'logs')
    const logged = readdirSync(logs)
      .map((name) => readFileSync(path.join(logs, name), 'utf8'))
      .join()
    for (const value of [...Object.values(VALUES).map(String), secret]) expect(kept + logged).not.toContain(value)
  }, 60_000)

  it('that are wrong are refused by their key, without their content', async () => {
    write({ dxM: 98_765.4321 })
    const refused: unknown = await bench.service.run(manifest, bench.root, quietCall(), file).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'import.datum-shift-invalid', params: { file: 'seven.json' } })
    expect(JSON.stringify(refused)).not.toContain('98765')
  }, 60_000)
})
