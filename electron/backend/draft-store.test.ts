import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { answersOf } from '#core/intake/answers.ts'
import { importDraft } from '#core/intake/draft.ts'
import { exampleLayer } from '#core/intake/example-layer.ts'
import type { FileToken } from '#core/model/ids.ts'
import { createDraftStore } from './draft-store.ts'
import { createFileTokens } from './file-tokens.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'greenprint-drafts-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const inspection = { files: [{ path: 'a.shp', sizeBytes: 1, layers: [exampleLayer()], error: null }], manifest: null }
const answers = answersOf(importDraft(inspection))

/** A host on the same catalogue: `close` and a new one is a restart, a new one alone a crash. */
const start = () => {
  const tokens = createFileTokens(path.join(dir, 'staged'))
  return { tokens, drafts: createDraftStore(dir, tokens, () => new Date('2026-03-01T08:00:00Z')) }
}

const uploaded = (host: ReturnType<typeof start>) => {
  const upload = host.tokens.openUpload()
  mkdirSync(path.join(upload.dir, 'plan'))
  writeFileSync(path.join(upload.dir, 'plan', 'a.shp'), 'shape')
  return upload
}

it.each(['closed', 'killed'])('an upload and its answers outlive a host that was %s', (how) => {
  const before = start()
  const { token, dir: staged } = uploaded(before)
  const other = before.tokens.openUpload()
  const steps = { past: [answers, answers], future: [answers] }
  before.drafts.save(token, answers, steps)
  if (how === 'closed') before.tokens.close()
  const after = start()
  expect(after.drafts.get()).toEqual({ savedAt: '2026-03-01T08:00:00.000Z', files: token, missing: [], answers, steps })
  expect(after.tokens.paths(token)).toEqual([path.join(staged, 'plan')])
  expect(existsSync(other.dir)).toBe(false)
  after.drafts.discard()
  expect(after.drafts.get()).toBeNull()
  after.tokens.close()
  expect(readdirSync(path.join(dir, 'staged'))).toEqual([])
})

it('chosen files are asked for again, by name, when they are gone or were changed', () => {
  const file = path.join(dir, 'b.gpkg')
  writeFileSync(file, 'one')
  const before = start()
  const token = before.tokens.registerFiles([file])
  before.drafts.save(token, answers)
  before.tokens.close()
  expect(start().drafts.get()?.files).toBe(token)
  writeFileSync(file, 'another')
  expect(start().drafts.get()).toMatchObject({ files: null, missing: ['b.gpkg'], answers })
  rmSync(file)
  expect(start().drafts.get()).toMatchObject({ files: null, missing: ['b.gpkg'] })
})

it('nothing of a finished import is kept, and another one’s draft is left alone', () => {
  const host = start()
  const { token } = uploaded(host)
  host.drafts.save(token, answers)
  host.drafts.finished('another' as FileToken)
  expect(host.drafts.get()?.files).toBe(token)
  host.drafts.finished(token)
  expect(host.drafts.get()).toBeNull()
  expect(() => host.drafts.save('unknown' as FileToken, answers)).toThrow(expect.objectContaining({ code: 'import.files-gone' }))
})

it('a record cut short by a power failure is none, and only its owner may read one', () => {
  const host = start()
  const { token } = uploaded(host)
  host.drafts.save(token, answers)
  const forOthers = process.platform === 'win32' ? 0 : statSync(path.join(dir, 'draft.json')).mode & 0o077
  expect(forOthers).toBe(0)
  writeFileSync(path.join(dir, 'draft.json'), '{"greenprint":"import-dr')
  writeFileSync(path.join(dir, 'staged', 'kept.json'), '{"token":"')
  const after = start()
  expect(after.drafts.get()).toBeNull()
  expect(after.tokens.paths(token)).toBeUndefined()
})
