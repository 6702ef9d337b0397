import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../memo/canonical.ts'
import { checkedOp } from './check.ts'
import { bodyOf, foldAll } from './fold.ts'
import { planMerge, type Incoming } from './merge.ts'
import type { SharedOp } from './operation.ts'
import { DEEDS, playHistory, type Deed } from './random-history.ts'

/** Histories for each property; 2,500 (10,000 in all) passed when this was written. */
const numRuns = 150
const OFFICES = 3

const deed: fc.Arbitrary<Deed> = fc.record({
  office: fc.nat(OFFICES - 1),
  kind: fc.constantFrom(...DEEDS),
  pick: fc.nat(50),
  value: fc.nat(50),
})
const histories = fc.array(deed, { minLength: 4, maxLength: 60, size: 'max' }).map((deeds) => playHistory(deeds, OFFICES))
/** Histories with a random order for whatever is to be put in one. */
const shuffled = fc.tuple(histories, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }))

const file = (ops: readonly SharedOp[], fileName = 'x.greenprint'): Incoming => ({
  fileName,
  sha256: '0'.repeat(64),
  by: '—',
  at: '2026-03-02T00:00:00.000Z',
  ops,
})
const mergedSet = (here: readonly SharedOp[], ...others: (readonly SharedOp[])[]): SharedOp[] => [
  ...here,
  ...planMerge(
    here,
    others.map((ops, at) => file(ops, `${at}.greenprint`)),
  ).added,
]
/** All that a set of operations comes to, conflicts too, the same text for the same state. */
const stateOf = (ops: readonly SharedOp[]): string =>
  canonicalJson(
    [...foldAll(ops)]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, subject]) => [key, bodyOf(subject), subject.conflicts]) as unknown as Parameters<typeof canonicalJson>[0],
  )
const inOrder = <T>(list: readonly T[], order: readonly number[]): T[] =>
  list
    .map((value, at) => [order[at % order.length] ?? 0, at, value] as const)
    .toSorted(([a, i], [b, j]) => a - b || i - j)
    .map(([, , value]) => value)

describe('a merge of random histories', { timeout: 600_000 }, () => {
  it('says something: there are conflicts, removals, steps taken back and choices among them', () => {
    const seen = { conflicts: 0, removed: 0, undone: 0, resolutions: 0 }
    fc.assert(
      fc.property(histories, (sets) => {
        const all = mergedSet(sets[0] ?? [], ...sets.slice(1))
        const subjects = [...foldAll(all).values()]
        seen.conflicts += subjects.reduce((sum, { conflicts }) => sum + conflicts.length, 0)
        seen.removed += subjects.filter((subject) => bodyOf(subject) === null).length
        seen.undone += all.filter(({ undoOf }) => undoOf !== null).length
        seen.resolutions += all.filter(({ entity }) => entity === 'resolution').length
      }),
      { numRuns: 150, seed: 7 },
    )
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(20)
  })

  it('is commutative: files in any order, operations in any order, and every office ends with the same state', () => {
    fc.assert(
      fc.property(shuffled, ([sets, order]) => {
        const [a = [], b = [], c = []] = sets
        const wanted = stateOf(mergedSet(a, b, c))
        expect(stateOf(mergedSet(b, c, a))).toBe(wanted)
        expect(stateOf(mergedSet(c, a, b))).toBe(wanted)
        expect(stateOf(inOrder(mergedSet(a, b, c), order))).toBe(wanted)
      }),
      { numRuns },
    )
  })

  it('is associative: one after the other, or some together before', () => {
    fc.assert(
      fc.property(histories, ([a = [], b = [], c = []]) => {
        const wanted = stateOf(mergedSet(a, b, c))
        expect(stateOf(mergedSet(mergedSet(a, b), c))).toBe(wanted)
        expect(stateOf(mergedSet(a, mergedSet(b, c)))).toBe(wanted)
      }),
      { numRuns },
    )
  })

  it('is idempotent: what was merged adds nothing a second time, also three times in one go', () => {
    fc.assert(
      fc.property(histories, ([a = [], b = []]) => {
        const once = mergedSet(a, b)
        const again = planMerge(once, [file(b), file(a), file(b), file(once)])
        expect(again.added).toEqual([])
        expect(again.parts.map(({ merged, dropped }) => [merged, dropped])).toEqual(Array.from({ length: 4 }, () => [0, 0]))
        expect(stateOf(mergedSet(once, b, b, b))).toBe(stateOf(once))
      }),
      { numRuns },
    )
  })

  it('drops nothing: every operation of every office is there word for word, and the receipt adds up', () => {
    fc.assert(
      fc.property(histories, ([a = [], ...others]) => {
        const { parts, added } = planMerge(
          a,
          others.map((ops) => file(ops)),
        )
        const union = new Map([...a, ...added].map((op) => [op.id, op]))
        for (const op of [a, ...others].flat()) expect(union.get(op.id)).toEqual(op)
        expect(union.size).toBe(new Set([a, ...others].flat().map(({ id }) => id)).size)
        for (const [at, part] of parts.entries()) {
          expect(part).toMatchObject({ in: others[at]?.length, dropped: 0 })
          expect(part.merged + part.already).toBe(part.in)
        }
        expect(parts.reduce((sum, { merged }) => sum + merged, 0)).toBe(added.length)
      }),
      { numRuns },
    )
  })

  it('takes every operation that people make: it goes through the check of a package unchanged', () => {
    fc.assert(
      fc.property(histories, (sets) => {
        for (const op of sets.flat().filter(({ entity }) => entity !== 'plan'))
          expect(checkedOp(JSON.parse(JSON.stringify(op)), 'operations.jsonl:1')).toEqual(op)
      }),
      { numRuns: 40 },
    )
  })

  it('refuses an operation that says something else than the one that is known by its id', () => {
    const [a = []] = playHistory([{ office: 0, kind: 'write', pick: 0, value: 1 }])
    const lie = a.map((op) => (op.entity === 'finding' ? { ...op, after: { ...op.after, text: '另有说法' } } : op))
    expect(() => planMerge(a, [file(lie)])).toThrow('share.operation-differs')
  })
})
