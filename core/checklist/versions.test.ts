import { describe, expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { compareChecklists } from './compare-versions.ts'
import { parseChecklist } from './load.ts'
import { failedRuleTests } from './rule-tests.ts'
import type { Checklist, ChecklistItem, RuleTest } from './schema.ts'

const checklist = parseChecklist(json, 'green-low-carbon.json')
const withItem = (id: string, change: (item: ChecklistItem) => ChecklistItem): Checklist => ({
  ...checklist,
  version: '2.0.0',
  items: checklist.items.map((item) => (item.id === id ? change(item) : item)),
})

describe('two versions of a checklist', () => {
  it('are the same but for their number', () => {
    expect(compareChecklists(checklist, { ...checklist, version: '9' })).toEqual([])
  })

  it('differ in places that are named, and say whether a score can change', () => {
    const after = withItem('A02', (item) => ({ ...item, weight: 9, question: { ...item.question, en: 'Near enough?' } }))
    const changes = compareChecklists(checklist, { ...after, title: { ...after.title, zh: '本局清单' } })
    expect(changes.map(({ item, path, affectsScore }) => [item, path, affectsScore])).toEqual([
      [null, 'title.zh', false],
      ['A02', 'question.en', false],
      ['A02', 'weight', true],
    ])
    expect(changes[2]).toMatchObject({ kind: 'changed', after: 9 })
  })

  it('name items that came and went, and a rule that was taken off as one change', () => {
    const [first] = checklist.items
    if (!first) throw new Error('a checklist has items')
    const after = withItem('A02', (item) => ({ ...item, rule: null }))
    const changes = compareChecklists(checklist, { ...after, items: [...after.items.slice(1), { ...first, id: 'Z99' }] })
    expect(changes.map(({ item, kind, path }) => [item, kind, path])).toEqual([
      ['A02', 'changed', 'rule'],
      ['Z99', 'added', ''],
      [first.id, 'removed', ''],
    ])
    expect(changes.every(({ affectsScore }) => affectsScore)).toBe(true)
  })
})

describe('dimensions of two versions', () => {
  const [first, second, ...rest] = checklist.dimensions
  if (!first || !second) throw new Error('a checklist has dimensions')
  const pathsOf = (dimensions: Checklist['dimensions']) =>
    compareChecklists(checklist, { ...checklist, dimensions }).map(({ path, affectsScore }) => [path, affectsScore])

  it('are compared by what they are, not by their place', () => {
    expect(pathsOf([second, first, ...rest])).toEqual([['dimensionOrder', false]])
    expect(pathsOf([{ ...first, title: { ...first.title, zh: '底线' }, weight: 9 }, second, ...rest])).toEqual([
      [`dimensions.${first.id}.title.zh`, false],
      [`dimensions.${first.id}.weight`, true],
    ])
    expect(pathsOf([second, ...rest])).toEqual([[`dimensions.${first.id}`, true]])
    expect(pathsOf([...checklist.dimensions, { ...first, id: 'T' }])).toEqual([['dimensions.T', true]])
  })
})

describe('the test cases of a rule', () => {
  const edges = checklist.items.find(({ rule }) => rule?.kind === 'edges' && rule.better === 'higher')
  if (edges?.rule?.kind !== 'edges') throw new Error('the checklist has a rule of edges')
  const top = edges.rule.edges.findLast((edge) => edge !== null) ?? 0
  const tested = (tests: RuleTest[]) => failedRuleTests(withItem(edges.id, (item) => ({ ...item, tests })))

  it('hold at the edge, fall below it, and a gap is no zero', () => {
    const level = edges.rule?.kind === 'edges' ? edges.rule.edges.lastIndexOf(top) + 1 : 0
    expect(
      tested([
        { value: top + 1, level },
        { value: null, level: null },
      ]),
    ).toEqual([])
    expect(tested([{ value: null, level: 0 }])).toEqual([{ item: edges.id, at: 0, expected: 0, found: null }])
    expect(
      tested([
        { value: top + 1, level },
        { value: top + 1, level: 0 },
      ]),
    ).toEqual([{ item: edges.id, at: 1, expected: 0, found: level }])
  })
})
