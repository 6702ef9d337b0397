import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLog, LOG_FILE_BYTES, LOG_FILES, type LogFields } from './log.ts'

let dir: string
let file: string
beforeEach(() => {
  dir = path.join(mkdtempSync(path.join(tmpdir(), 'greenprint-log-')), 'logs')
  file = path.join(dir, 'greenprint.log')
})
afterEach(() => rmSync(path.dirname(dir), { recursive: true, force: true }))

const lines = () =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

it('writes one JSON line per event with the allowed fields', () => {
  const log = createLog(dir, () => new Date(0))
  log.write('info', 'job.done', { job: 'analysis.run', ms: 12, count: 3 })
  log.write('warn', 'call.failed', { procedure: 'plans.get', code: 'catalogue.not-found' })
  expect(lines()).toEqual([
    { at: '1970-01-01T00:00:00.000Z', level: 'info', event: 'job.done', job: 'analysis.run', ms: 12, count: 3 },
    { at: '1970-01-01T00:00:00.000Z', level: 'warn', event: 'call.failed', procedure: 'plans.get', code: 'catalogue.not-found' },
  ])
})

it('lets no planted word out: titles, coordinates, paths, messages, causes, foreign fields', () => {
  const canaries = Array.from({ length: 200 }, (_, index) => `青岚机密${index} at 120.${index}9`)
  const log = createLog(dir)
  for (const canary of canaries) {
    log.write('error', canary, { job: canary, [canary]: canary, procedure: `/home/${canary}`, feature: canary } as LogFields)
    log.bug(new Error(canary, { cause: new TypeError(`/home/reviewer/${canary}.gpkg`) }), 'plans.get')
    log.bug(Object.assign(new Error('x'), { code: canary, name: canary }), 'plans.get')
    log.bug(canary, canary)
  }
  const text = readFileSync(file, 'utf8')
  expect(canaries.filter((canary) => text.includes(canary))).toEqual([])
  expect(text).not.toMatch(/青岚|\/home\/|reviewer/)
  expect(text).not.toContain(process.cwd())
})

it('keeps of a bug what helps to find it', () => {
  const ref = createLog(dir).bug(Object.assign(new RangeError('secret'), { code: 'SQLITE_BUSY' }), 'analysis.run')
  expect(ref).toMatch(/^[0-9A-F]{6}$/)
  expect(lines()).toMatchObject([
    { level: 'error', event: 'bug', ref, procedure: 'analysis.run', error: 'RangeError', errorCode: 'SQLITE_BUSY' },
  ])
  expect(String(lines()[0]?.['stack']).split(',')[0]).toMatch(/^at .*electron\/backend\/log\.test\.ts:\d+:\d+$/)
})

it('rotates at 5 MB and keeps 5 files', () => {
  const log = createLog(dir)
  for (let full = 0; full < LOG_FILES + 2; full++) {
    log.write('info', 'start', { count: full })
    writeFileSync(file, 'x'.repeat(LOG_FILE_BYTES), { flag: 'a' })
  }
  log.write('info', 'last')
  expect(readdirSync(dir).toSorted()).toEqual(['greenprint.log', ...[1, 2, 3, 4].map((index) => `greenprint.log.${index}`)])
  expect(lines()).toMatchObject([{ event: 'last' }])
  expect(readFileSync(`${file}.1`, 'utf8')).toContain(`"count":${LOG_FILES + 1}`)
  expect(statSync(file).size).toBeLessThan(200)
})

it('does not stop the work when the log cannot be written', () => {
  const log = createLog(dir)
  rmSync(dir, { recursive: true })
  writeFileSync(dir, 'in the way')
  expect(log.bug(new Error('x'), 'plans.get')).toMatch(/^[0-9A-F]{6}$/)
  expect(existsSync(file)).toBe(false)
})
