import { expect, it } from 'vitest'
import type { ChecklistItem } from '../checklist/schema.ts'
import type { Measurement } from '../model/measurement.ts'
import { outcomeText, valueText } from './words.ts'

const measured = (value: number) => ({ outcome: { kind: 'value', value, unit: 'ratio' } }) as Measurement
const atMost: Pick<ChecklistItem, 'unit' | 'rule'> = {
  unit: 'multiple',
  rule: { kind: 'cases', indicator: 'X', cases: [{ level: 2, all: [{ path: 'value', is: '<=', than: 1.25 }] }] },
}

it('never rounds a value to a limit that it misses', () => {
  const textOf = (value: number) => outcomeText(measured(value), atMost, 'zh')
  expect([1.2524, 1.25, 1.2499, 1.31].map(textOf)).toEqual(['1.252 倍', '1.25 倍', '1.2499 倍', '1.31 倍'])
})

it('does not reckon noise as a miss, and leaves units of another kind alone', () => {
  expect(outcomeText(measured(1.25 + 1e-13), atMost, 'en')).toBe('1.25 ×')
  expect(outcomeText(measured(0.5), { unit: 'ha', rule: null }, 'en')).toBe('0.500')
})

it('writes figures below zero with a true minus sign', () => {
  expect(valueText(-0.102, 'ratio', 'percent', 'zh')).toBe('−10.2%')
  expect(valueText(-120_000, 'm2', 'ha', 'en')).toBe('−12.00 ha')
})
