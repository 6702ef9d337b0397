import { describe, expect, it } from 'vitest'
import earlier from '../../resources/checklists/earlier/green-low-carbon-1.0.0.json' with { type: 'json' }
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { indicatorById } from '../indicators/index.ts'
import { UNITS } from '../model/units.ts'
import { sourceText } from '../reference/sources.ts'
import type { Measurement } from '../model/measurement.ts'
import { parseChecklist } from './load.ts'
import { levelFromEdges, levelFromRule } from './rules.ts'

const checklist = parseChecklist(json, 'green-low-carbon.json')
const item = (id: string) => {
  const found = checklist.items.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no item ${id}`)
  return found
}

/** The checklist as agreed: weight, cities (A all, M super and mega, H shrinking) and plan levels (m s u p) of every item. */
const AGREED: Record<string, readonly [number, string, string]> = {
  B01: [4, 'A', 'msup'],
  B02: [2, 'A', 'm'],
  B03: [1.5, 'A', 'mu'],
  B04: [2, 'A', 'm'],
  B05: [1.5, 'A', 'mu'],
  B06: [1.5, 'A', 'msup'],
  B07: [1.5, 'A', 'ms'],
  N01: [1.5, 'A', 'ms'],
  N02: [2.5, 'A', 'ms'],
  N03: [3, 'A', 'ms'],
  N04: [2, 'A', 'ms'],
  N05: [2, 'A', 'msu'],
  N06: [1.5, 'A', 'ms'],
  N07: [2, 'A', 'm'],
  N08: [1.5, 'A', 'ms'],
  Q01: [3, 'A', 'msu'],
  Q02: [1.5, 'A', 'ms'],
  Q03: [1.5, 'A', 'su'],
  Q04: [1, 'A', 'msu'],
  Q05: [1.5, 'A', 'ms'],
  Q06: [1, 'A', 'su'],
  Q07: [1.5, 'A', 'ms'],
  Q08: [2, 'A', 'p'],
  A01: [3, 'A', 'msu'],
  A02: [3, 'A', 'msu'],
  A03: [2, 'A', 'mu'],
  A04: [2, 'A', 'ms'],
  A05: [1.5, 'A', 'up'],
  A06: [2, 'A', 'ms'],
  A07: [1.5, 'A', 'ms'],
  A08: [1, 'A', 'mu'],
  S01: [2.5, 'M', 'mu'],
  S02: [3, 'A', 'mu'],
  S03: [2, 'A', 'm'],
  S04: [2, 'A', 'msu'],
  S05: [1, 'A', 'su'],
  S06: [1.5, 'H', 'm'],
  S07: [1, 'A', 'm'],
  S08: [1, 'A', 'ms'],
  S09: [1, 'A', 'msu'],
  F01: [2.5, 'A', 'ms'],
  F02: [1.5, 'A', 'm'],
  F03: [2, 'A', 'mu'],
  F04: [1.5, 'A', 'mu'],
  F05: [2, 'A', 'mu'],
  F06: [1, 'M', 'm'],
  F07: [0.5, 'A', 'mu'],
  F08: [1, 'A', 'up'],
  C01: [2, 'A', 'm'],
  C02: [2, 'A', 'ms'],
  C03: [1, 'A', 'ms'],
  C04: [1, 'A', 'm'],
  C05: [1, 'A', 'ms'],
  C06: [1, 'A', 's'],
  C07: [1, 'A', 'p'],
  R01: [1, 'M', 'ms'],
  R02: [1, 'A', 'm'],
  R03: [1.5, 'A', 'mu'],
  R04: [1.5, 'A', 'mu'],
}
const CITIES: Record<string, string> = {
  A: 'super,mega,large,medium,small,shrinking',
  M: 'super,mega',
  H: 'shrinking',
}
const LEVELS: Record<string, string> = { m: 'master', s: 'special', u: 'unit', p: 'parcel' }

describe('the green and low-carbon checklist', () => {
  it('holds the 59 agreed items in order, each with its weight and applicability', () => {
    expect(checklist.items.map(({ id }) => id)).toEqual(Object.keys(AGREED))
    for (const { id, weight, applies } of checklist.items) {
      const agreed = AGREED[id] ?? [0, '', '']
      expect([id, weight, applies.cities.join()]).toEqual([id, agreed[0], CITIES[agreed[1]]])
      expect([id, ...applies.planLevels]).toEqual([id, ...agreed[2].split('').map((letter) => LEVELS[letter])])
    }
  })

  it('weighs 100 points over eight dimensions', () => {
    expect(checklist.dimensions.map(({ id, weight }) => `${id}${weight}`).join(' ')).toBe('B14 N16 Q13 A16 S15 F12 C9 R5')
    expect(checklist.items.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  })

  it('has three gates and caps at 修改后重新报审', () => {
    expect(checklist.items.filter(({ gate }) => gate).map(({ id }) => id)).toEqual(['B01', 'B02', 'B04'])
    expect(checklist.opinions.find(({ id }) => id === checklist.gateOpinion)?.title.zh).toBe('修改后重新报审')
    expect(checklist.opinions.map(({ min }) => min)).toEqual([85, 70, 55, null, 0])
  })

  it('measures every item that has an indicator by rule, and leaves the others to a reviewer', () => {
    const ruled = checklist.items.filter(({ rule }) => rule !== null)
    expect(ruled.map(({ id }) => id)).toEqual(checklist.items.map(({ id }) => id).filter((id) => indicatorById(id)))
    for (const { id, rule } of ruled) expect(rule?.indicator).toBe(id)
    for (const { id, rule, seed } of ruled) {
      const indicator = indicatorById(id)
      const unit = rule?.kind === 'edges' ? UNITS[rule.unit].base : indicator?.unit
      const better = rule?.kind === 'edges' ? rule.better : indicator?.better
      expect([id, indicator?.unit, indicator?.better, indicator?.seed]).toEqual([id, unit, better, seed])
    }
  })

  it.each([
    ['Q07', [20, 35, 50, 65]],
    ['N06', [0.2, 0.5, 0.85, 1]],
    ['N07', [20, 30, 40, 46.5]],
    ['A03', [30, 50, 70, 90]],
    ['A04', [6, 8, 10, 12]],
    ['B03', [90, 95, 98, 100]],
    ['S02', [0, 20, 50, 100]],
    ['S03', [20, 40, 60, 80]],
    ['S04', [10, 25, 50, 75]],
    ['F02', [20, 40, 60, 80]],
    ['F03', [0.3, 0.45, 0.6, 0.75]],
    ['C03', [-2, 0, 1, 3]],
  ] as const)('%s steps up at its edges, and its texts name the same numbers', (id, edges) => {
    const { rule, levels } = item(id)
    if (rule?.kind !== 'edges') throw new Error(`${id} has no edges`)
    for (const [i, edge] of edges.entries()) {
      expect(levelFromEdges(rule, edge)).toBe(i + 1)
      expect(levelFromEdges(rule, edge - 0.001)).toBe(i)
      const shown = String(edge).replace('-', '−')
      expect(levels[i + 1]?.text.zh).toContain(shown)
      expect(levels[i + 1]?.text.en).toContain(shown)
    }
  })

  /** A measurement as far as rules read it. */
  const levelOf = (id: string, value: number, details: Record<string, unknown> = {}) => {
    const { rule } = item(id)
    const unit = indicatorById(id)?.unit
    if (rule === null || unit === undefined) throw new Error(`${id} is not measured`)
    const measurement = { id, outcome: { kind: 'value', value, unit }, details } as unknown as Measurement
    return levelFromRule(id, rule, measurement)
  }

  it('B02 fails above the allotment, local or national, and climbs as the boundary shrinks', () => {
    expect([1.31, 1.12].map((multiple) => levelOf('B02', multiple, { exceeded: true }))).toEqual([0, 0])
    expect([1.3, 1.25, 1.15, 1.05].map((multiple) => levelOf('B02', multiple, { exceeded: false }))).toEqual([1, 2, 3, 4])
    expect(levelOf('B02', 1.38, { exceeded: false })).toBe(1)
  })

  it('B04 and B05 fail below their quota, and B04 knows no level 1', () => {
    expect([0.999, 1, 1.005, 1.01].map((ratio) => levelOf('B04', ratio))).toEqual([0, 2, 3, 4])
    expect([0, 0.01, 0.5, 0.8, 1].map((share) => levelOf('B05', share))).toEqual([0, 1, 2, 3, 4])
  })

  it('lower is better for shrinking cities and land per head', () => {
    expect([0.02, 0.01, 0, -0.005, -0.02].map((growth) => levelOf('S06', growth))).toEqual([0, 1, 2, 3, 3])
    expect([131, 130, 115, 105, 95].map((perHead) => levelOf('S07', perHead))).toEqual([0, 1, 2, 3, 4])
    expect([0, 0.05, 0.1, 0.25, 0.5].map((share) => levelOf('S05', share))).toEqual([0, 1, 2, 3, 4])
  })

  it('S08 is measured up to the gaps of the network; rights and benefits are for the reviewer', () => {
    expect(levelOf('S08', 0.9, { ratioMet: false, inGaps: true })).toBe(1)
    expect(levelOf('S08', 1, { ratioMet: true, inGaps: false })).toBe(2)
    expect(levelOf('S08', 1.2, { ratioMet: true, inGaps: true, rightsShare: 1, benefitShare: 1 })).toBe(3)
  })

  it('F07 shows what layers hold of the nine kinds, and leaves the level to a reviewer', () => {
    expect(item('F07').evidence).toEqual(['document'])
    expect([0, 4, 9].map((located) => levelOf('F07', located, { located, withStrategy: located }))).toEqual([null, null, null])
  })

  it('is 1.1.0; what 0.1.0 shipped stays readable', () => {
    expect([checklist.version, parseChecklist(earlier, 'green-low-carbon-1.0.0.json').version]).toEqual(['1.1.0', '1.0.0'])
  })

  it.each([
    ['B02', 0, 'verified'],
    ['B06', 4, 'seed'],
    ['N07', 4, 'seed'],
    ['N08', 3, 'seed'],
    ['Q01', 4, 'verified'],
    ['Q02', 3, 'verified'],
    ['Q08', 3, 'verified'],
    ['A01', 2, 'verified'],
    ['A04', 2, 'verified'],
    ['S02', 2, 'verified'],
    ['S02', 3, 'unverified'],
    ['S07', 2, 'unverified'],
    ['C07', 3, 'seed'],
    ['R02', 3, 'unverified'],
    ['F05', 1, 'interpolated'],
  ] as const)('%s level %i is %s', (id, level, certainty) => {
    expect(item(id).levels[level]?.certainty).toBe(certainty)
  })

  it('cites known sources and seed rows everywhere', () => {
    for (const { id, anchor, seed, levels } of checklist.items) {
      expect([id, anchor.source, sourceText(anchor.source) !== undefined]).toEqual([id, anchor.source, true])
      expect([id, seed.length > 0, seed.every((row) => /^S0\d\d$/.test(row))]).toEqual([id, true, true])
      expect([id, levels.every(({ source }) => source.zh !== '' && source.en !== '')]).toEqual([id, true])
    }
  })
})
