import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { CITY_KINDS, PLAN_LEVELS } from '../model/manifest.ts'
import type { Measurement } from '../model/measurement.ts'
import { parseChecklist } from './load.ts'
import type { ChecklistResult, ItemEntry, Level } from './result.ts'
import type { Checklist, ChecklistItem } from './schema.ts'
import { scoreChecklist } from './score.ts'

/** One row of a checklist in the words of the written rule, with what became of it: the whole input of the second reading. */
interface Row {
  id: string
  dimension: string
  /** In thousandths of a point, so that every sum below is a whole number. */
  weight: number
  gate: boolean
  /** "DE": a reviewer picks the level and attaches a quote or page. */
  isDocument: boolean
  cities: readonly string[]
  planLevels: readonly string[]
  /** "Cells give the lower edge of the level" (the upper one where less is better), in whole per cent; strict ones are ">0". */
  edges: { better: 'higher' | 'lower'; of: Partial<Record<Level, { percent: number; strict: boolean }>> } | null
  /** Measured in whole per cent; 'missing': not enough data; null: not measured. */
  measured: number | 'missing' | null
  /** What reviewers wrote about it, one after the other. */
  words: readonly { level: Level | null; na: boolean; document: string | null }[]
}

interface SecondItem {
  id: string
  applicable: boolean
  level: Level | null
  autoLevel: Level | null
  source: string
  /** weight × level / 4. */
  score: number | null
  hasGap: boolean
  words: Row['words'][number] | null
}

const ORDER = ['approve', 'approve-revise', 'revise-review', 'resubmit', 'refuse'] as const

/** The level whose cell the value falls into: from 4 down, the first whose edge it has reached; 0 below all of them. */
function fromCells({ edges, measured }: Row): Level | null {
  if (edges === null || typeof measured !== 'number') return null
  const reached = ([4, 3, 2, 1] as const).find((level) => {
    const edge = edges.of[level]
    if (edge === undefined) return false
    if (measured === edge.percent) return !edge.strict
    return edges.better === 'higher' ? measured > edge.percent : measured < edge.percent
  })
  return reached ?? 0
}

function readItem(row: Row, city: string | null, planLevel: string): SecondItem {
  const words = row.words.at(-1) ?? null
  const isForAll = CITY_KINDS.every((kind) => row.cities.includes(kind))
  const isForCity = isForAll || (city !== null && row.cities.includes(city))
  const applicable = isForCity && row.planLevels.includes(planLevel) && words?.na !== true
  const autoLevel = fromCells(row)
  const said = words?.level ?? null
  const level = applicable ? (said ?? autoLevel) : null
  const own = row.isDocument && typeof words?.document === 'string' ? 'document' : 'reviewer'
  const source = level === null ? 'none' : said === null ? 'auto' : own
  const score = level === null ? null : (row.weight * level) / 4000
  return { id: row.id, applicable, level, autoLevel, source, score, hasGap: applicable && level === null, words }
}

interface Sums {
  all: bigint
  answered: bigint
  points: bigint
}

/** Σw over applicable, Σw and Σ(w·s) over applicable and answered rows. */
function sums(rows: readonly Row[], items: readonly SecondItem[]): Sums {
  const total: Sums = { all: 0n, answered: 0n, points: 0n }
  rows.forEach(({ weight }, at) => {
    const item = items[at]
    if (item?.applicable !== true) return
    total.all += BigInt(weight)
    if (item.level === null) return
    total.answered += BigInt(weight)
    total.points += BigInt(weight) * BigInt(item.level)
  })
  return total
}

/** 100·Σ(w·s)/(4·Σw) in whole numbers until the last division; N/A is excluded, what was not answered is no zero. */
const totalOf = ({ answered, points }: Sums): number | null =>
  answered === 0n ? null : Number((points * 10n ** 17n) / (4n * answered)) / 1e15

/** Bands ≥85, 70–85, 55–70, <55, compared without a division; none below half of the weight; a gate at 0 caps at 修改后重新报审. */
function opinionOf({ all, answered, points }: Sums, isCapped: boolean): { id: string; cappedByGate: boolean } {
  const reaches = (band: bigint) => 100n * points >= band * 4n * answered
  const bands = ([[85n, 'approve'], [70n, 'approve-revise'], [55n, 'revise-review']] as const).filter(([band]) => reaches(band)) // prettier-ignore
  const isEnough = answered > 0n && 2n * answered >= all
  if (!isEnough) return { id: isCapped ? 'resubmit' : 'not-judged', cappedByGate: isCapped }
  const reached = bands[0]?.[1] ?? 'refuse'
  const isWorse = isCapped && ORDER.indexOf(reached) < ORDER.indexOf('resubmit')
  return { id: isWorse ? 'resubmit' : reached, cappedByGate: isWorse }
}

/**
 * The whole score, read a second time from the written rule (domain.md §2): which items apply, measured level and reviewer's word,
 * totals per dimension and in all with N/A left out and weights renormalised, gates, coverage, opinion. It shares no arithmetic
 * and no code with `scoreChecklist`.
 */
function second(rows: readonly Row[], dimensions: readonly string[], city: string | null, planLevel: string) {
  const items = rows.map((row) => readItem(row, city, planLevel))
  const gates = rows.flatMap(({ id, gate }, at) => {
    const item = items[at]
    if (!gate || item?.applicable !== true) return []
    return [{ item: id, state: item.level === null ? 'not_checked' : item.level === 0 ? 'failed' : 'passed' }]
  })
  const whole = sums(rows, items)
  const dimension = (id: string) => {
    const inside = rows.map((row, at) => ({ row, item: items[at] })).filter(({ row }) => row.dimension === id)
    const own = sums(
      inside.map(({ row }) => row),
      inside.flatMap(({ item }) => item ?? []),
    )
    return { id, weight: Number(own.all) / 1000, judgedWeight: Number(own.answered) / 1000, score: totalOf(own) }
  }
  return {
    items,
    gates,
    dimensions: dimensions.map(dimension),
    total: totalOf(whole),
    coverage: whole.all === 0n ? 0 : Number(whole.answered) / Number(whole.all),
    opinion: opinionOf(
      whole,
      gates.some(({ state }) => state === 'failed'),
    ),
    /** Exactly on a band or on half of the weight, where the last place of a fraction may fall on either side. */
    isOnEdge:
      2n * whole.answered === whole.all || [55n, 70n, 85n].some((band) => 100n * whole.points === band * 4n * whole.answered),
  }
}

const shipped = parseChecklist(json, 'green-low-carbon.json')
const DIMENSIONS = ['B', 'N', 'Q'] as const
const CITIES = ['super', 'small', 'shrinking', null] as const

const level = fc.constantFrom<Level>(0, 1, 2, 3, 4)
const edges: fc.Arbitrary<Row['edges']> = fc
  .record({
    better: fc.constantFrom('higher' as const, 'lower' as const),
    percents: fc.uniqueArray(fc.integer({ min: -20, max: 120 }), { minLength: 4, maxLength: 4 }),
    given: fc.subarray<Level>([1, 2, 3, 4], { minLength: 1 }),
    strict: fc.subarray<Level>([1, 2, 3, 4]),
  })
  .map(({ better, percents, given, strict }) => {
    const rising = percents.toSorted((a, b) => (better === 'higher' ? a - b : b - a))
    const of = given.map((at) => [at, { percent: rising[at - 1] ?? 0, strict: strict.includes(at) }])
    return { better, of: Object.fromEntries(of) as NonNullable<Row['edges']>['of'] }
  })

const word: fc.Arbitrary<Row['words'][number]> = fc.record({
  level: fc.option(level, { freq: 4 }),
  na: fc.constantFrom(false, false, false, true),
  document: fc.constantFrom(null, '说明书.pdf'),
})

const row: fc.Arbitrary<Omit<Row, 'id'>> = fc.record({
  dimension: fc.constantFrom(...DIMENSIONS),
  weight: fc.integer({ min: 1, max: 20_000 }),
  gate: fc.boolean(),
  isDocument: fc.boolean(),
  cities: fc.oneof(fc.constant(CITY_KINDS), fc.subarray([...CITY_KINDS], { minLength: 1 })),
  planLevels: fc.oneof(fc.constant(PLAN_LEVELS), fc.subarray([...PLAN_LEVELS], { minLength: 1 })),
  edges: fc.option(edges),
  measured: fc.oneof(fc.integer({ min: -30, max: 130 }), fc.constantFrom<Row['measured']>('missing', null)),
  words: fc.array(word, { maxLength: 3 }),
})

/** Values fall on edges often, or nobody would notice a wrong comparison there. */
const onEdge = (one: Omit<Row, 'id'>): Omit<Row, 'id'> => {
  const of = Object.values(one.edges?.of ?? {})
  const at = typeof one.measured === 'number' && one.measured % 3 === 0 ? of[Math.abs(one.measured) % of.length] : undefined
  return at === undefined ? one : { ...one, measured: at.percent }
}

const rows: fc.Arbitrary<Row[]> = fc
  .array(row, { minLength: 1, maxLength: 60 })
  .map((list) => list.map((one, at) => ({ ...onEdge(one), id: `X${String(at).padStart(2, '0')}` })))

const at = '2026-01-01T00:00:00Z'
const text = { zh: '依据', en: 'ground' }

const measurementOf = ({ id, measured }: Row): Measurement[] =>
  measured === null
    ? []
    : [
        {
          id: `of-${id}`,
          version: 1,
          outcome:
            measured === 'missing'
              ? { kind: 'missing', why: text, needs: [] }
              : { kind: 'value', value: measured / 100, unit: 'ratio' },
          details: {},
          method: text,
          basis: 'ellipsoidal',
          parameters: {},
          evidence: [],
          evidenceTotal: 0,
          inputs: {},
          notes: [],
        },
      ]

const entriesOf = ({ id, words }: Row): ItemEntry[] =>
  words.map(({ level: said, na, document }) => {
    const reason = said !== null || na ? '依据' : ''
    return { item: id, level: said, notApplicable: na, reason, document, page: null, by: '甲', at }
  })

/** The same rows as a checklist of the program. */
function asItem(pattern: ChecklistItem, given: Row): ChecklistItem {
  const edge = (of: Level) => given.edges?.of[of]?.percent ?? null
  const isStrict = (of: Level) => given.edges?.of[of]?.strict === true
  return {
    ...pattern,
    id: given.id,
    dimension: given.dimension,
    weight: given.weight / 1000,
    gate: given.gate,
    evidence: [given.isDocument ? 'document' : 'auto'],
    applies: { cities: [...given.cities] as never, planLevels: [...given.planLevels] as never },
    rule: given.edges && {
      kind: 'edges',
      indicator: `of-${given.id}`,
      unit: 'percent',
      better: given.edges.better,
      edges: [edge(1), edge(2), edge(3), edge(4)],
      open: ([1, 2, 3, 4] as const).filter(isStrict),
    },
  }
}

function scored(given: readonly Row[], cityKind: string | null, planLevel: string): ChecklistResult {
  const [pattern] = shipped.items
  if (pattern === undefined) throw new Error('the shipped checklist is empty')
  const checklist: Checklist = {
    ...shipped,
    dimensions: shipped.dimensions.filter(({ id }) => DIMENSIONS.some((known) => known === id)),
    items: given.map((one) => asItem(pattern, one)),
  }
  return scoreChecklist(checklist, {
    measurements: given.flatMap(measurementOf),
    entries: given.flatMap(entriesOf),
    cityKind,
    planLevel,
  })
}

const isNear = (found: number | null, expected: number | null, what: string) => {
  if (found === null || expected === null) expect(found, what).toBe(expected)
  else expect(found, what).toBeCloseTo(expected, 9)
}

function expectSame(first: ChecklistResult, again: ReturnType<typeof second>): void {
  const shown = first.items.map(({ id, applicable, level: found, autoLevel, source, gap, entry }) => ({
    id,
    applicable,
    level: found,
    autoLevel,
    source,
    hasGap: gap !== null,
    words: entry && { level: entry.level, na: entry.notApplicable, document: entry.document },
  }))
  expect(shown).toEqual(again.items.map(({ score: _, ...item }) => item))
  first.items.forEach(({ id, score }, place) => isNear(score, again.items[place]?.score ?? null, id))
  expect(first.gates).toEqual(again.gates)
  expect(first.dimensions.map(({ id }) => id)).toEqual(again.dimensions.map(({ id }) => id))
  again.dimensions.forEach(({ id, ...own }, place) => {
    const found = first.dimensions[place]
    isNear(found?.score ?? null, own.score, id)
    isNear(found?.weight ?? null, own.weight, `${id} weight`)
    isNear(found?.judgedWeight ?? null, own.judgedWeight, `${id} judged weight`)
  })
  isNear(first.total, again.total, 'total')
  isNear(first.coverage, again.coverage, 'coverage')
  if (again.isOnEdge) return
  expect({ id: first.opinion.id, cappedByGate: first.opinion.cappedByGate }).toEqual(again.opinion)
}

const plain = (weight: number, given: Level | 'na'): Omit<Row, 'id'> => ({
  dimension: 'B',
  weight: weight * 1000,
  gate: false,
  isDocument: false,
  cities: CITY_KINDS,
  planLevels: PLAN_LEVELS,
  edges: null,
  measured: null,
  words: [given === 'na' ? { level: null, na: true, document: null } : { level: given, na: false, document: null }],
})
const numbered = (list: readonly Omit<Row, 'id'>[]): Row[] => list.map((one, place) => ({ ...one, id: `X0${place}` }))
const compare = (list: readonly Row[], city: string | null = 'large', planLevel = 'master') => {
  const again = second(list, DIMENSIONS, city, planLevel)
  expectSame(scored(list, city, planLevel), again)
  return again
}

describe('scoring and a second reading of the written rule', () => {
  it('agree on the whole score: every item, dimension, gate, total, coverage and opinion', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...CITIES), fc.constantFrom(...PLAN_LEVELS), (list, city, planLevel) => {
        expect(compare(list, city, planLevel).items).toHaveLength(list.length)
      }),
      { numRuns: 500 },
    )
  })

  it('both give 61.538 for levels 3, 2, n/a, 2 with weights 3, 1.5, 1, 2', () => {
    const { total, coverage, items } = compare(numbered([plain(3, 3), plain(1.5, 2), plain(1, 'na'), plain(2, 2)]))
    expect(total).toBeCloseTo(61.538_461_538, 6)
    expect(coverage).toBe(1)
    expect(items.map(({ score }) => score)).toEqual([2.25, 0.75, null, 1])
  })

  it('both take an item out, and not as a zero, where it is N/A, and as a gap where nobody answered', () => {
    const open = { ...plain(1, 0), words: [] }
    const without = compare(numbered([plain(3, 3), plain(1, 'na')]))
    const withGap = compare(numbered([plain(3, 3), open]))
    const withZero = compare(numbered([plain(3, 3), plain(1, 0)]))
    expect([without, withGap, withZero].map(({ total, coverage }) => [total, coverage])).toEqual([
      [75, 1],
      [75, 0.75],
      [56.25, 1],
    ])
  })

  it.each([
    [4, 0, 'resubmit', true],
    [4, 1, 'approve', false],
    [2, 0, 'refuse', false],
  ] as const)(
    'both cap by a gate at level 0 only, and never lift by one: %i beside a gate at %i',
    (rest, gate, id, cappedByGate) => {
      const { opinion } = compare(numbered([plain(9, rest), { ...plain(1, gate), gate: true }]))
      expect(opinion).toEqual({ id, cappedByGate })
    },
  )
})
