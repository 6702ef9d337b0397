import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOSTILE_PATHS } from './hostile-paths.ts'
import { pageHeaders, staticFiles, type StaticFiles } from './static-files.ts'

let dir: string
let find: StaticFiles
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'greenprint-static-'))
  const root = path.join(dir, 'renderer')
  mkdirSync(path.join(root, 'assets'), { recursive: true })
  for (const name of [
    'index.html',
    'assets/main-1a2b.js',
    'assets/main-1a2b.js.map',
    'assets/绿 图.svg',
    'assets/.hidden',
    'notes.txt',
  ]) {
    writeFileSync(path.join(root, name), 'x')
  }
  writeFileSync(path.join(dir, 'secret.json'), '{}')
  symlinkSync(path.join(dir, 'secret.json'), path.join(root, 'link.json'))
  find = staticFiles(root)
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

it('finds the screen’s files with their types', () => {
  expect(find('/')).toMatchObject({ type: 'text/html; charset=utf-8', sizeBytes: 1 })
  expect(find('/index.html')?.path).toBe(path.join(dir, 'renderer/index.html'))
  expect(find('/assets/main-1a2b.js')?.type).toBe('text/javascript; charset=utf-8')
  expect(find('/assets/%E7%BB%BF%20%E5%9B%BE.svg')?.type).toBe('image/svg+xml')
})

it(`finds nothing under ${HOSTILE_PATHS.length} hostile paths`, () => {
  expect(HOSTILE_PATHS.length).toBeGreaterThanOrEqual(300)
  expect(HOSTILE_PATHS.filter((hostile) => find(hostile) !== undefined)).toEqual([])
})

it('leaves out source maps, unknown types and links', () => {
  expect(['/assets/main-1a2b.js.map', '/notes.txt', '/assets/.hidden', '/link.json'].filter((name) => find(name))).toEqual([])
})

it('finds nothing that came later', () => {
  writeFileSync(path.join(dir, 'renderer/later.js'), 'x')
  expect(find('/later.js')).toBeUndefined()
})

it('says the content policy as it was decided', () => {
  expect(pageHeaders(['ws://127.0.0.1:1'])).toEqual({
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
      "connect-src 'self' ws://127.0.0.1:1; worker-src 'self' blob:; frame-src 'none'; object-src 'none'; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  })
  expect(pageHeaders()['Content-Security-Policy']).toContain("connect-src 'self';")
})
