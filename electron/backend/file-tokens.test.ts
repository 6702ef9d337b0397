import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FileToken } from '#core/model/ids.ts'
import { createFileTokens } from './file-tokens.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'greenprint-tokens-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

it('gives each choice its own unguessable token', () => {
  const tokens = createFileTokens(dir)
  const given = Array.from({ length: 200 }, () => tokens.registerFiles(['/plans/a.gpkg', '/plans/b.shp']))
  expect(new Set(given).size).toBe(200)
  for (const token of given) expect(token).toMatch(/^[0-9a-f]{32}$/)
  expect(tokens.paths(given[0] as FileToken)).toEqual(['/plans/a.gpkg', '/plans/b.shp'])
  expect(tokens.paths(tokens.registerSave('/memo.pdf'))).toEqual(['/memo.pdf'])
})

it('lets exports write only where a save dialog said so', () => {
  const tokens = createFileTokens(dir)
  expect(tokens.savePath(tokens.registerSave('/memo.pdf'))).toBe('/memo.pdf')
  for (const token of [tokens.registerFiles(['/plans/a.gpkg']), tokens.openUpload().token, '__proto__' as FileToken])
    expect(tokens.savePath(token)).toBeUndefined()
})

it('lets go of a token: an upload is deleted, a chosen file stays', () => {
  const tokens = createFileTokens(dir)
  const upload = tokens.openUpload()
  writeFileSync(path.join(upload.dir, 'seven.json'), '{}')
  tokens.forget(upload.token)
  expect(existsSync(upload.dir)).toBe(false)
  const file = path.join(dir, 'chosen.json')
  writeFileSync(file, '{}')
  const chosen = tokens.registerFiles([file])
  tokens.forget(chosen)
  expect([tokens.paths(chosen), tokens.paths(upload.token)]).toEqual([undefined, undefined])
  expect(existsSync(file)).toBe(true)
})

it('knows no other tokens and takes no relative path', () => {
  const tokens = createFileTokens(dir)
  for (const token of ['', '__proto__', 'constructor', '/etc/passwd', '0'.repeat(32)]) {
    expect(tokens.paths(token as FileToken)).toBeUndefined()
    expect(tokens.takeDownload(token as FileToken)).toBeUndefined()
  }
  expect(() => tokens.registerFiles(['plan.gpkg'])).toThrow(TypeError)
  expect(() => tokens.registerSave('../memo.pdf')).toThrow(TypeError)
})

it('names an upload by what lies at its top, as a dialog would', () => {
  const tokens = createFileTokens(dir)
  const upload = tokens.openUpload()
  expect(tokens.paths(upload.token)).toEqual([])
  mkdirSync(path.join(upload.dir, 'plan'))
  writeFileSync(path.join(upload.dir, 'plan/a.shp'), '')
  writeFileSync(path.join(upload.dir, 'b.geojson'), '')
  expect(tokens.paths(upload.token)).toEqual([path.join(upload.dir, 'b.geojson'), path.join(upload.dir, 'plan')])
})

it('gives a download once', () => {
  const tokens = createFileTokens(dir)
  const token = tokens.offerDownload('/memo.pdf', '意见书.pdf')
  expect(tokens.takeDownload(token)).toEqual({ path: '/memo.pdf', fileName: '意见书.pdf' })
  expect(tokens.takeDownload(token)).toBeUndefined()
})

it('clears what it staged, at the start and on close, and nothing else', () => {
  const staging = path.join(dir, 'staging')
  const kept = path.join(dir, 'plans.gpkg')
  writeFileSync(kept, 'x')
  mkdirSync(path.join(staging, 'a'.repeat(32)), { recursive: true })
  mkdirSync(path.join(staging, 'not-ours'))
  const tokens = createFileTokens(staging)
  expect(readdirSync(staging)).toEqual(['not-ours'])
  const upload = tokens.openUpload()
  const memo = path.join(staging, 'memo.pdf')
  for (const file of [path.join(upload.dir, 'a.shp'), memo]) writeFileSync(file, 'x')
  const chosen = tokens.registerFiles([kept])
  const offered = tokens.offerDownload(memo, 'memo.pdf')
  tokens.offerDownload(kept, 'plans.gpkg')
  tokens.close()
  expect(readdirSync(staging)).toEqual(['not-ours'])
  expect(existsSync(kept)).toBe(true)
  expect([tokens.paths(chosen), tokens.paths(upload.token), tokens.takeDownload(offered)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
