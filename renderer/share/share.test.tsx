import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import i18next from 'i18next'
import { sampleShare } from '#core/contract/sample-share.ts'
import { SAMPLE_SIGNATURES } from '#core/contract/sample-sign.ts'
import type { CallContext } from '#core/contract/procedures.ts'
import type { ConflictView, PackageView } from '#core/contract/share-procedures.ts'
import type { MergeReceipt } from '#core/share/receipt.ts'
import { LANGS } from '#core/text.ts'
import { startWords, words as show } from '../api/fake/show.tsx'
import { RoundReceipt } from './as-round.tsx'
import { ConflictList } from './conflict-list.tsx'
import { Receipt } from './merge-dialog.tsx'
import { PackageList } from './package-list.tsx'
import { conflictName, sideWords } from './side-words.ts'

const call: CallContext = { signal: { aborted: false, addEventListener: () => undefined }, progress: () => undefined }
let packages: PackageView[]
let receipt: MergeReceipt
let conflicts: ConflictView[]

beforeAll(async () => {
  await startWords()
  packages = await sampleShare['share.look']({ files: 'f' as never, passphrase: null }, call)
  receipt = await sampleShare['share.merge']({ files: 'f' as never, passphrase: null }, call)
  conflicts = await sampleShare['share.conflicts']({ planId: null }, call)
})
beforeEach(() => i18next.changeLanguage('zh'))

describe('the merge dialog', () => {
  it('says what is in each package, and why another cannot be opened', async () => {
    const zh = show(<PackageList packages={packages} />)
    for (const part of ['周岚.greenprint', '12 条意见', '31 项操作', '本库已有该规划', '需要口令']) expect(zh).toContain(part)
    await i18next.changeLanguage('en')
    const en = show(<PackageList packages={packages} />)
    for (const part of ['Findings: 12', 'Plan is in this catalogue', 'A passphrase is needed']) expect(en).toContain(part)
  })

  it('says what a memo says, with its findings and its seal, before anything is brought in', async () => {
    const zh = show(<PackageList packages={packages} />)
    for (const part of ['审查意见书.pdf', '修改后通过', '71.3', '意见 2 条', '绿楔在环路处断开', '必须修改', 'dddd'])
      expect(zh).toContain(part)
    await i18next.changeLanguage('en')
    expect(show(<PackageList packages={packages} />)).toContain('Approved after changes, total 71.3, findings: 2')
  })

  it('says of a signed memo that its signature does not hold, before anything is brought in', async () => {
    const [signature] = SAMPLE_SIGNATURES.signatures
    const broken = signature && { ...signature, state: 'invalid' as const, faults: ['content-changed' as const] }
    const signed = packages.map((one) =>
      one.memo
        ? { ...one, memo: { ...one.memo, signatures: { ...SAMPLE_SIGNATURES, signatures: broken ? [broken] : [] } } }
        : one,
    )
    expect(show(<PackageList packages={packages} />)).not.toContain('签名无效')
    for (const part of ['审查意见书.pdf', '签名无效', '摘要不符']) expect(show(<PackageList packages={signed} />)).toContain(part)
    await i18next.changeLanguage('en')
    expect(show(<PackageList packages={signed} />)).toContain('The signature does not hold')
  })

  it('says which places of a memo were not found on another plan', async () => {
    const round = await sampleShare['share.asRound']({ files: 'f' as never, passphrase: null, planId: 'p' as never }, call)
    for (const part of ['已带入 2 条意见', '内容相同的图层保留原位置', '绿楔在环路处断开。', '#4'])
      expect(show(<RoundReceipt round={round} />)).toContain(part)
    await i18next.changeLanguage('en')
    expect(show(<RoundReceipt round={round} />)).toContain('Findings with places that were not found: 1')
  })

  it('counts what came, what was there and that nothing was lost', () => {
    expect(show(<Receipt receipt={receipt} />)).toMatch(/收到操作 124 新并入 31 原已有 93 冲突 1 丢失 0 .*已并入/)
    expect(show(<Receipt receipt={{ ...receipt, merged: 0, changed: {} }} />)).toContain('没有新的内容')
  })

  it('shows both sides of a conflict with who wrote them', () => {
    const text = show(<ConflictList conflicts={conflicts} />)
    for (const part of ['A04 · 评分与理由', '周岚', '林青', '等级 1', '等级 3', '图纸标注三处入口', '暂作有效'])
      expect(text).toContain(part)
    expect(show(<ConflictList conflicts={[]} />)).toContain('没有待处理的冲突')
  })

  it('has words for every kind of side, in both languages', () => {
    const side = { opId: 'o', by: '周岚', office: '', at: '2026-03-02T08:00:00.000Z' }
    const of = (member: string, value: unknown): ConflictView => ({
      id: 'x',
      planId: 'p' as never,
      entity: 'finding',
      entityId: 'f',
      member,
      name: '12',
      sides: [value === undefined ? side : { ...side, value }],
    })
    const said = (member: string, value: unknown) =>
      LANGS.map((lang) => sideWords(of(member, value), 0, i18next.getFixedT(lang), lang).join(' '))
    expect(said('severity', 'must')).toEqual(['必须修改', expect.stringMatching(/must/i)])
    expect(said('status', 'verified')).toEqual(['已核实', 'Verified'])
    expect(said('withdrawn', true)).toEqual(['已撤回', 'Withdrawn'])
    expect(said('exists', undefined)).toEqual(['移除', 'Removed'])
    expect(said('exists', true)).toEqual(['保留', 'Kept'])
    expect(said('evidence', [{}, {}])).toEqual(['2 个要素', 'Features: 2'])
    expect(said('text', '<b>x</b>')).toEqual(['<b>x</b>', '<b>x</b>'])
    expect(said('item', undefined)).toEqual(['（无）', '(nothing)'])
    const name = (member: string) => conflictName(of(member, 'x'), i18next.getFixedT('zh'), 'zh')
    expect([name('text'), name('reviewPoint')]).toEqual(['意见 12 · 问题', '意见 12 · 其他内容'])
  })
})
