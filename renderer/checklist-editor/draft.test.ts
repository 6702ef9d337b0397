import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { parseChecklist } from '#core/checklist/load.ts'
import { AppError } from '#core/errors.ts'
import { addItem, changeItem, keepDraft, keptDraft, nextVersion, placeOf, removeItem, spreadRest, weightSums } from './draft.ts'
import { problemWords } from './problem-words.ts'

const checklist = parseChecklist(json, 'green-low-carbon.json')

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  })
})

/** The check's first fault, as the screen is told. */
function fault(draft: unknown): { path: string; problem: string } | null {
  try {
    parseChecklist(draft, 'draft')
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.params as { path: string; problem: string }
  }
}

describe('a draft of a checklist', () => {
  it('is kept over a restart, and forgotten when it is published or thrown away', () => {
    expect(keptDraft('a')).toBeNull()
    keepDraft('a', { base: '1.1.0', checklist })
    expect(keptDraft('a')).toEqual({ base: '1.1.0', checklist })
    expect(keptDraft('b')).toBeNull()
    keepDraft('a', null)
    expect(keptDraft('a')).toBeNull()
    localStorage.setItem('greenprint.checklist-draft.a', '{"base":')
    expect(keptDraft('a')).toBeNull()
  })

  it('proposes a version that is free', () => {
    expect(nextVersion('1.1.0', ['1.1.0'])).toBe('1.1.0-1')
    expect(nextVersion('1.1.0-1', ['1.1.0-1', '1.1.0-2'])).toBe('1.1.0-3')
  })

  it('whatever one weight becomes, spreading the rest makes the dimension right again', () => {
    const items = checklist.items.map(({ id }) => id)
    fc.assert(
      fc.property(fc.constantFrom(...items), fc.integer({ min: 1, max: 400 }), (id, hundredths) => {
        const dimension = checklist.items.find((item) => item.id === id)?.dimension ?? ''
        const changed = changeItem(checklist, id, { weight: hundredths / 100 })
        const spread = spreadRest(changed, dimension, id)
        expect(weightSums(spread).dimensions.every(({ isRight }) => isRight)).toBe(true)
        expect(spread.items.find((item) => item.id === id)?.weight).toBe(hundredths / 100)
        expect(fault(spread)).toBeNull()
      }),
    )
  })

  it('leaves weights alone where nothing is left for the others', () => {
    const heavy = changeItem(checklist, 'B01', { weight: 20 })
    expect(spreadRest(heavy, 'B', 'B01')).toBe(heavy)
    expect(weightSums(heavy).dimensions[0]).toMatchObject({ sum: 30, isRight: false })
    expect(weightSums(heavy).total).toBe(116)
  })

  it('gets a new item that only lacks its weight, and loses one', () => {
    const { checklist: longer, id } = addItem(checklist, 'N')
    expect(id).toBe('N09')
    expect(longer.items.map((item) => item.id).indexOf(id)).toBe(longer.items.map((item) => item.id).indexOf('N08') + 1)
    expect(fault(spreadRest(longer, 'N', id))).toBeNull()
    expect(removeItem(longer, id)).toEqual(checklist)
  })

  it('takes test cases away without leaving an empty member', () => {
    const without = changeItem(checklist, 'A04', { tests: [] })
    expect(Object.keys(without.items.find(({ id }) => id === 'A04') ?? {})).not.toContain('tests')
  })
})

describe('what is wrong with a draft', () => {
  const edges = (values: (number | null)[]) => {
    const item = checklist.items.find(({ id }) => id === 'A04')
    if (item?.rule?.kind !== 'edges') throw new Error('A04 has edges')
    return changeItem(checklist, 'A04', { rule: { ...item.rule, edges: values as [number, number, number, number] } })
  }
  it.each([
    [changeItem(checklist, 'A04', { weight: 3 }), null, '全部权重合计 101，应为 100'],
    [edges([6, 5, 10, 12]), 'A04', '分界值须从 1 级到 4 级递增'],
    [edges([null, null, null, null]), 'A04', '至少填写一个分界值'],
    [changeItem(checklist, 'A04', { title: { zh: '', en: 'x' } }), 'A04', '不能为空'],
    [changeItem(checklist, 'A04', { weight: 0 }), 'A04', '须大于 0'],
    [changeItem(checklist, 'A04', { applies: { cities: [], planLevels: ['master'] } }), 'A04', '至少选一项'],
    [changeItem(checklist, 'A04', { id: 'A03' }), 'A03', '编号“A03”重复'],
  ] as const)('is said at its place, in words (%#)', (draft, item, words) => {
    const found = fault(draft)
    expect(placeOf(draft, found?.path ?? '').item).toBe(item)
    expect(problemWords(found?.problem ?? '').zh).toBe(words)
    expect(problemWords(found?.problem ?? '').en).toMatch(/^[\x20-\x7e“”]+$/)
  })
})
