import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { parseChecklist } from './load.ts'
import type { ItemEntry, Level } from './result.ts'
import type { Checklist } from './schema.ts'
import { scoreChecklist } from './score.ts'

/** What the second implementation is told: nothing but what the written rule speaks of. */
interface Asked {
  dimension: string
  weight: number
  gate: boolean
  /** null: no answer; 'na': does not apply. */
  level: Level | null | 'na'
}

/**
 * The rule as it is written, read a second time: total = 100·Σ(w·s)/(4·Σw) over applicable and answered items; not applicable is
 * excluded; no answer is not zero and lowers the coverage; a gate at level 0 caps the opinion; bands ≥85, 70–85, 55–70, <55, and
 * none below half of the weight. Worked out in whole numbers of a thousandth of a point, so that it shares no arithmetic.
 */
function second(items: readonly Asked[]): { total: number | null; coverage: number; opinion: string } {
  const inThousandths = items.map((item) => ({ ...item, weight: BigInt(Math.round(item.weight * 1000)) }))
  const applicable = inThousandths.filter(({ level }) => level !== 'na')
  let [all, answered, points] = [0n, 0n, 0n]
  for (const { weight, level } of applicable) {
    all += weight
    if (typeof level !== 'number') continue
    answered += weight
    points += weight * BigInt(level)
  }
  const total = answered === 0n ? null : Number((points * 10n ** 15n * 100n) / (4n * answered)) / 1e15
  const isCapped = applicable.some(({ gate, level }) => gate && level === 0)
  return { total, coverage: all === 0n ? 0 : Number(answered) / Number(all), opinion: opinionOf(points, answered, all, isCapped) }
}

/** Bands compared without a division: total ≥ t is 100·points ≥ t·4·answered. */
function opinionOf(points: bigint, answered: bigint, all: bigint, isCapped: boolean): string {
  if (answered === 0n || 2n * answered < all) return isCapped ? 'resubmit' : 'not-judged'
  const reaches = (band: bigint) => 100n * points >= band * 4n * answered
  if (!reaches(55n)) return 'refuse'
  if (isCapped) return 'resubmit'
  if (reaches(85n)) return 'approve'
  return reaches(70n) ? 'approve-revise' : 'revise-review'
}

const shipped = parseChecklist(json, 'green-low-carbon.json')
const [pattern] = shipped.items

const asked: fc.Arbitrary<Asked> = fc.record({
  dimension: fc.constantFrom('B', 'N', 'Q'),
  weight: fc.integer({ min: 1, max: 20_000 }).map((thousandths) => thousandths / 1000),
  gate: fc.boolean(),
  level: fc.constantFrom<Asked['level']>(0, 1, 2, 3, 4, null, 'na'),
})

/** A checklist and entries that say what was asked. */
function given(items: readonly Asked[]): { checklist: Checklist; entries: ItemEntry[] } {
  if (pattern === undefined) throw new Error('the shipped checklist is empty')
  const idOf = (at: number) => `X${String(at).padStart(2, '0')}`
  return {
    checklist: {
      ...shipped,
      items: items.map(({ dimension, weight, gate }, at) => ({ ...pattern, id: idOf(at), dimension, weight, gate, rule: null })),
    },
    entries: items.flatMap(({ level }, at) => {
      const entry = { item: idOf(at), reason: '依据', document: null, page: null, by: '', at: '2026-01-01T00:00:00Z' }
      if (level === null) return []
      return [{ ...entry, level: level === 'na' ? null : level, notApplicable: level === 'na' }]
    }),
  }
}

const scored = (items: readonly Asked[]) => {
  const { checklist, entries } = given(items)
  return scoreChecklist(checklist, { measurements: [], entries, cityKind: 'large', planLevel: 'master' })
}

describe('scoring and a second reading of its rule', () => {
  it('agree on total, coverage, opinion and every dimension', () => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 60 }), (items) => {
        const [first, again] = [scored(items), second(items)]
        expect(first.total === null).toBe(again.total === null)
        expect(first.total ?? 0).toBeCloseTo(again.total ?? 0, 9)
        expect(first.coverage).toBeCloseTo(again.coverage, 12)
        for (const { id, score } of first.dimensions) {
          const own = second(items.filter(({ dimension }) => dimension === id)).total
          expect(score === null).toBe(own === null)
          expect(score ?? 0).toBeCloseTo(own ?? 0, 9)
        }
        // On a band or on half of the weight, rounding in the last place may fall on either side.
        const isOnEdge = [55, 70, 85].some((band) => Math.abs((again.total ?? 0) - band) < 1e-9)
        fc.pre(!isOnEdge && Math.abs(again.coverage - 0.5) > 1e-9)
        expect(first.opinion.id).toBe(again.opinion)
      }),
      { numRuns: 500 },
    )
  })

  it('both give 61.538 for levels 3, 2, n/a, 2 with weights 3, 1.5, 1, 2', () => {
    const levels = [3, 2, 'na', 2] as const
    const items = [3, 1.5, 1, 2].map((weight, at) => ({ dimension: 'B', weight, gate: false, level: levels[at] ?? null }))
    expect([scored(items).total, second(items).total].map((total) => total?.toFixed(3))).toEqual(['61.538', '61.538'])
  })
})
