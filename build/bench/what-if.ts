import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from '@playwright/test'
import { WebSocket } from 'ws'
import { connectClient, type Client } from '#core/contract/client.ts'
import { openSocketPort } from '#core/contract/socket-port.ts'
import type { LayerId, OptionId, PlanId, ReviewId } from '#core/model/ids.ts'
import { scrolled, type Scrolled } from './scroll.ts'
import { openOption, pressAndTrace, type Press } from './what-if-screen.ts'

/**
 * A what-if edit of a large city, from the wish to the answer: computing in the session's thread, the round trip over the loopback port with
 * scoring and storing, and from the click until the changed items are painted in Chromium, under a performance trace; then long panels
 * are scrolled. Needs the built screen (`npm run build`).
 * `node build/bench/what-if.ts [--parcels N] [--edits N] [--findings N] [--catalogue DIR] [--trace FILE]`; DIR is made when it is not
 * there and kept for the next run.
 */
const { values: asked } = parseArgs({
  options: {
    parcels: { type: 'string', default: '100000' },
    edits: { type: 'string', default: '25' },
    findings: { type: 'string', default: '2000' },
    catalogue: { type: 'string' },
    trace: { type: 'string' },
  },
})
const [PARCELS, EDITS, FINDINGS] = [Number(asked.parcels), Number(asked.edits), Number(asked.findings)]
const AIM_MS = 200
const FRAME_MS = 1000 / 60
const CLASSES = ['1401', '0701', '1001', '0101']

const root = path.resolve(import.meta.dirname, '../..')
const cli = path.join(root, 'electron/cli/main.ts')

function greenprint(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(stderr)
}

function serve(catalogue: string): Promise<{ child: ChildProcess; url: string }> {
  const args = [cli, 'serve', '--port', '0', '--catalogue', catalogue]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.stdout
      .setEncoding('utf8')
      .once('data', (line: string) => resolve({ child, url: (JSON.parse(line) as { url: string }).url }))
    child.once('exit', (code) => reject(new Error(`the host ended with code ${code}`)))
  })
}

function told(name: string, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1)
  console.log(
    `  ${name.padEnd(52)} median ${at(0.5).padStart(6)} ms   p95 ${at(0.95).padStart(6)} ms   worst ${at(1).padStart(6)} ms`,
  )
}

let seed = 1
const random = (below: number) => (seed = (Math.imul(seed, 48_271) >>> 0) % 2_147_483_647) % below

/** Milliseconds that the host's first thread, which answers and stores, and all its threads have computed so far, where the system tells. */
function hostCpu(pid: number | undefined): { firstMs: number; allMs: number } {
  const tasks = `/proc/${pid}/task`
  if (pid === undefined || !existsSync(tasks)) return { firstMs: Number.NaN, allMs: Number.NaN }
  const ms = (thread: string) => Number(readFileSync(`${tasks}/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  return { firstMs: ms(String(pid)), allMs: readdirSync(tasks).reduce((sum, thread) => sum + ms(thread), 0) }
}

async function overPort(client: Client, pid: number | undefined, optionId: OptionId, layerId: LayerId, features: number) {
  const first: number[] = []
  const others: number[] = []
  const computing: number[] = []
  const roundTrips: number[] = []
  for (let at = 0; at < EDITS; at++) {
    const attributes = { class: CLASSES[at % CLASSES.length] ?? '1401' }
    const edits = [{ change: 'attributes' as const, layerId, fid: 1 + random(features), attributes }]
    const before = hostCpu(pid)
    const start = performance.now()
    const { ms } = await client.call('options.edit', { optionId, title: { zh: '改类', en: 'Re-code' }, edits })
    roundTrips.push(performance.now() - start)
    computing.push(ms)
    const after = hostCpu(pid)
    first.push(after.firstMs - before.firstMs)
    others.push(after.allMs - before.allMs - (after.firstMs - before.firstMs))
  }
  told('computing what depends on the edit', computing)
  told('round trip over the loopback port', roundTrips)
  told('… of it the processor worked: scoring and storing', first)
  told('… of it the processor worked: measuring', others)
}

/** Enough findings that a table is long, each with a place and features of its own. */
async function addFindings(client: Client, reviewId: ReviewId, extent: readonly [number, number, number, number]): Promise<void> {
  const [left, bottom, right, top] = extent
  for (let at = 0; at < FINDINGS; at++) {
    const xM = left + (right - left) * ((at * 0.618) % 1)
    const yM = bottom + (top - bottom) * ((at * 0.414) % 1)
    await client.call('findings.add', {
      reviewId,
      item: ['A03', 'B01', 'N02', null][at % 4] ?? null,
      severity: (['must', 'should', 'note'] as const)[at % 3] ?? 'note',
      text: `第 ${at + 1} 处绿地被道路切断，请补充连接。`,
      action: '在下一稿中补充连接。',
      evidence: [{ layer: 'landuse_plan', fid: at + 1 }],
      mark: { kind: 'point', xyM: [xM, yM] },
    })
  }
}

function tellPresses(presses: readonly Press[]): void {
  const painted = presses.map((one) => one.painted)
  told('click → delta painted, by the clock', painted.map(({ wallMs }) => wallMs)) // prettier-ignore
  told('of it the page’s main thread', painted.map(({ mainMs }) => mainMs)) // prettier-ignore
  told('… scripts', painted.map(({ scriptMs }) => scriptMs)) // prettier-ignore
  told('… style and layout', painted.map(({ layoutMs }) => layoutMs)) // prettier-ignore
  told('… painting', painted.map(({ paintMs }) => paintMs)) // prettier-ignore
  told('the main thread in the second after it', presses.map(({ after }) => after.mainMs)) // prettier-ignore
  const within = painted.filter(({ wallMs }) => wallMs < AIM_MS).length
  console.log(`  ${within} of ${painted.length} within the aim of ${AIM_MS} ms`)
}

function tellScrolling(one: Scrolled): void {
  const ms = (value: number) => value.toFixed(1)
  console.log(
    `  ${one.what.padEnd(34)} ${one.rows} rows, ${one.rowsInPage} of them in the page; a frame every ${ms(one.frameMs)} ms, p95 ${ms(one.frameP95Ms)} ` +
      `(at rest ${ms(one.restMs)}, ${ms(one.restP95Ms)}); main thread ${ms(one.mainMsPerFrame)} of ${ms(FRAME_MS)} ms`,
  )
}

async function scrollPanels(browser: Browser, page: Page, steps: number): Promise<void> {
  console.log('scrolling 90 px a frame:')
  tellScrolling(await scrolled(browser, page, 'what-if panel', '.panel-scroll.options', steps))
  await page.getByRole('tab', { name: /^意见/ }).click()
  await page.locator('.finding-row').first().waitFor()
  tellScrolling(await scrolled(browser, page, 'findings beside the map', '.finding-scroll', FINDINGS))
  await page.getByRole('button', { name: '在地图下方展开' }).click()
  await page.locator('.dock-findings .finding-row').first().waitFor()
  tellScrolling(await scrolled(browser, page, 'findings under the map', '.dock-findings .finding-scroll', FINDINGS))
  await page.getByRole('tab', { name: '清单' }).click()
  await page.locator('.item-row').first().waitFor()
  tellScrolling(await scrolled(browser, page, 'checklist', '[role=tabpanel] .panel-scroll', 59))
  await page.getByRole('tab', { name: '历史' }).click()
  await page.locator('.step').first().waitFor()
  tellScrolling(await scrolled(browser, page, 'history', '[role=tabpanel] .panel-scroll', 200))
}

async function onScreen(url: string, features: number, steps: number): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env['GREENPRINT_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--disable-gpu', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  try {
    const page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } })
    // A busy machine makes it slow, not wrong.
    page.setDefaultTimeout(300_000)
    await page.goto(url)
    await page.locator('.plan-link').first().click()
    // A plan opens with its overview the first time.
    await page.getByRole('button', { name: '进入评审' }).click()
    // A plan that is opened for the first time shows its overview.
    const [tab, onwards] = [page.getByRole('tab', { name: '比选' }), page.getByRole('button', { name: '进入评审' })]
    await tab.or(onwards).first().waitFor()
    if (await onwards.isVisible()) await onwards.click()
    await openOption(page)
    const wishes = Array.from({ length: EDITS }, (_, at) => ({
      fid: 1 + random(features),
      code: CLASSES[at % CLASSES.length] ?? '1401',
    }))
    tellPresses(await pressAndTrace(browser, page, wishes, asked.trace))
    await scrollPanels(browser, page, steps + EDITS)
  } finally {
    await browser.close()
  }
}

const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-what-if-'))
const catalogue = path.join(dir, 'catalogue')
let child: ChildProcess | undefined
try {
  const kept = asked.catalogue
  if (kept === undefined || !existsSync(kept)) {
    greenprint('sample', path.join(dir, 'city'), '--parcels', String(PARCELS))
    greenprint('import', path.join(dir, 'city/plan.json'), '--catalogue', kept ?? catalogue)
  }
  if (kept !== undefined) cpSync(kept, catalogue, { recursive: true })
  const host = await serve(catalogue)
  child = host.child
  const { origin, hash } = new URL(host.url)
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { origin, maxPayload: 0 })
  const { port, welcome } = await openSocketPort(socket, hash.slice('#t='.length))
  const client = connectClient(port)
  const planId = (await client.call('plans.list', {}))[0]?.id as PlanId
  const parcels = (await client.call('plans.get', { planId })).layers.find(({ role }) => role === 'landuse_plan')
  if (!parcels) throw new Error('the sample city has no planned land use')
  const checklistId = (await client.call('checklists.list', {}))[0]?.id ?? ''
  const { review } = await client.call('reviews.open', { planId, checklistId })
  const option = await client.call('options.add', { reviewId: review.id, name: '', copyOf: null })
  const start = performance.now()
  await client.call('options.open', { optionId: option.id })
  const openedS = (performance.now() - start) / 1000
  console.log(`\nwhat-if on ${parcels.features} parcels, ${FINDINGS} findings (load of the machine ${loadavg()[0]?.toFixed(1)})`)
  console.log(`  the plan into memory and measured: ${openedS.toFixed(1)} s, once`)
  await overPort(client, child.pid, option.id, parcels.id, parcels.features)
  const { extent } = await client.call('map.setup', { planId })
  await addFindings(client, review.id, extent)
  await onScreen(`${origin}/#t=${welcome.next}`, parcels.features, EDITS)
  client.close()
} finally {
  child?.kill('SIGTERM')
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}
