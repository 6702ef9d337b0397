import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChecklistItem } from '../checklist/schema.ts'
import type { Measurement } from '../model/measurement.ts'
import { exampleChecklist } from '../memo/fixture.ts'
import type { Disagreement } from './consensus.ts'
import { contention } from './contention.ts'

const standing = (item: string, pointsAtStake: number): Disagreement => ({
  item,
  levels: [],
  spread: pointsAtStake === 0 ? 0 : 2,
  pointsAtStake,
  median: null,
  talkFirst: null,
})

const measured = (id: string, evidence: [layer: string, fid: number][]): Measurement => ({
  id,
  version: 1,
  outcome: { kind: 'value', value: 1, unit: 'm2' },
  basis: 'ellipsoidal',
  method: { zh: '', en: '' },
  parameters: {},
  details: {},
  evidence: evidence.map(([layer, fid]) => ({ layer, fid })),
  evidenceTotal: evidence.length,
  inputs: {},
  notes: [],
})

const indicatorOf = (item: ChecklistItem) => item.rule?.indicator
const [first, second] = exampleChecklist.items.filter((item) => indicatorOf(item) !== undefined)
const [one, two] = [first?.id ?? '', second?.id ?? '']
const [ofOne, ofTwo] = [first, second].map((item) => (item && indicatorOf(item)) ?? '')

describe('contention on the map', () => {
  it('sums the points at stake of every item that a feature proves, each item once', () => {
    const measurements = [
      measured(ofOne ?? '', [
        ['green', 7],
        ['green', 7],
        ['road', 1],
      ]),
      measured(ofTwo ?? '', [['green', 7]]),
    ]
    expect(contention([standing(one, 1.5), standing(two, 3)], exampleChecklist, measurements)).toEqual([
      { layer: 'green', fid: 7, points: 4.5, items: [two, one] },
      { layer: 'road', fid: 1, points: 1.5, items: [one] },
    ])
  })

  it('has no place for items that nobody differs on, that are judged without a measurement, or that are unknown', () => {
    const unmeasured = exampleChecklist.items.find(({ rule }) => rule === null)?.id ?? ''
    const standings = [standing(one, 0), standing(unmeasured, 2), standing('Z99', 2)]
    expect(contention(standings, exampleChecklist, [measured(ofOne ?? '', [['green', 7]])])).toEqual([])
  })

  it('spreads all the points over all the features, whatever the order in which they come', () => {
    const place = fc.tuple(fc.constantFrom('green', 'road'), fc.nat(5))
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: String }), fc.uniqueArray(place, { selector: String }), (of, other) => {
        const measurements = [measured(ofOne ?? '', of), measured(ofTwo ?? '', other)]
        const found = contention([standing(one, 2), standing(two, 3)], exampleChecklist, measurements)
        expect(found.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(2 * of.length + 3 * other.length)
        expect(found).toEqual(contention([standing(two, 3), standing(one, 2)], exampleChecklist, measurements.toReversed()))
        expect(found.map(({ points }) => points)).toEqual(found.map(({ points }) => points).toSorted((a, b) => b - a))
      }),
    )
  })
})
