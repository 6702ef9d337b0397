import { describe, expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { describeError, AppError } from '../errors.ts'
import { parseChecklist } from './load.ts'

/** A copy of the real file with one thing changed by path. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(json))
  let at = copy as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  const last = path.at(-1) ?? ''
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}

const problemOf = (file: unknown): { path: string; problem: string } => {
  try {
    parseChecklist(file, 'own.json')
  } catch (error) {
    if (error instanceof AppError && error.code === 'checklist.invalid') return error.params as { path: string; problem: string }
    throw error
  }
  throw new Error('the checklist was accepted')
}

const N06 = json.items.findIndex(({ id }) => id === 'N06')
const B01 = json.items.findIndex(({ id }) => id === 'B01')

describe('reading a checklist', () => {
  it.each([
    ['not an object', [], '(root)'],
    ['a word for a weight', changed(['items', 0, 'weight'], 'four'), 'items[0].weight'],
    ['an unknown key', changed(['items', 3, 'colour'], 'red'), 'items[3]'],
    ['a missing English title', changed(['items', 1, 'title', 'en'], undefined), 'items[1].title.en'],
    ['an unknown city kind', changed(['items', 1, 'applies', 'cities'], ['huge']), 'items[1].applies.cities[0]'],
    ['two items of one id', changed(['items', 1, 'id'], 'B01'), 'items[1].id'],
    ['weights beyond 100', changed(['items', 0, 'weight'], 5), 'items[].weight'],
    ['a dimension that says another sum', changed(['dimensions', 0, 'weight'], 15), 'dimensions[0].weight'],
    ['an unknown dimension', changed(['items', 0, 'dimension'], 'Z'), 'items[0].dimension'],
    ['a level twice', changed(['items', 2, 'levels', 1, 'level'], 2), 'items[2].levels'],
    ['edges that fall', changed(['items', N06, 'rule', 'edges'], [0.2, 0.5, 0.4, 1]), `items[${N06}].rule.edges[2]`],
    ['edges in the wrong direction', changed(['items', N06, 'rule', 'better'], 'lower'), `items[${N06}].rule.edges[1]`],
    ['no edge at all', changed(['items', N06, 'rule', 'edges'], [null, null, null, null]), `items[${N06}].rule.edges`],
    [
      'a comparison without a number',
      changed(['items', B01, 'rule', 'cases', 1, 'all', 0, 'than'], undefined),
      `items[${B01}].rule.cases[1].all[0].than`,
    ],
    ['data nobody knows', changed(['items', 0, 'needs', 0], 'dragons'), 'items[0].needs[0]'],
    ['a cap that is no opinion', changed(['gateOpinion'], 'perhaps'), 'gateOpinion'],
    ['bands out of order', changed(['opinions', 1, 'min'], 90), 'opinions[].min'],
    ['bands that leave a gap below', changed(['opinions', 4, 'min'], 10), 'opinions[].min'],
  ])('refuses %s and names the place', (_, file, path) => {
    const found = problemOf(file)
    expect(found.path).toBe(path)
    expect(found.problem.length).toBeGreaterThan(3)
  })

  it('says so in both languages', () => {
    const wire = { code: 'checklist.invalid', params: { file: 'own.json', path: 'items[0]', problem: 'no title' } } as const
    expect(describeError(wire, 'en').cause).toBe('In “own.json”, items[0] is wrong: no title')
    expect(describeError(wire, 'zh').cause).toContain('own.json')
  })

  it('accepts two levels at one number where only the better excludes it', () => {
    const file = changed(['items', N06, 'rule'], {
      kind: 'edges',
      indicator: 'N06',
      unit: 'percent',
      better: 'lower',
      edges: [1, 0, 0, -1],
      open: [3, 4],
    })
    expect(parseChecklist(file, 'own.json').items[N06]?.rule).toMatchObject({ open: [3, 4] })
  })
})
