import { describe, expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { parseChecklist } from './load.ts'
import { failedRuleTests } from './rule-tests.ts'

const checklist = parseChecklist(json, 'green-low-carbon.json')
const ruled = checklist.items.flatMap(({ id, rule, tests = [] }) => (rule === null ? [] : [{ id, rule, tests }]))

describe('the cases that the shipped checklist carries', () => {
  it('hold: every rule does what its item says', () => {
    expect(failedRuleTests(checklist)).toEqual([])
  })

  it.each(ruled)('$id has a case inside every level and on every edge, and one without data', ({ rule, tests }) => {
    expect(tests).toContainEqual({ value: null, level: null })
    const edges = rule.kind === 'edges' ? rule.edges.filter((edge) => edge !== null) : []
    const levels =
      rule.kind === 'edges'
        ? rule.edges.flatMap((edge, at) => (edge === null ? [] : [at + 1]))
        : rule.cases.map((one) => one.level)
    expect(tests.map(({ value }) => value)).toEqual(expect.arrayContaining(edges))
    expect(tests.map(({ level }) => level)).toEqual(expect.arrayContaining(levels))
  })

  it('fail when an edge is moved: they would catch a wrong number', () => {
    for (const item of checklist.items) {
      const { rule } = item
      if (rule?.kind !== 'edges') continue
      for (const [at, edge] of rule.edges.entries()) {
        if (edge === null) continue
        const moved = { ...rule, edges: rule.edges.with(at, edge * 1.5 + (edge === 0 ? 3 : 0)) as typeof rule.edges }
        const failed = failedRuleTests({ ...checklist, items: [{ ...item, rule: moved }] })
        expect([item.id, at, failed.length > 0]).toEqual([item.id, at, true])
      }
    }
  })
})
