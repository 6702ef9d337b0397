import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openPdf } from '../memo/pdf-reader.ts'
import { box, writeGeoJson } from './fixture-files.ts'

const main = path.join(import.meta.dirname, '../../cli/main.ts')
const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-shift-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Invented, and unlikely to occur by chance. */
const VALUES = {
  dxM: -117.80813,
  dyM: -51.53617,
  dzM: 137.78419,
  rxArcSec: 0.303271,
  ryArcSec: 0.446133,
  rzArcSec: -0.234899,
  scalePpm: -0.290717,
}
const digits = Object.values(VALUES).map((value) => String(Math.abs(value)))

function greenprint(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: dir, env: { ...process.env, TMPDIR: dir } })
    const out = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (out.stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...out }))
  })
}

/** Everything that was written, as text and as the bytes of numbers. */
function leaks(name: string, bytes: Buffer): string[] {
  const text = bytes.toString('latin1')
  const asText = digits.filter((number) => text.includes(number))
  const asDoubles = Object.values(VALUES).filter((value) =>
    ['writeDoubleLE' as const, 'writeDoubleBE' as const].some((write) => {
      const number = Buffer.alloc(8)
      number[write](value)
      return bytes.includes(number)
    }),
  )
  return [...asText, ...asDoubles.map(String)].map((value) => `${name}: ${value}`)
}

async function textOfPdf(file: string): Promise<Buffer> {
  const pdf = await openPdf(readFileSync(file))
  const parts: string[] = []
  for (let page = 1; page <= pdf.numPages; page++) {
    const { items } = await (await pdf.getPage(page)).getTextContent({ disableNormalization: true })
    parts.push(items.map((item) => ('str' in item ? item.str : '')).join(''))
  }
  const attached = await pdf.attachment('review.json')
  await pdf.close()
  return Buffer.concat([Buffer.from(parts.join('\n')), Buffer.from(attached ?? [])])
}

describe('parameters of a datum shift', () => {
  it('move a layer, and are found nowhere afterwards but in the file that the person named', async () => {
    const source = path.join(dir, 'source')
    mkdirSync(source)
    writeGeoJson(
      path.join(source, 'GHYDYH.geojson'),
      [0, 1, 2].map((i) => ({ polygon: [box(500_000 + i * 200, 2_500_000, 200)], properties: { YDYHFLDM: '0701' } })),
      2383,
    )
    const layers = [{ role: 'landuse_plan', path: 'GHYDYH.geojson' }]
    const manifest = { greenprint: 'plan-manifest/1', name: 'Shift', crs: 'EPSG:4547', layers }
    writeFileSync(path.join(source, 'plan.json'), JSON.stringify(manifest))
    const secret = mkdtempSync(path.join(tmpdir(), 'greenprint-secret-'))
    const file = path.join(secret, 'seven.json')
    const content = { greenprint: 'datum-shift/1', from: 'EPSG:4610', to: 'EPSG:4490', convention: 'position-vector', ...VALUES }
    writeFileSync(file, JSON.stringify(content))

    const refused = await greenprint('run', 'source/plan.json')
    expect([refused.code, refused.stdout]).toEqual([3, expect.stringContaining('import.datum-shift-needs-parameters')])
    const outputs = ['--memo', 'memo.pdf', '--html', 'memo.html', '--json', 'result.json', '--gpkg', 'out.gpkg']
    const done = await greenprint('run', 'source/plan.json', '--datum-shift', file, '--catalogue', 'catalogue', ...outputs)
    expect([done.code, done.stderr]).toEqual([0, expect.anything()])
    expect(done.stdout).toContain('crs.datum-shifted')
    expect(done.stdout).toMatch(/"sha256":"[0-9a-f]{64}"/)

    writeFileSync(file, JSON.stringify({ ...content, dxM: 98_765.4321 }))
    const invalid = await greenprint('run', 'source/plan.json', '--datum-shift', file, '--catalogue', 'catalogue')
    expect([invalid.code, invalid.stdout]).toEqual([3, expect.stringContaining('import.datum-shift-invalid')])
    expect(invalid.stdout + invalid.stderr).not.toContain('98765')

    const written = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const files = written.map((entry) => path.join(entry.parentPath, entry.name))
    expect(files.map((name) => path.basename(name))).toEqual(expect.arrayContaining(['catalogue.sqlite', 'memo.pdf', 'out.gpkg']))
    const found = files.flatMap((name) => leaks(name, readFileSync(name)))
    const printed = leaks('output', Buffer.from([refused, done, invalid].map(({ stdout, stderr }) => stdout + stderr).join('')))
    const pdf = await textOfPdf(path.join(dir, 'memo.pdf'))
    expect(pdf.length).toBeGreaterThan(1000)
    expect([...found, ...printed, ...leaks('memo.pdf', pdf)]).toEqual([])
    rmSync(secret, { recursive: true, force: true })
  }, 120_000)
})
