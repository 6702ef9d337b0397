import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ItemEntry, Level, ScoringInput } from '../checklist/result.ts'
import { scoreChecklist } from '../checklist/score.ts'
import { exampleChecklist, exampleHash, exampleInput } from '../memo/fixture.ts'
import { scoringInput } from '../memo/scoring-input.ts'
import { verdictSwings } from './verdict-swing.ts'

const input: ScoringInput = scoringInput(exampleInput(exampleHash))
const rank = (id: string): number => {
  const at = exampleChecklist.opinions.findIndex((opinion) => opinion.id === id)
  return at < 0 ? exampleChecklist.opinions.length : at
}
const entryOf = (item: string, level: Level): ItemEntry => ({
  item,
  level,
  notApplicable: false,
  reason: 'x',
  document: null,
  page: null,
  by: '',
  at: '',
})
const withLevel = (entries: readonly ItemEntry[], item: string, level: Level) =>
  scoreChecklist(exampleChecklist, {
    ...input,
    entries: [...entries.filter((entry) => entry.item !== item), entryOf(item, level)],
  })
const entries = fc
  .tuple(...['B01', 'B02', 'B03', 'A03', 'A04'].map((item) => fc.option(fc.nat(4).map((level) => entryOf(item, level as Level)))))
  .map((all) => all.filter((entry) => entry !== null))

describe('what would change a verdict', () => {
  it('is what scoring says of each item at another level, the nearest level first', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const { swings, opinion } = verdictSwings(exampleChecklist, { ...input, entries: given })
        for (const { id, level, low, high, better, worse, flips } of swings) {
          for (const at of [low, high])
            expect(withLevel(given, id, at.level)).toMatchObject({ total: at.total, opinion: at.opinion })
          expect(Math.abs(low.level - level) <= 1 && Math.abs(high.level - level) <= 1).toBe(true)
          expect(flips).toBe(low.opinion.id !== opinion.id || high.opinion.id !== opinion.id)
          for (let between = level + 1; between < (better?.level ?? 5); between++)
            expect(rank(withLevel(given, id, between as Level).opinion.id)).toBeGreaterThanOrEqual(rank(opinion.id))
          expect(better === null || rank(better.opinion.id) < rank(opinion.id)).toBe(true)
          expect(worse === null || rank(worse.opinion.id) > rank(opinion.id)).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('names a way up that leads up, lifts only what is judged, and is none at the top', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const base = scoreChecklist(exampleChecklist, { ...input, entries: given })
        const { wayUp } = verdictSwings(exampleChecklist, { ...input, entries: given })
        const steps = wayUp?.steps ?? []
        const levels = new Map(base.items.map(({ id, level }) => [id, level]))
        for (const { id, from, to } of steps) expect([levels.get(id), to > from]).toEqual([from, true])
        const lifted = [
          ...given.filter(({ item }) => !steps.some(({ id }) => id === item)),
          ...steps.map(({ id, to }) => entryOf(id, to)),
        ]
        const after = scoreChecklist(exampleChecklist, { ...input, entries: lifted })
        expect(wayUp === null || (after.opinion.id === wayUp.opinion.id && rank(after.opinion.id) < rank(base.opinion.id))).toBe(
          true,
        )
        expect(rank(base.opinion.id) > 0 || wayUp === null).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('mends a failed gate before anything else', () => {
    const { wayUp } = verdictSwings(exampleChecklist, input)
    expect(wayUp?.steps[0]?.id).toBe('B01')
  })
})
