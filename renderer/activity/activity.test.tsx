import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LANGS } from '#core/text.ts'
import { AppError } from '#core/errors.ts'
import { nothing, startWords, words as show } from '../api/fake/show.tsx'
import { ActivityLists } from './activity-dialog.tsx'

beforeAll(async () => {
  await startWords()
})

describe.each(LANGS)('jobs and messages in %s', (lang) => {
  beforeEach(async () => {
    await i18next.changeLanguage(lang).then(nothing)
  })
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('say what to expect while there are none', () => {
    const words = show(<ActivityLists running={[]} ended={[]} said={[]} />)
    expect(words).toContain(either('目前没有进行中的任务', 'Nothing is running now'))
    expect(words).toContain(either('尚无任务', 'No jobs yet'))
    expect(words).toContain(either('尚无消息', 'No messages yet'))
  })

  it('list what runs with a way to stop it, and what ended with how long it took and why it failed', () => {
    const error = new AppError('request.disconnected', {}).toWire()
    const ended = { id: 1, name: 'memo.export', startedMs: Date.UTC(2026, 10, 22), tookMs: 2340 } as const
    const progress = { done: 1, total: 4, label: { zh: '测算 A01', en: 'Measuring A01' } }
    const running = [{ id: 2, name: 'analysis.run', startedMs: 0, progress, cancel: nothing }] as const
    const said = [{ id: 1, tone: 'done', text: 'hello', at: '2026-11-22T00:00:00.000Z', read: false }] as const
    const words = show(
      <ActivityLists running={running} ended={[{ ...ended, outcome: 'failed', error, result: null }]} said={said} />,
    )
    for (const expected of [
      either('运行分析', 'Analysis'),
      either('测算 A01', 'Measuring A01'),
      either('取消', 'Cancel'),
      either('导出意见书', 'Exporting the memo'),
      either('失败', 'Failed'),
      either('用时 2.3 秒', 'took 2.3 s'),
      either('未读', 'Unread'),
      'hello',
    ])
      expect(words).toContain(expected)
    expect(words.length).toBeGreaterThan(100)
  })
})
