import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FileToken } from '#core/model/ids.ts'
import { createFileTokens } from './file-tokens.ts'
import { saveText as saveIn } from './save-text.ts'

const entered: string[] = []
/** A house with these tokens that remembers what is entered in its log. */
const saveText = (tokens: ReturnType<typeof createFileTokens>, token: FileToken, text: string) => {
  const catalogue = { audit: { record: ({ action }: { action: string }) => void entered.push(action) }, readOnly: null } as never
  const actor = () => ({ name: '林青', office: '' })
  return saveIn({ catalogue, tokens, actor }, token, text, { progress: () => undefined })
}

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'greenprint-save-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

it('writes where the save dialog pointed, over what was there', async () => {
  const tokens = createFileTokens(path.join(dir, 'staging'))
  const file = path.join(dir, '方案清单.json')
  writeFileSync(file, 'earlier')
  const saved = await saveText(tokens, tokens.registerSave(file), '{"名称":"青岚"}\n')
  expect(readFileSync(file, 'utf8')).toBe('{"名称":"青岚"}\n')
  expect(saved).toMatchObject({ fileName: '方案清单.json', sizeBytes: 20, download: null })
  expect(saved.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(entered).toEqual(['text.saved'])
})

it('never writes over a file that was chosen for reading', async () => {
  const tokens = createFileTokens(path.join(dir, 'staging'))
  const plan = path.join(dir, 'plan.gpkg')
  writeFileSync(plan, 'source')
  for (const token of [tokens.registerFiles([plan]), '0'.repeat(32), '__proto__'])
    await expect(saveText(tokens, token as FileToken, 'x')).rejects.toMatchObject({ code: 'import.files-gone' })
  expect(readFileSync(plan, 'utf8')).toBe('source')
})

it('says what stands in the way and leaves nothing half-written', async () => {
  const tokens = createFileTokens(path.join(dir, 'staging'))
  const folder = path.join(dir, 'taken')
  mkdirSync(folder)
  const error = await saveText(tokens, tokens.registerSave(folder), 'x').catch((problem: unknown) => problem)
  expect(error).toMatchObject({ code: 'memo.cannot-write', params: { file: 'taken' } })
  expect(readdirSync(dir).toSorted()).toEqual(['staging', 'taken'])
})
