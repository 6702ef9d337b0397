import type { Measurement } from '../model/measurement.ts'
import { toBase, UNITS } from '../model/units.ts'
import { levelFromRule } from './rules.ts'
import type { Level } from './result.ts'
import type { Checklist, ChecklistItem, RuleTest } from './schema.ts'

/** A test case of a checklist that its rule does not hold, with what came out instead. */
export interface FailedRuleTest {
  item: string
  /** Place among the item's tests, from 0. */
  at: number
  expected: Level | null
  found: Level | null
}

/** Runs the test cases that a checklist carries with its rules. Empty when the rules prove what they promise. */
export const failedRuleTests = (checklist: Checklist): FailedRuleTest[] => checklist.items.flatMap(ofItem)

function ofItem(item: ChecklistItem): FailedRuleTest[] {
  const { rule, tests = [], id } = item
  if (rule === null) return []
  return tests.flatMap((test, at) => {
    const found = levelFromRule(id, rule, measured(item, test))
    return found === test.level ? [] : [{ item: id, at, expected: test.level as Level | null, found }]
  })
}

/** The measurement that a test case describes: its value in the item's unit, details in base units as rules read them. */
function measured({ unit, rule }: ChecklistItem, { value, details = {} }: RuleTest): Measurement {
  const inUnit = rule?.kind === 'edges' ? rule.unit : unit
  return {
    id: rule?.indicator ?? '',
    version: 1,
    outcome:
      value === null
        ? { kind: 'missing', why: { zh: '试验：缺数据', en: 'Test: no data' }, needs: [] }
        : { kind: 'value', value: toBase(value, inUnit), unit: UNITS[inUnit].base },
    method: { zh: '', en: '' },
    basis: 'ellipsoidal',
    parameters: {},
    details,
    evidence: [],
    evidenceTotal: 0,
    inputs: {},
    notes: [],
  }
}
