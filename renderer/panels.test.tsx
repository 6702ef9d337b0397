import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import i18next from 'i18next'
import { AppError } from '#core/errors.ts'
import type { FindingId, PlanId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { FAKE_REVIEW, FAKE_TIME, fakeInspection, fakeMeasurements } from './api/fake/fake-data.ts'
import { fakeChecklist, fakeView } from './api/fake/fake-handlers.ts'
import { nothing, markup as show, textOf as text, startWords } from './api/fake/show.tsx'
import { ChecklistPanel } from './checklist/checklist-panel.tsx'
import { ItemDetail } from './checklist/item-detail.tsx'
import { itemRows } from './checklist/item-list.ts'
import { FindingDetail } from './findings/finding-detail.tsx'
import { FindingsPanel } from './findings/findings-panel.tsx'
import { findingRows } from '#core/review/finding-rows.ts'
import { composeMemo } from '#core/memo/compose.ts'
import { exampleFinding, exampleHash, exampleInput } from '#core/memo/fixture.ts'
import { POLYGLOTS } from '#core/memo/polyglots.ts'
import { importDraft } from '#core/intake/draft.ts'
import { InspectionView } from './import/inspection-view.tsx'
import { LostScreen } from './lost-screen.tsx'
import { MemoBlock } from './memo/memo-blocks.tsx'
import { ErrorNotice } from './ui/error-notice.tsx'
import { JobProgress } from './ui/job-progress.tsx'
import { ChecklistChooser } from './workbench/checklist-chooser.tsx'
import { LayersPanel } from './workbench/layers-panel.tsx'

const finding = (number: number, withdrawn: boolean): Finding => ({
  id: `f${number}` as FindingId,
  reviewId: FAKE_REVIEW,
  number,
  item: 'B01',
  severity: 'must',
  text: '<b>东北片区</b>压占红线',
  action: '退出红线',
  evidence: [{ layer: 'landuse_plan', fid: 4901 }],
  withdrawn,
  by: '李审查',
  at: FAKE_TIME,
})

const review = (measured: boolean, findings: Finding[] = []) => ({
  checklist: fakeChecklist,
  view: fakeView({ measurements: measured ? fakeMeasurements : [], entries: [], findings }),
})

/** Rendering on the server always reads the store's first state, so the item is shown without going through the list. */
const showItem = (id: string) => {
  const opened = review(true)
  const row = itemRows(opened.checklist, opened.view).find(({ item }) => item.id === id)
  if (!row) throw new Error(`no item ${id}`)
  return show(<ItemDetail row={row} review={opened} groups={[]} />)
}

beforeAll(async () => {
  await startWords()
})

describe.each(LANGS)('panels in %s', (lang: Lang) => {
  beforeEach(async () => {
    await i18next.changeLanguage(lang)
  })
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('checklist before the analysis says that nothing is measured', () => {
    expect(text(show(<ChecklistPanel review={review(false)} />))).toContain(either('尚未分析', 'Not analysed yet'))
  })
  it('checklist after it shows the failed gate first, the value and its unit', () => {
    const words = text(show(<ChecklistPanel review={review(true)} />))
    expect(words).toMatch(either('B01 三条控制线落实 未通过', 'B01 Three control lines respected failed'))
    expect(words).toContain(either('8.50 公顷', '8.50 ha'))
  })
  it('an item shows its number, its proof, its levels with their certainty, and what is missing', () => {
    const measured = text(showItem('B01'))
    expect(measured).toContain(either('压占生态保护红线 4.92 公顷', '4.92 ha inside the redline'))
    expect(measured).toContain(either('内插，供单位确认', 'interpolated, for the office to confirm'))
    expect(text(showItem('A03'))).toContain(either('缺少人口图层', 'There is no population layer'))
  })
  it('checklists are offered for choice only where there is one', () => {
    const lists = ['a', 'b'].map((id) => ({ id, version: '1.0.0', title: { zh: `表${id}`, en: `List ${id}` }, items: 3 }))
    const choice = (shown: typeof lists) => show(<ChecklistChooser lists={shown} value="a" onChange={nothing} />)
    expect(text(choice(lists))).toContain(either('审查依据', 'Reviewed against'))
    expect(text(choice(lists))).toContain(either('表b (1.0.0)', 'List b (1.0.0)'))
    expect(choice(lists.slice(0, 1))).toBe('')
  })
  it('findings keep their numbers, show text as text, and offer nothing for a withdrawn one', () => {
    const html = show(<FindingsPanel review={review(true, [finding(2, true), finding(1, false)])} />)
    expect(html).toContain('&lt;b&gt;东北片区&lt;/b&gt;')
    expect(html.indexOf('>1</td>')).toBeGreaterThan(0)
    expect(html.indexOf('>1</td>')).toBeLessThan(html.indexOf('>2</td>'))
    expect(text(html)).toContain(either('已撤回', 'Withdrawn'))
    expect(text(html)).toContain(either('2 条，待办 1', '2 findings, 1 pending'))
    const opened = review(true, [finding(1, false), finding(2, true)])
    const rows = findingRows(opened.view.findings, { checklist: opened.checklist, round: 1, replies: {} })
    const [standing = '', withdrawn = ''] = rows.map((row) => show(<FindingDetail row={row} rows={rows} review={opened} />))
    expect(standing).toContain(either('撤回第 1 条意见', 'Withdraw finding 1'))
    expect(text(standing)).toContain(either('已答复', 'Answered'))
    expect(withdrawn).not.toContain(either('撤回第 2 条意见', 'Withdraw finding 2'))
    expect(text(withdrawn)).toContain(either('编号保留', 'Its number stays'))
  })
  it('no findings: says how to begin', () => {
    expect(text(show(<FindingsPanel review={review(false)} />))).toContain(either('尚无意见', 'No findings yet'))
  })
  it('import names the refused file and asks for the coordinate system', () => {
    const draft = importDraft(fakeInspection)
    const words = text(
      show(
        <InspectionView
          inspection={fakeInspection}
          draft={draft}
          files={null}
          shift={null}
          onShift={nothing}
          onChange={nothing}
        />,
      ),
    )
    expect(words).toContain(either('不支持的文件类型', 'This file type is not supported'))
    expect(words).toContain(either('没有 .prj 文件', 'There is no .prj file'))
    expect(words).toContain('H9')
  })
  it('layers: waits, then fails in words, never silently', () => {
    expect(text(show(<LayersPanel planId={'plan' as PlanId} setup={null} error={null} onRetry={nothing} />))).toContain(
      either('正在读取', 'Loading'),
    )
    const failed = show(
      <LayersPanel
        planId={'plan' as PlanId}
        setup={null}
        error={new AppError('catalogue.not-found', { what: 'x' })}
        onRetry={nothing}
      />,
    )
    expect(text(failed)).toContain(either('找不到该记录', 'Not found'))
    expect(text(failed)).toContain(either('重试', 'Try again'))
  })
  it('a failure that nobody expected is a bug with a reference, not a stack', () => {
    const words = text(show(<ErrorNotice error={new TypeError('x is undefined at /home/a')} />))
    expect(words).toContain(either('程序出错', 'Something went wrong'))
    expect(words).not.toContain('/home/a')
  })
  it('a running job can always be stopped', () => {
    const progress = { done: 1, total: 4, label: { zh: '正在测算', en: 'Measuring' } }
    const words = text(show(<JobProgress label="" progress={progress} onCancel={nothing} />))
    expect(words).toContain('25%')
    expect(words).toContain(either('取消', 'Cancel'))
  })
  it('a lost connection offers to reconnect', () => {
    expect(text(show(<LostScreen connecting={false} error={null} onReconnect={nothing} />))).toContain(
      either('重新连接', 'Reconnect'),
    )
  })
})

describe('memo blocks', () => {
  it.each(POLYGLOTS)('show hostile words as words: %s', (words) => {
    const input = exampleInput(exampleHash, { findings: [exampleFinding(1, null, 'must', words, words)], side: 4 })
    const named = { ...input, result: { ...input.result, plan: { ...input.result.plan, name: words, nameZh: words } } }
    const html = composeMemo(named, 'zh')
      .sections.flatMap(({ blocks }) => blocks)
      .map((block) => show(<MemoBlock block={block} />))
      .join('')
    const escaped = show(<>{words}</>)
    expect(html.split(escaped).length).toBeGreaterThan(4)
    expect(html).not.toMatch(/<(script|iframe|svg|use|b)\b/i)
  })

  it('print what was composed, as text', () => {
    const html = show(
      <MemoBlock
        block={{
          kind: 'table',
          caption: 'c',
          head: [{ runs: [{ text: 'h' }] }],
          rows: [[{ runs: [{ text: '<i>1</i>', strong: true }], align: 'right' }]],
          widths: [1],
        }}
      />,
    )
    expect(html).toContain('&lt;i&gt;1&lt;/i&gt;')
    expect(html).toContain('class="right"')
    expect(html).toContain('<th scope="col">')
  })
})
