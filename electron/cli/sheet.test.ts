import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { COMMAND_LINE } from './testing.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-cli-sheet-'))
const at = (name: string): string => path.join(dir, name)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Printed {
  error?: { code: string }
  sheet?: { name: string; placedFrom: string; reason: { en: string } }
  fit?: { rmsM: number; worst: number | null; residualsM: number[] }
  metresPerUnit?: number
  files?: { sheet?: { kind: string; pages: { width: number; registrations: { source: string; crs: { value: string } }[] }[] } }[]
}

function greenprint(...args: string[]): { code: number | null; document: Printed } {
  const { status, stdout } = spawnSync(process.execPath, [COMMAND_LINE, ...args], { cwd: dir, encoding: 'utf8', env: { ...process.env, TMPDIR: dir } })
  return { code: status, document: JSON.parse(stdout) as Printed }
} // prettier-ignore

/** A picture of 256 × 256 pixels, as far as its header says: nothing looks further without a screen. */
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d4948445200000100000001000802000000', 'hex'), Buffer.alloc(16)])
/** Two pages with one registration each, longitude and latitude of CGCS2000. */
const pdf = `%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 400 400]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R>>endobj
4 0 obj<</Type/Page/Parent 2 0 R/VP[<</Type/Viewport/BBox[20 20 380 380]/Measure<</Type/Measure/Subtype/GEO
/GPTS[30.5 114 30.52 114 30.52 114.02 30.5 114.02]/LPTS[0 0 0 1 1 1 1 0]/GCS<</Type/GEOGCS/EPSG 4490>>>>>>]>>endobj
trailer<</Root 1 0 R>>
%%EOF`

const square = (size: number) => [[0, 0], [size, 0], [size, size], [0, size], [0, 0]].map(([x = 0, y = 0]) => [114 + x, 30.5 + y]) // prettier-ignore
const corners = [[0, 0], [256, 0], [256, 256], [0, 256]] as const // prettier-ignore
const points = corners.map(([x, y]) => ({ sheet: [x, y], place: [114 + x * 1e-4, 30.5 - y * 1e-4] }))
const manifest = (sheets: unknown) => ({
  greenprint: 'plan-manifest/1',
  name: 'With sheets',
  crs: 'EPSG:4490',
  layers: [{ role: 'green', path: 'green.geojson' }],
  sheets,
})

beforeAll(() => {
  const feature = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [square(0.02)] } }
  writeFileSync(at('green.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [feature] }))
  writeFileSync(at('scan.png'), png)
  writeFileSync(at('map.pdf'), pdf)
  writeFileSync(at('plan.json'), JSON.stringify(manifest([{ path: 'map.pdf', page: 2 }, { path: 'scan.png', name: 'Scan', controlPoints: points }])))
}) // prettier-ignore

it('a manifest brings its sheets along; bad ones stop the import before anything is stored', () => {
  const imported = greenprint('import', 'plan.json', '--catalogue', 'catalogue')
  expect(imported.code).toBe(0)
  writeFileSync(at('bad.json'), JSON.stringify(manifest([{ path: 'scan.png' }])))
  expect(greenprint('import', 'bad.json', '--catalogue', 'other').document.error?.code).toBe('sheet.no-registration')
  expect(greenprint('analyse', '--catalogue', 'other').document.error?.code).toBe('cli.no-plan')
  writeFileSync(at('bad.json'), JSON.stringify(manifest([{ path: 'scan.png', pages: 2 }])))
  expect(greenprint('import', 'bad.json', '--catalogue', 'other').code).toBe(3)
}, 60_000)

it('a sheet is laid as it says itself, or by points with the rms', () => {
  const told = greenprint('inspect', 'map.pdf').document.files?.[0]?.sheet
  expect(told).toMatchObject({ kind: 'pdf', pages: [{ width: 400, registrations: [] }, { registrations: [{ source: 'geo-measure', crs: { value: 'EPSG:4490' } }] }] })
  const laid = greenprint('sheet', 'map.pdf', '--page', '2', '--catalogue', 'catalogue')
  expect([laid.code, laid.document.sheet?.placedFrom]).toEqual([0, 'file'])
  expect(laid.document.fit?.rmsM).toBeLessThan(1)
  const off = points.map((point, index) => (index === 0 ? { ...point, place: [114.0004, 30.5] } : point))
  writeFileSync(at('points.json'), JSON.stringify(off))
  const byPoints = greenprint('sheet', 'scan.png', '--points', 'points.json', '--crs', 'EPSG:4490', '--catalogue', 'catalogue')
  expect(byPoints.document.fit?.rmsM).toBeCloseTo(38.4 / 4, 0)
  expect(byPoints.document.fit?.residualsM).toHaveLength(4)
  expect(byPoints.document.metresPerUnit).toBeGreaterThan(9)
  writeFileSync(at('points.json'), '[{"sheet":[1,2]}]')
  expect(greenprint('sheet', 'scan.png', '--points', 'points.json', '--catalogue', 'catalogue').document.error?.code).toBe('sheet.unreadable')
  expect(greenprint('sheet', 'map.pdf', '--page', '9', '--catalogue', 'catalogue').document.error?.code).toBe('sheet.no-page')
  expect(greenprint('sheet', 'map.pdf', '--crs', 'WGS84', '--catalogue', 'catalogue').code).toBe(2)
  expect(readFileSync(at('scan.png')).length).toBeGreaterThan(0)
}, 60_000) // prettier-ignore
