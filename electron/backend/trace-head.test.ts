import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MEMO_KIND_IDS, type MemoKindId } from '#core/memo/memo-kinds.ts'
import type { FindingId, ReviewId } from '#core/model/ids.ts'
import { openHouse, type House } from './fixture-house.ts'
import { auditClaim } from './memo/audit-claim.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-trace-head-'))
const at = (name: string): string => path.join(dir, name)
const ROWS = { zh: '审计链', en: 'Audit chain' } as const

let house: House
let reviewId: ReviewId
let findingId: FindingId

beforeAll(async () => {
  house = await openHouse(at('catalogue'))
  const { planId } = await house.client.call('sample.create', { parcels: 1000, seed: 1 })
  const { review } = await house.client.call('reviews.open', { planId, checklistId: 'green-low-carbon' })
  reviewId = review.id
  const finding = { item: 'A03', severity: 'must', text: '绿廊被切断', action: '', evidence: [] } as const
  ;({ id: findingId } = await house.client.call('findings.add', { ...finding, evidence: [], reviewId }))
}, 60_000)
afterAll(async () => {
  await house.close()
  fs.rmSync(dir, { recursive: true, force: true })
})

/** The row of the audit chain on a memo, as it is read. */
async function rowOn(kind: MemoKindId, lang: 'zh' | 'en'): Promise<string | undefined> {
  const { sections } = await house.client.call('memo.compose', { reviewId, lang, options: { kind } })
  const facts = sections.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === 'facts' ? block.rows : []))
  return facts.find(({ label }) => label === ROWS[lang])?.runs.map(({ text }) => text).join('') // prettier-ignore
}
const lastEntry = async () => (await house.client.call('audit.list', { before: null })).entries[0]?.seq ?? 0

describe('the head of the audit chain', { timeout: 60_000 }, () => {
  it.each(MEMO_KIND_IDS)('is printed on the memo %s, in both languages, and the same after other prints', async (kind) => {
    for (const lang of ['zh', 'en'] as const) {
      const before = await rowOn(kind, lang)
      expect(before).toMatch(lang === 'zh' ? /^第 \d+ 条 [0-9a-f]{64}$/ : /^entry \d+ [0-9a-f]{64}$/)
      await house.client.call('memo.export', {
        reviewId,
        lang,
        format: 'json',
        target: house.backend.tokens.registerSave(at('a')),
      })
      expect(await rowOn(kind, lang)).toBe(before)
    }
  })

  it('is that of the entry which changed the review last, also in the PDF and in what it carries', async () => {
    const before = await rowOn('special', 'zh')
    await house.client.call('findings.reply', { findingId, text: '再看一次' })
    const row = await rowOn('special', 'zh')
    expect(row).not.toBe(before)
    expect(row).toMatch(new RegExp(`^第 ${await lastEntry()} 条 `))
    const target = house.backend.tokens.registerSave(at('memo.pdf'))
    await house.client.call('memo.export', { reviewId, lang: 'zh', format: 'pdf', target })
    const files = house.backend.tokens.registerFiles([at('memo.pdf')])
    expect(await house.client.call('share.look', { files, passphrase: null })).toMatchObject([{ memo: {}, content: {} }])
    expect((await house.client.call('audit.list', { before: null })).intact).toBe(true)
  })

  it('is held against the log when a memo is verified: here it stands, elsewhere nothing is said against the memo', async () => {
    const verified = async ({ client, backend }: House) =>
      client.call('memo.verify', { files: backend.tokens.registerFiles([at('memo.pdf')]) })
    const { match, chain } = await verified(house)
    expect({ match, chain }).toMatchObject({ match: true, chain: { state: 'held' } })
    expect(await rowOn('special', 'zh')).toBe(`第 ${chain?.seq ?? 0} 条 ${chain?.hash ?? ''}`)
    const other = await openHouse(at('other'))
    try {
      expect(await verified(other)).toMatchObject({ match: true, chain: { ...chain, state: 'not-here' } })
    } finally {
      await other.close()
    }
  })

  it('names a log that no longer has the entry of a file which left from there', async () => {
    const file = at('memo.pdf')
    const sha256 = createHash('sha256').update(fs.readFileSync(file)).digest('hex')
    const claimed = { seq: 7, hash: 'ab'.repeat(32) }
    const stateIn = async (hashAt: string | null, left: string) => {
      const log = { audit: { hashAt: () => hashAt }, memos: { hasLeft: (one: string) => one === left } }
      return (await auditClaim(log, file, claimed)).state
    }
    expect(await stateIn(claimed.hash, '')).toBe('held')
    expect(await stateIn('cd'.repeat(32), sha256)).toBe('gone')
    expect(await stateIn(null, sha256)).toBe('gone')
    expect(await stateIn(null, 'another')).toBe('not-here')
  })
})
