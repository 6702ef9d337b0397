/**
 * How long a search of the library of memos takes: 1,000 memos with 100 findings each, words of one, two and more characters, rare and in
 * every text. Processor time of this thread; the aim is under 100 ms. Also what entering a memo costs, and what the file weighs.
 * Run: npx node build/bench/library.ts
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseQuery } from '#core/library/query.ts'
import type { ReadMemo } from '#core/library/reading.ts'
import { openCatalogue } from '#db/catalogue.ts'

const MEMOS = 1000
const FINDINGS = 100
const WORDS = [
  '绿楔',
  '绿道',
  '断裂',
  '廊道',
  '热岛',
  '公园',
  '服务',
  '半径',
  '净宽',
  '不足',
  '道路',
  '切断',
  '补齐',
  '生态',
  '红线',
  'corridor',
]
const QUERIES = ['绿', '绿楔', '鹭', '鹭鸶', '绿楔热岛', 'corridor', '绿楔 热岛', '公园服务半径', '60', '“净宽不足”']

let state = 7
/** Mulberry32: the same words in every run. */
function next(below: number): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below
}
const sentence = (): string =>
  `${Array.from({ length: 12 + next(16) }, () => WORDS[next(WORDS.length)] ?? '').join('')}，应补正至 ${next(500)} 米。`

const finding = (at: number): NonNullable<ReadMemo['reading']>['findings'][number] => ({
  name: String(at + 1),
  item: 'A04',
  severity: 'must',
  text: sentence(),
  action: sentence(),
  withdrawn: false,
  status: 'open',
  by: '周岚',
  at: '2026-03-01T08:00:00.000Z',
  notes: [],
})

const memo = (part: number): ReadMemo => ({
  sha256: 'a'.repeat(64),
  part,
  series: `series ${part}`,
  reviewId: null,
  onDate: '2026-03-01T08:00:00.000Z',
  office: '总体规划科',
  kind: 'special',
  head: {
    fileName: `memo-${part}.pdf`,
    sizeBytes: 1000,
    form: 'pdf',
    plan: { name: `Plan ${part}`, nameZh: null },
    reviewer: '周岚',
    checklist: { id: 'green-low-carbon', version: '1.0.0' },
    round: null,
    total: 71,
    coverage: 1,
    opinion: null,
    dimensions: [],
    counts: { must: FINDINGS, should: 0, note: 0 },
    withdrawn: 0,
    byItem: [],
    seal: null,
    sealState: 'none',
    differsAt: null,
  },
  reading: {
    items: [],
    findings: Array.from({ length: FINDINGS }, (_, at) => finding(at)),
    checklistTitle: null,
    dimensionTitles: {},
  },
})

const cpuMs = (work: () => void): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-library-'))
const catalogue = openCatalogue(path.join(dir, 'catalogue'), {
  onFault: (fault) => console.error(fault),
  ballastBytes: 0,
  automaticBackups: false,
})
try {
  const memos = Array.from({ length: MEMOS }, (_, at) => memo(at))
  const entering = cpuMs(() => void catalogue.commands.addToLibrary(memos, 'added', { name: 'bench', office: '' }))
  const searches = QUERIES.map((text) => {
    const query = parseQuery(text)
    let found = 0
    const runs = [0, 1, 2, 3, 4].map(() => cpuMs(() => (found = catalogue.library.search(query).size)))
    return { query: text, memos: found, bestMs: Math.min(...runs), worstMs: Math.max(...runs) }
  })
  const listing = Math.min(...[0, 1, 2].map(() => cpuMs(() => void catalogue.library.list())))
  const bytes = statSync(path.join(catalogue.dir, 'catalogue.sqlite')).size
  console.log(
    JSON.stringify(
      { memos: MEMOS, findings: MEMOS * FINDINGS, enterMsPerMemo: entering / MEMOS, listing, megabytes: bytes / 1e6, searches },
      null,
      1,
    ),
  )
} finally {
  await catalogue.close()
  rmSync(dir, { recursive: true, force: true })
}
