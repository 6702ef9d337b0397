/**
 * How quickly a memo is printed: 25 pages with two maps, and 222 pages, against Chromium's print-to-PDF (tagged, with an outline) of our own
 * HTML twin of the same document, alternately in one run. Aims: at most 1.0 × its wall time, the host's event loop blocked for at most
 * 100 ms, at most 600 MB.
 * Chromium prints the twin on the same paper with the same margins, which the twin sets.
 * In our time: the thread that prints and what it loads, layout, fonts, structure, attachments, reading everything back, the bytes. In
 * Chromium's: a new page in a browser that already runs, loading the file, printing. In neither: composing the document, writing the twin.
 * Blocking and memory are those of a process of its own, from composing as the application does it to the last byte.
 * The thread that prints runs from the bundle, as it ships. Run: npm run build && npx node build/bench/memo.ts
 */
import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import type { Browser } from '@playwright/test'
import type { MemoDocument } from '#core/memo/document.ts'
import { exampleChecklist, exampleColumns, exampleFinding, exampleIndicators, exampleRecord } from '#core/memo/fixture.ts'
import { sealedJson } from '#core/memo/seal.ts'
import type { ReviewId } from '#core/model/ids.ts'
import { createMemoService } from '#backend/memo/memo-service.ts'
import { printPdf } from '#backend/memo/print-pdf.ts'
import { renderHtml } from '#backend/memo/render-html.ts'
import { sha256 } from '#backend/memo/verify.ts'

interface Size {
  title: string
  findings: number
  maps: 1 | 2
  rounds: number
}
const SIZES: Record<string, Size> = {
  short: { title: '25 pages, two maps', findings: 76, maps: 2, rounds: 5 },
  long: { title: '222 pages', findings: 878, maps: 1, rounds: 3 },
}
const AIMS = { ratio: 1, blockedMs: 100, memoryMb: 600 }
/** Parcels along one side of the invented city of the first map and of the second: 3,969 and 9,025 parcels. */
const SIDES = [63, 95] as const
const REVIEW = 'review-1' as ReviewId

/** What the process that serves tells of one memo. */
interface Served {
  printMs: number
  /** Processor time of printing, the collector's threads included. */
  cpuMs: number
  blockedMs: number
  /** What the process held before it composed and printed. */
  baseMb: number
  peakMb: number
  bytes: number
}

const finding = (number: number) =>
  exampleFinding(
    number,
    number % 2 === 0 ? 'A03' : 'B03',
    number % 3 === 0 ? 'must' : 'should',
    `第${number}处：${'公园出入口与步行网络未衔接，五百米服务半径内仍有居住地块未覆盖，与规划文本表述不一致。'.repeat(1 + (number % 4))}`,
    `请按图斑编号逐一核实第${number}处的出入口位置，补充步行连通方案，并在图件和数据库中同步修改。`,
  )

const serviceOf = ({ findings }: Size, side: number) => {
  const record = exampleRecord({ findings: Array.from({ length: findings }, (_, index) => finding(index + 1)) })
  const columns = exampleColumns(side)
  return createMemoService({
    engineVersion: '0.1.0',
    indicators: exampleIndicators,
    review: () => record,
    columns: () => columns,
    areaUnit: () => 'ha',
    findChecklist: () => exampleChecklist,
  })
}

/** The review and the columns of both cities are made here, for the application has them; the sealed result comes with composing. */
async function prepared(size: Size) {
  const [own, other] = [serviceOf(size, SIDES[0]), serviceOf(size, SIDES[1])]
  return { own, other, result: await own.result(REVIEW) }
}

/** Between its steps the application lets others have their turn, too (memo-service.ts). */
const anotherTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The memo as the application composes it, with the map of the larger city behind its own where there are to be two. */
async function composed(
  size: Size,
  { own, other, result }: Awaited<ReturnType<typeof prepared>>,
): Promise<{ document: MemoDocument; reviewJson: string }> {
  const document = await own.compose(REVIEW, 'zh')
  const more = size.maps === 1 ? [] : (await other.compose(REVIEW, 'zh', { sections: ['map'] })).sections
  const second = more.map(({ id, blocks }) => ({
    id: `${id}-2`,
    blocks: blocks.map((block) => (block.kind === 'heading' ? { ...block, id: `${block.id}-2` } : block)),
  }))
  const behind = document.sections.findIndex(({ id }) => id === 'map') + 1
  const sections = document.sections.toSpliced(behind, 0, ...second)
  await anotherTurn()
  const reviewJson = sealedJson(result, sha256)
  await anotherTurn()
  return { document: { ...document, sections }, reviewJson }
}

/** The most that the process ever held. */
const residentMb = (): number => process.resourceUsage().maxRSS / 1024

/** In the process that serves: how long its event loop stood still, and how much memory it ever held. */
async function serve(size: Size, target: string): Promise<Served> {
  const services = await prepared(size)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  // The monitor counts from its first turn: let it have one.
  await new Promise((resolve) => setTimeout(resolve, 50))
  delay.enable()
  await new Promise((resolve) => setTimeout(resolve, 50))
  delay.reset()
  const baseMb = residentMb()
  const { document, reviewJson } = await composed(size, services)
  const [before, cpuBefore] = [performance.now(), process.cpuUsage()]
  const bytes = await printPdf(document, { reviewJson, producer: 'Greenprint 0.1.0' })
  const printMs = performance.now() - before
  const cpu = process.cpuUsage(cpuBefore)
  await new Promise((resolve) => setTimeout(resolve, 20))
  delay.disable()
  const peakMb = residentMb()
  writeFileSync(target, bytes)
  return { printMs, cpuMs: (cpu.user + cpu.system) / 1000, blockedMs: delay.max / 1e6, baseMb, peakMb, bytes: bytes.length }
}

const BUNDLE = path.resolve(import.meta.dirname, '../../out/main')

const inItsOwnProcess = (name: string, target: string): Promise<Served> =>
  new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [name, target], { env: { ...process.env, GREENPRINT_TEST_BUNDLE: BUNDLE } })
    child.once('message', (served) => resolve(served as Served))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the process that serves ended with code ${code}`)))
  })

async function byChromium(browser: Browser, html: string, target: string): Promise<number> {
  const before = performance.now()
  const page = await browser.newPage()
  await page.goto(pathToFileURL(html).href)
  writeFileSync(target, await page.pdf({ format: 'A4', tagged: true, outline: true, preferCSSPageSize: true }))
  const spentMs = performance.now() - before
  await page.close()
  return spentMs
}

const pagesOf = async (file: string): Promise<number> =>
  (await (await import('pdf-lib')).PDFDocument.load(readFileSync(file), { updateMetadata: false })).getPageCount()
const said = (isMet: boolean): string => (isMet ? 'met' : 'NOT met')
const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

async function measure(name: string, size: Size, browser: Browser, folder: string): Promise<void> {
  const [html, own, theirs] = ['twin.html', 'own.pdf', 'theirs.pdf'].map((file) => path.join(folder, file)) as [string, string, string] // prettier-ignore
  const { document, reviewJson } = await composed(size, await prepared(size))
  writeFileSync(html, renderHtml(document, reviewJson))
  const [served, printed]: [Served[], number[]] = [[], []]
  for (let round = 0; round < size.rounds; round++) {
    served.push(await inItsOwnProcess(name, own))
    printed.push(await byChromium(browser, html, theirs))
  }
  const [ownMs, theirMs] = [median(served.map(({ printMs }) => printMs)), median(printed)]
  const ratio = ownMs / theirMs
  const cpuMs = median(served.map((one) => one.cpuMs))
  const blockedMs = median(served.map((one) => one.blockedMs))
  const peakMb = Math.max(...served.map((one) => one.peakMb))
  const kb = (file: string) => Math.round(readFileSync(file).length / 1024)
  console.log(`${size.title} (${size.rounds} times each, medians)`)
  console.log(
    `  Greenprint ${seconds(ownMs)}, ${seconds(cpuMs)} of processor time, ${await pagesOf(own)} pages, ${kb(own)} kB, read back and checked`,
  )
  console.log(`  Chromium   ${seconds(theirMs)}, ${await pagesOf(theirs)} pages, ${kb(theirs)} kB, of the HTML twin`)
  console.log(`  ratio ${ratio.toFixed(2)} (aim: at most ${AIMS.ratio}): ${said(ratio <= AIMS.ratio)}`)
  console.log(
    `  event loop blocked at most ${blockedMs.toFixed(0)} ms (aim: ${AIMS.blockedMs}): ${said(blockedMs <= AIMS.blockedMs)}`,
  )
  const baseMb = median(served.map((one) => one.baseMb))
  console.log(
    `  peak memory of the process ${peakMb.toFixed(0)} MB, ${baseMb.toFixed(0)} before (aim: ${AIMS.memoryMb}): ${said(peakMb <= AIMS.memoryMb)}`,
  )
}

const [name, target] = process.argv.slice(2)
const asked = SIZES[name ?? '']
if (process.send && asked && target) {
  process.send(await serve(asked, target), () => process.disconnect())
} else {
  if (!existsSync(path.join(BUNDLE, 'pdf-worker.js'))) throw new Error('run `npm run build` first: the bundle prints')
  const folder = mkdtempSync(path.join(tmpdir(), 'greenprint-bench-memo-'))
  // Only here: the process that serves would hold what drives the browser, too.
  const { launch } = await import('./map-page.ts')
  const browser = await launch()
  try {
    for (const [key, size] of Object.entries(SIZES)) await measure(key, size, browser, folder)
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
