import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { parseChecklist } from '#core/checklist/load.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import { addDimension, balance, freeLetter, moveDimension, removeDimension } from './dimensions.ts'
import { weightSums } from './draft.ts'

const checklist = parseChecklist(json, 'green-low-carbon.json')
const idsOf = ({ dimensions }: Checklist) => dimensions.map(({ id }) => id)
const added = (to: Checklist) => {
  const made = addDimension(to)
  if (made === null) throw new Error('no letter is left')
  return made
}

describe('dimensions of a draft', () => {
  it('a new one has a letter of its own and an item, and only its weight is too much', () => {
    const { checklist: longer, id } = added(checklist)
    expect(idsOf(longer)).toEqual([...idsOf(checklist), id])
    expect(longer.items.filter(({ dimension }) => dimension === id).map((item) => item.id)).toEqual([`${id}01`])
    expect(weightSums(longer)).toMatchObject({ total: 105 })
    expect(() => parseChecklist(balance(longer), 'draft')).not.toThrow()
    expect(removeDimension(longer, id)).toEqual(checklist)
  })

  it('no letter is given twice, and none when all are used', () => {
    let now = checklist
    while (freeLetter(now) !== null) now = added(now).checklist
    expect(new Set(idsOf(now)).size).toBe(26)
    expect(addDimension(now)).toBeNull()
  })

  it('one that moves takes its items along, and back again nothing has changed', () => {
    const moved = moveDimension(checklist, 'N', -1)
    expect(idsOf(moved).slice(0, 2)).toEqual(['N', 'B'])
    expect(moved.items[0]?.dimension).toBe('N')
    expect(moveDimension(moved, 'N', 1)).toEqual(checklist)
    expect(moveDimension(checklist, 'B', -1)).toBe(checklist)
    expect(moveDimension(checklist, idsOf(checklist).at(-1) ?? '', 1)).toBe(checklist)
  })

  it('whatever is added, taken away and moved, scaling makes a checklist that can be published', () => {
    const act = fc.tuple(fc.constantFrom('add', 'remove', 'up', 'down'), fc.nat())
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let now = checklist
        for (const [what, n] of acts) {
          const id = idsOf(now)[n % now.dimensions.length] ?? ''
          if (what === 'add') now = addDimension(now)?.checklist ?? now
          else if (what === 'remove') now = now.dimensions.length > 1 ? removeDimension(now, id) : now
          else now = moveDimension(now, id, what === 'up' ? -1 : 1)
        }
        expect(() => parseChecklist(balance(now), 'draft')).not.toThrow()
      }),
    )
  })
})
