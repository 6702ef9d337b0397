import Database from 'better-sqlite3'
import { existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseChecklist } from '#core/checklist/load.ts'
import { connectClient, type Client } from '#core/contract/client.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import { loadGeos } from '#core/geo/geos.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { assertSqliteVersion, configureWriter, findDamage } from '#db/pragmas.ts'
import { createBackend } from './backend.ts'
import type { ChildProcessHandle, LaunchChild } from './child.ts'
import { HOSTILE_PATHS } from './hostile-paths.ts'
import { fontPaths, memoFonts } from './memo/fonts.ts'
import { openPdf } from './memo/pdf-reader.ts'
import { printPdf } from './memo/print-pdf.ts'
import type { Probe } from './probe.ts'
import { pageHeaders, staticFiles } from './static-files.ts'

const assert = (holds: boolean, problem: string) => {
  if (!holds) throw new Error(problem)
}

const probe = (id: string, zh: string, en: string, check: Probe['check']): Probe => ({ id, title: { zh, en }, check })

const page: MemoDocument = {
  schema: 'memo-document/1',
  lang: 'zh',
  title: '自检',
  subtitle: '绿图',
  footer: '绿图自检',
  author: '绿图',
  date: '2026-01-01T00:00:00.000Z',
  sections: [{ id: 'one', blocks: [{ kind: 'paragraph', runs: [{ text: '公园绿地 12.5 m²/人' }] }] }],
  seal: '0'.repeat(64),
}

export interface ProbeSurroundings {
  resourcesDir: string
  /** Starts killable children in this host's manner: Node processes, or Electron's utility processes. */
  launchChild: LaunchChild
}

const endOf = (child: ChildProcessHandle) =>
  new Promise<string>((resolve) => child.onExit((code, signal) => resolve(signal ?? `code ${code}`)))

/** What every host can ask of the machine it runs on. */
export const backendProbes = ({ resourcesDir, launchChild }: ProbeSurroundings): Probe[] => [
  probe('node', '运行环境版本', 'Version of the runtime', () => {
    const { node, electron } = process.versions
    assert(Number(node.split('.')[0]) >= 24, `Node ${node} is older than 24`)
    return electron === undefined ? `Node ${node}` : `Node ${node} in Electron ${electron}`
  }),
  probe('sqlite', '数据库组件可加载且版本足够新', 'The database addon loads and is recent', () => {
    const database = new Database(':memory:')
    try {
      assertSqliteVersion(database)
      return `SQLite ${String(database.prepare('SELECT sqlite_version()').pluck().get())}`
    } finally {
      database.close()
    }
  }),
  probe('pragmas', '数据库在写入后仍保持安全设置', 'The database keeps its safe settings after a write', (temp) => {
    const database = new Database(path.join(temp, 'pragmas.sqlite'))
    try {
      configureWriter(database)
      database.exec('CREATE TABLE probe(x INTEGER) STRICT; INSERT INTO probe VALUES (1)')
      assert(database.pragma('synchronous', { simple: true }) === 2, 'synchronous fell back')
      assert(findDamage(database, 'full') === null, 'integrity_check complains')
      return 'WAL, FULL'
    } finally {
      database.close()
    }
  }),
  probe(
    'catalogue',
    '目录库可创建、写入、关闭并重新打开',
    'A catalogue can be made, written, closed and opened again',
    async (temp) => {
      const dir = path.join(temp, 'catalogue')
      await withBackend(dir, resourcesDir, (client) => client.call('settings.set', { reviewer: '自检' }))
      const { reviewer } = await withBackend(dir, resourcesDir, (client) => client.call('settings.get', {}))
      assert(reviewer === '自检', 'the edit was lost')
      return 'kept'
    },
  ),
  probe('kill', '进程被强行结束后，已确认的修改仍在', 'A confirmed edit survives the kill of the process', async (temp) => {
    const dir = path.join(temp, 'killed')
    const child = launchChild('self-test-victim', { memoryMb: 256 })
    const ended = endOf(child)
    const saved = new Promise<unknown>((resolve) => child.onMessage(resolve))
    child.post({ dir, resourcesDir })
    assert((await Promise.race([saved, ended])) === 'saved', 'the process ended before it had saved')
    child.kill()
    await ended
    const { reviewer } = await withBackend(dir, resourcesDir, (client) => client.call('settings.get', {}))
    assert(reviewer === 'victim', 'the edit was lost')
    return 'kept'
  }),
  probe('disk', '临时文件夹可写且有空间', 'The temporary folder can be written and has room', (temp) => {
    writeFileSync(path.join(temp, '青岚 a'), 'x')
    assert(readFileSync(path.join(temp, '青岚 a'), 'utf8') === 'x', 'a file with a Chinese name does not come back')
    const { bavail, bsize } = statfsSync(temp)
    const freeMb = Math.floor((bavail * bsize) / 2 ** 20)
    assert(freeMb >= 512, `only ${freeMb} MB free`)
    return `${freeMb} MB`
  }),
  probe('geometry', '几何库可加载', 'The geometry library loads', async () => {
    const geos = await loadGeos()
    const bowTie = [[Float64Array.of(0, 0, 10, 10, 10, 0, 0, 10, 0, 0)]]
    assert(geos.invalidReason(bowTie) !== null, 'a bow tie passes for valid')
    const repaired = geos.makeValid(bowTie)
    assert(repaired !== null && geos.area(repaired) === 50, 'a bow tie is not repaired')
    return `GEOS ${geos.version}`
  }),
  probe('fonts', '意见书字体齐全', 'The memo’s fonts are there', () => {
    const files = [...fontPaths(memoFonts())]
    const missing = files.filter((file) => !existsSync(file))
    assert(missing.length === 0, `${missing.length} fonts are missing`)
    return `${files.length} files`
  }),
  probe('print', '可打印含中文的 PDF', 'A PDF with Chinese text can be printed', async () => {
    const bytes = await printPdf(page, { reviewJson: '{}', producer: 'Greenprint self-test' })
    const pdf = await openPdf(bytes)
    await pdf.close()
    return `${bytes.length} bytes`
  }),
  probe('import-process', '导入进程可启动并可强行结束', 'The import process starts and can be killed', async () => {
    const child = launchChild('import-process', { memoryMb: 256 })
    const ended = endOf(child)
    const early = await Promise.race([ended, new Promise<null>((resolve) => setTimeout(resolve, 500, null))])
    assert(early === null, `it ended by itself (${early})`)
    child.kill()
    return `killed (${await ended})`
  }),
  probe('checklists', '评审表文件有效', 'The checklist files are valid', () => {
    const dir = path.join(resourcesDir, 'checklists')
    const files = readdirSync(dir).filter((name) => name.endsWith('.json'))
    for (const name of files) parseChecklist(JSON.parse(readFileSync(path.join(dir, name), 'utf8')) as unknown, name)
    assert(files.length > 0, 'there is none')
    return `${files.length} files`
  }),
  probe('paths', `${HOSTILE_PATHS.length} 个恶意路径均被拒绝`, `${HOSTILE_PATHS.length} hostile paths find nothing`, (temp) => {
    const root = path.join(temp, 'screen')
    mkdirSync(root)
    writeFileSync(path.join(root, 'index.html'), 'screen')
    writeFileSync(path.join(temp, 'secret.json'), 'secret')
    const find = staticFiles(root)
    assert(find('/') !== undefined, 'the page itself is not found')
    const found = HOSTILE_PATHS.filter((hostile) => find(hostile) !== undefined)
    assert(found.length === 0, `${found.length} were found`)
    return 'none found'
  }),
  probe('policy', '界面的内容安全策略完整', 'The screen’s content policy is complete', () => {
    const policy = pageHeaders()['Content-Security-Policy'] ?? ''
    for (const wanted of ["default-src 'none'", "object-src 'none'", "require-trusted-types-for 'script'"]) {
      assert(policy.includes(wanted), `${wanted} is missing`)
    }
    assert(!/unsafe|\*|https?:/.test(policy), 'it allows too much')
    return 'strict'
  }),
]

const noChildren: LaunchChild = () => {
  throw new Error('a probe that only calls the catalogue starts no process')
}

/** Runs a call on a backend of its own and closes it. */
export async function withBackend<T>(
  catalogueDir: string,
  resourcesDir: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const backend = await createBackend({ catalogueDir, resourcesDir, host: 'test', launchChild: noChildren, temporary: true })
  const [near, far] = memoryPortPair()
  backend.serve(far)
  try {
    return await work(connectClient(near))
  } finally {
    await backend.close()
  }
}
