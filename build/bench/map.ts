import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { generateCity } from '#core/sample/city.ts'
import { sampleColumns } from '#core/sample/columns.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { greenprint } from './command-line.ts'
import { measureFloor } from './map-floor.ts'
import { measureMapLibre, type Theirs } from './map-maplibre.ts'
import { measure4k, measureOpening, measureOurs, type Ours } from './map-ours.ts'
import { FOUR_K, HD, processMemory, VIEWS, type Frames, type Measured } from './map-page.ts'

/**
 * The map of the workbench at 20,000, 200,000 and 1,000,000 parcels in Chromium without a GPU: first paint, frames while it is dragged
 * and zoomed, identify, memory; then on a screen of 3840 × 2160. Where GREENPRINT_MAPLIBRE names a folder of maplibre-gl, the same parcels
 * in the same colours at the same scales are drawn by it too, and ratios are told. Needs the built screen (`npm run build`).
 * `node build/bench/map.ts [parcels …] [--picture FILE.png] [--without-4k]`
 */
const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { picture: { type: 'string' }, 'without-4k': { type: 'boolean' } },
})
const SIZES = positionals.length > 0 ? positionals.map(Number) : [20_000, 200_000, 1_000_000]
const MAPLIBRE = process.env['GREENPRINT_MAPLIBRE']
const SIZE_OF_4K = 200_000

const root = path.resolve(import.meta.dirname, '../..')
const cli = path.join(root, 'electron/cli/main.ts')

/** A catalogue with a plan of parcels and nothing else: what the other map shows too. */
function catalogueOf(dir: string, parcels: number): string {
  const catalogue = path.join(dir, 'catalogue')
  greenprint('sample', path.join(dir, 'city'), '--parcels', String(parcels))
  const manifest = path.join(dir, 'city/plan.json')
  const plan = JSON.parse(readFileSync(manifest, 'utf8')) as { layers: { role: string }[] }
  writeFileSync(manifest, JSON.stringify({ ...plan, layers: plan.layers.filter(({ role }) => role === 'landuse_plan') }))
  greenprint('import', manifest, '--catalogue', catalogue)
  return catalogue
}

/** A host that nobody has asked anything yet, for one visit. */
async function visited<T>(catalogue: string, visit: (url: string, child: ChildProcess) => Promise<T>): Promise<T> {
  const args = [cli, 'serve', '--port', '0', '--catalogue', catalogue]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').once('data', (line: string) => resolve((JSON.parse(line) as { url: string }).url))
      child.once('exit', (code) => reject(new Error(`the host ended with code ${code}`)))
    })
    return await visit(url, child)
  } finally {
    child.kill('SIGTERM')
  }
}

function parcelsOf(parcels: number): LayerColumns {
  const layer = generateCity({ parcels, seed: 1 }, (code) => code).layers.find(({ role }) => role === 'landuse_plan')
  if (layer === undefined) throw new Error('the sample has no planned land use')
  return sampleColumns(layer)
}

const ms = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value.toFixed(value < 100 ? 1 : 0)
const frames = (one: Frames | null | undefined): string =>
  one ? `${ms(one.meanMs)}: ${ms(one.medianMs)} / ${ms(one.p95Ms)} (${one.frames})` : '–'

/** What the map is meant to take at most: shares of the other map's time, milliseconds, megabytes. */
const AIMS = { share: 0.1, identifyMs: 50, rendererMb: 400 }

const verdict = (isMet: boolean): string => (isMet ? '  met' : '  missed')

function tell(name: string, ours: string, theirs: string, ratio: number | null, aim?: number): void {
  const judged = ratio === null || aim === undefined ? '' : verdict(ratio <= aim)
  const share = ratio === null || !Number.isFinite(ratio) ? '' : `  × ${ratio.toPrecision(2)}${judged}`
  console.log(`  ${name.padEnd(44)} ${ours.padStart(24)} ${theirs.padStart(24)}${share}`)
}

function tellAll(ours: Ours & { laterPaintMs: number; floor: Frames }, theirs: Theirs | null): void {
  const over = (one: number | null | undefined, other: number | null | undefined) => (one && other ? one / other : null)
  tell('ms, mean: median / p95 (frames)', 'Greenprint', theirs ? 'MapLibre GL' : '', null)
  const [first, later] = [ours.firstPaintMs, ours.laterPaintMs]
  const other = theirs ? ms(theirs.firstPaintMs) : ''
  tell('first paint, a plan never opened before', ms(first), other, over(first, theirs?.firstPaintMs), AIMS.share)
  tell('first paint, opened before', ms(later), other, over(later, theirs?.firstPaintMs), AIMS.share)
  for (const view of VIEWS) {
    const [own, other] = [ours.pan[view], theirs?.pan[view]]
    tell(`frames of a drag, ${view}`, frames(own), theirs ? frames(other) : '', over(own?.meanMs, other?.meanMs), AIMS.share)
  }
  tell('  the same of a page that draws nothing', frames(ours.floor), '', null)
  tell('frames of the wheel', frames(ours.zoom), theirs ? frames(theirs.zoom) : '', over(ours.zoom?.meanMs, theirs?.zoom?.meanMs))
  const identify = (one: Measured | null) =>
    one?.identifyMs ? `${ms(one.identifyMs.medianMs)} / ${ms(one.identifyMs.p95Ms)}` : '–'
  tell('identify, median / p95 (ours: click → card)', identify(ours), theirs ? identify(theirs) : '', null)
  console.log(`    below ${AIMS.identifyMs} ms:${verdict((ours.identifyMs?.medianMs ?? Infinity) < AIMS.identifyMs)}`)
  tell('a box of parcels, from the finger until drawn', ms(ours.selectedMs), '', null)
  const memory = (one: Measured | null) =>
    one?.rendererMb ? `${one.rendererMb.own.toFixed(0)} (${one.rendererMb.resident.toFixed(0)})` : '–'
  tell(
    'renderer, MB of its own (resident)',
    memory(ours),
    theirs ? memory(theirs) : '',
    over(ours.rendererMb?.own, theirs?.rendererMb?.own),
  )
  console.log(`    below ${AIMS.rendererMb} MB:${verdict((ours.rendererMb?.own ?? Infinity) < AIMS.rendererMb)}`)
  if (theirs?.ended) console.log(`  MapLibre GL: ${theirs.ended}; what it did until then is told`)
}

if (MAPLIBRE === undefined || !existsSync(path.join(MAPLIBRE, 'dist/maplibre-gl.mjs')))
  console.log('GREENPRINT_MAPLIBRE names no folder of maplibre-gl: only our own map is measured')
for (const parcels of SIZES) {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-map-'))
  try {
    const catalogue = catalogueOf(dir, parcels)
    const { visit, backend } = await visited(catalogue, async (url, child) => {
      const measured = await measureOurs(url)
      return { visit: measured, backend: processMemory(child.pid) }
    })
    const ours = { ...visit, laterPaintMs: await visited(catalogue, measureOpening), floor: await measureFloor(HD) }
    const hasOther = MAPLIBRE !== undefined && existsSync(path.join(MAPLIBRE, 'dist/maplibre-gl.mjs'))
    console.log(`\n${parcels.toLocaleString('en')} parcels, 1280 × 800 (load of the machine ${loadavg()[0]?.toFixed(1)})`)
    if (hasOther) tellAll(ours, null)
    const theirs = hasOther ? await measureMapLibre(MAPLIBRE, parcelsOf(parcels), ours.metresPerPx) : null
    tellAll(ours, theirs)
    console.log(`  backend, MB of its own (resident): ${backend?.own.toFixed(0) ?? '–'} (${backend?.resident.toFixed(0) ?? '–'})`)
    if (parcels !== SIZE_OF_4K && positionals.length === 0) continue
    if (asked['without-4k']) continue
    const floor = await measureFloor(FOUR_K)
    const large = await visited(catalogue, (url) => measure4k(url, asked.picture))
    console.log(
      `  3840 × 2160: frames of a drag over the whole plan ${frames(large.pan)}, of a page that draws nothing ${frames(floor)}; ${large.broken.length === 0 ? 'everything fits' : large.broken.join('; ')}`,
    )
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  }
}
// A browser that does not end must not keep the measuring from ending: Playwright ends it with this process.
process.exit()
