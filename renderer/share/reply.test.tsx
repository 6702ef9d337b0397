import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CallContext } from '#core/contract/procedures.ts'
import type { ReplyLook } from '#core/contract/reply-procedures.ts'
import { sampleReplies } from '#core/contract/sample-reply.ts'
import type { FileToken } from '#core/model/ids.ts'
import { markup, nothing, startWords, textOf, words as show } from '../api/fake/show.tsx'
import { ChosenReply } from './reply-dialog.tsx'

const call: CallContext = { signal: { aborted: false, addEventListener: () => undefined }, progress: () => undefined }
const files = 'f' as FileToken
let looks: ReplyLook[]

beforeAll(async () => {
  await startWords()
  looks = await sampleReplies['replies.look']({ files }, call)
})
beforeEach(() => i18next.changeLanguage('zh'))

const drawn = (at: number, leftOut: string[] = []) => {
  const look = looks[at]
  if (look === undefined) throw new Error('no such sample')
  return <ChosenReply look={look} files={files} leftOut={new Set(leftOut)} onLeaveOut={nothing} />
}

describe('answers of the applicant', () => {
  it('are shown beside their findings, with what is wrong with each, before anything is brought in', async () => {
    const zh = show(drawn(0))
    for (const part of [
      '青岚市规划设计院 答复，2026-03-20',
      '采纳',
      '已补齐绿楔。',
      '未答复',
      '对方改动了表中的题面',
      '已被删去的意见：15',
    ])
      expect(zh).toContain(part)
    await i18next.changeLanguage('en')
    const en = show(drawn(0))
    for (const part of ['Answered by 青岚市规划设计院', 'Partly adopted', 'Not answered', 'The question was changed in the file'])
      expect(en).toContain(part)
  })

  it('only those that can be brought in have a tick, which names its finding', () => {
    const html = markup(drawn(0))
    expect(html).toContain('aria-label="带入意见 12 的答复"')
    expect(html).toContain('aria-label="带入意见 14 的答复"')
    expect(html).not.toContain('aria-label="带入意见 13 的答复"')
  })

  it('are written here where the review is not known: every question, its answer and its outcome', () => {
    const text = textOf(markup(drawn(1)))
    for (const part of [
      '可以在这里填写答复',
      '绿楔在环路处断开。',
      '补齐绿楔，净宽不小于 60 米。',
      '对意见 13 的答复',
      '意见 12 的办理情况',
      '保存答复',
    ])
      expect(text).toContain(part)
  })

  it('that are none are refused with what to do', async () => {
    expect(show(drawn(2))).toContain('不是答复文件')
    await i18next.changeLanguage('en')
    expect(show(drawn(2))).toContain('Not a file of answers')
  })
})
