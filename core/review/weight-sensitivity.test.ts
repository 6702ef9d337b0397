import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { parseChecklist } from '../checklist/load.ts'
import type { ItemEntry, Level } from '../checklist/result.ts'
import { weightSensitivity } from './weight-sensitivity.ts'

const checklist = parseChecklist(json, 'green-low-carbon.json')
const judge = (item: string, level: Level): ItemEntry => ({
  item,
  level,
  notApplicable: false,
  reason: '见文本',
  document: null,
  page: null,
  by: 'x',
  at: '2025-01-01T00:00:00Z',
})
const input = (entries: ItemEntry[]) => ({ measurements: [], entries, cityKind: 'super', planLevel: 'master' })

it('a fifth more or less of a weight moves the total as the sum says', () => {
  const [a, b] = checklist.items.filter(({ id }) => id === 'A02' || id === 'N07')
  if (!a || !b) throw new Error('A02 and N07 are in the checklist')
  const { total, swings } = weightSensitivity(checklist, input([judge(a.id, 4), judge(b.id, 1)]), 'item', 0.2)
  const by = (wa: number, wb: number) => (100 * (4 * wa + wb)) / (4 * (wa + wb))
  expect(total).toBeCloseTo(by(a.weight, b.weight), 12)
  const ofA = swings.find(({ id }) => id === a.id)
  expect(ofA?.low.total).toBeCloseTo(by(0.8 * a.weight, b.weight), 12)
  expect(ofA?.high.total).toBeCloseTo(by(1.2 * a.weight, b.weight), 12)
  expect(swings).toHaveLength(2)
})

it('the total lies between its swings, the largest comes first, and equal levels do not swing', () => {
  const levels = fc.array(fc.constantFrom<Level>(0, 1, 2, 3, 4), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(levels, fc.constantFrom('item' as const, 'dimension' as const), (given, by) => {
      const entries = given.map((level, at) => judge(checklist.items[at * 4]?.id ?? 'A02', level))
      const { total, swings } = weightSensitivity(checklist, input(entries), by, 0.2)
      for (const { low, high } of swings) {
        const ends = [low.total ?? 0, high.total ?? 0].toSorted((x, y) => x - y)
        expect(ends[0]).toBeLessThanOrEqual((total ?? 0) + 1e-9)
        expect(ends[1]).toBeGreaterThanOrEqual((total ?? 0) - 1e-9)
      }
      expect(swings.map(({ swing }) => swing)).toEqual(swings.map(({ swing }) => swing).toSorted((x, y) => y - x))
    }),
    { numRuns: 30 },
  )
  const same = checklist.items.map(({ id }) => judge(id, 2))
  expect(weightSensitivity(checklist, input(same), 'dimension', 0.2).swings.filter(({ swing }) => swing > 1e-9)).toEqual([])
})
