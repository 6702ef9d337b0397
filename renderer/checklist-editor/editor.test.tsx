import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { compareChecklists } from '#core/checklist/compare-versions.ts'
import { failedRuleTests } from '#core/checklist/rule-tests.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { fakeChecklist } from '../api/fake/fake-handlers.ts'
import { nothing, words as show, startWords } from '../api/fake/show.tsx'
import { ChangeList } from './change-list.tsx'
import { CheckPanel } from './check-panel.tsx'
import { placeWords, valueWords } from './change-words.ts'
import { detailsText, parseDetails } from './details-text.ts'
import { changeItem } from './draft.ts'
import { parseNumber } from './inputs.tsx'
import { ItemForm } from './item-form.tsx'
import { ItemNav } from './item-nav.tsx'

beforeAll(async () => {
  await startWords()
})

const changed = changeItem(fakeChecklist, 'A04', { weight: 3, gate: true })
const itemOf = (checklist: typeof changed, id: string) => {
  const item = checklist.items.find((one) => one.id === id)
  if (item === undefined) throw new Error(`no item ${id}`)
  return item
}

describe.each(LANGS)('the checklist editor in %s', (lang: Lang) => {
  beforeEach(() => i18next.changeLanguage(lang).then(nothing))
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('shows the sum of every dimension, and which is wrong', () => {
    const words = show(
      <ItemNav
        checklist={changed}
        chosen="A04"
        faulty={new Set(['A04'])}
        onChoose={nothing}
        onAdd={nothing}
        onSpread={nothing}
      />,
    )
    expect(words).toContain('101 / 100')
    expect(words).toContain('17 / 16')
    expect(words).toContain(either('有待改正', 'needs correction'))
    expect(words).toContain(either('按比例调平', 'Spread in proportion'))
  })

  it('tells changes that affect scores from changes of words', () => {
    const worded = changeItem(changed, 'B01', { title: { zh: '底线', en: 'Lines' } })
    const words = show(<ChangeList changes={compareChecklists(fakeChecklist, worded)} />)
    expect(words).toContain(either('改动 4 处，其中 2 处影响得分，涉及 1 项', 'Changes: 4, of which 2 affect scores, in 1 items'))
    expect(show(<ChangeList changes={[]} />)).toContain(either('没有改动', 'Nothing has changed'))
  })

  it('shows a form for edges and for cases, with test cases that hold and that do not', () => {
    for (const id of ['A04', 'B01']) {
      const words = show(
        <ItemForm
          checklist={fakeChecklist}
          item={itemOf(fakeChecklist, id)}
          failed={[]}
          faultAt={() => null}
          onChange={nothing}
          onRemove={nothing}
          onSpread={nothing}
        />,
      )
      expect(words).toContain(either('验证用例', 'Test cases'))
      expect(words).toContain(either('相符', 'holds'))
    }
    const item = itemOf(fakeChecklist, 'A04')
    const moved = changeItem(fakeChecklist, 'A04', { rule: { ...item.rule, edges: [6, 9, 10, 12] } as typeof item.rule })
    const failed = failedRuleTests(moved)
    const words = show(
      <ItemForm
        checklist={moved}
        item={itemOf(moved, 'A04')}
        failed={failed}
        faultAt={(path) => (path === 'weight' ? 'WRONG' : null)}
        onChange={nothing}
        onRemove={nothing}
        onSpread={nothing}
      />,
    )
    expect(words).toContain(either('实得 1 级', 'comes to level 1'))
    expect(words).toContain('WRONG')
  })

  it('says where a fault stands', () => {
    const at = fakeChecklist.items.findIndex(({ id }) => id === 'A04')
    const problem = { path: `items[${at}].rule.edges[1]`, problem: 'edges must rise from level 1 to 4' }
    const words = show(
      <CheckPanel checklist={changed} base="1.1.0" check={{ problem, failedTests: [] }} changes={[]} onGo={nothing} />,
    )
    expect(words).toContain(either('分界值须从 1 级到 4 级递增', 'Edges must rise from level 1 to 4'))
    expect(words).toContain(either('转到 A04', 'Go to A04'))
  })
})

it('parts of a test case are read as they are written', () => {
  const details = { exceeded: false, areaM2: 1200.5, share: null }
  expect(parseDetails(detailsText(details))).toEqual(details)
  expect([parseDetails(''), parseDetails('a='), parseDetails('a＝true，b=-1e3')]).toEqual([
    null,
    undefined,
    { a: true, b: -1000 },
  ])
})

it('numbers are read as people type them', () => {
  expect([' 1.5 ', '１２', '-0.5', '−3', '', 'x', '1.2.3'].map(parseNumber)).toEqual([
    1.5,
    12,
    -0.5,
    -3,
    null,
    undefined,
    undefined,
  ])
})

it('places and values of a file are said in words', () => {
  const places = [
    'levels[3].source.en',
    'rule.edges[1]',
    'weight',
    'dimensions.B.title.zh',
    'dimensions.T',
    'dimensionOrder',
    'applies.cities[2]',
    'title.zh',
  ]
  expect(places.map((path) => placeWords(path).zh)).toEqual([
    '3 级出处（英文）',
    '2 级分界值',
    '权重',
    '维度 B 名称（中文）',
    '维度 T ',
    '维度次序',
    '适用城市',
    '名称（中文）',
  ])
  expect([null, true, [1, 2], [{}], {}, 'x'.repeat(80)].map((value) => valueWords(value).en.length)).toEqual([4, 3, 4, 6, 5, 60])
})
