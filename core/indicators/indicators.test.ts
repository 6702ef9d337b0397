import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { UNITS } from '../model/units.ts'
import { normalisedEntropy } from './entropy.ts'
import { examplePlan } from './example-plan.ts'
import { INDICATORS } from './index.ts'
import type { WorkedExample } from './indicator.ts'
import { parametersInUse } from './parameters.ts'
import type { PartTitle, PartTitles } from './part-titles.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

describe.each(INDICATORS)('$id $title.en', (indicator) => {
  const parametersOf = (example: WorkedExample) => {
    const asked = Object.entries(example.parameters ?? {}).map(([name, value]) => [`${indicator.id}.${name}`, value] as const)
    return parametersInUse(INDICATORS, Object.fromEntries(asked)).get(indicator.id) ?? {}
  }

  it.each(indicator.examples)('agrees by hand: $title', (example) => {
    const result = indicator.compute(examplePlan(example, geos), parametersOf(example))
    expect(result.outcome).toEqual(
      example.answer === 'missing' ? missing : { kind: 'value', value: about(example.answer), unit: indicator.unit },
    )
    for (const [key, expected] of Object.entries(example.details ?? {})) {
      expect([key, result.details[key]]).toEqual([key, typeof expected === 'number' ? about(expected) : expected])
    }
  })

  it('has examples, and says what is missing on an empty plan instead of failing', () => {
    expect(indicator.examples.length).toBeGreaterThan(1)
    const { outcome, method, evidence } = indicator.compute(
      examplePlan({}, geos),
      parametersInUse(INDICATORS, {}).get(indicator.id) ?? {},
    )
    expect(outcome).toEqual(missing)
    expect(outcome.kind === 'missing' && outcome.needs.length).toBeGreaterThan(0)
    expect(method).toEqual(bothLanguages)
    expect(evidence).toEqual([])
  })

  it('survives layers that hold nothing', () => {
    const layers = Object.fromEntries([...indicator.needs, ...indicator.uses].map((role) => [role, []]))
    const { outcome } = indicator.compute(examplePlan({ layers }, geos), parametersInUse(INDICATORS, {}).get(indicator.id) ?? {})
    expect(outcome.kind === 'value' ? outcome.value : 0).toBe(0)
  })

  it('describes itself: units that exist and fit, sources, ranges around the defaults', () => {
    expect(UNITS[indicator.displayUnit].base).toBe(indicator.unit)
    expect(indicator.source).not.toBe('')
    expect(indicator.seed).not.toHaveLength(0)
    for (const info of Object.values(indicator.parameters)) {
      expect(info.default).toBeGreaterThanOrEqual(info.min)
      expect(info.default).toBeLessThanOrEqual(info.max)
      expect(info.source).not.toBe('')
    }
  })

  it('gives every part that its examples produce a title in both languages, and no title to what never occurs', () => {
    const produced = new Set<string>()
    for (const example of indicator.examples) {
      const { details } = indicator.compute(examplePlan(example, geos), parametersOf(example))
      for (const key of Object.keys(details)) produced.add(key)
    }
    expect(Object.keys(indicator.detailTitles).toSorted()).toEqual([...produced].toSorted())
    for (const title of titlesIn(indicator.detailTitles)) expect(title).toMatchObject(bothLanguages)
  })

  it('shows its evidence largest first and only features of the plan', () => {
    for (const example of indicator.examples) {
      const plan = examplePlan(example, geos)
      const { evidence } = indicator.compute(plan, parametersInUse(INDICATORS, {}).get(indicator.id) ?? {})
      const values = evidence.map(({ value }) => value ?? 0)
      expect(values).toEqual(values.toSorted((a, b) => b - a))
      for (const { layer, fid } of evidence) expect([...(plan.layer(layer as never)?.fid ?? [])]).toContain(fid)
    }
  })
})

it('entropy agrees with the published test vector', () => {
  expect(normalisedEntropy([0.5, 0.3, 0.2], 5)).toBeCloseTo(0.6397594, 6)
  expect(normalisedEntropy([50, 30, 20])).toBeCloseTo(0.9372306, 6)
  expect(normalisedEntropy([7, 0, 0])).toBe(0)
  expect(normalisedEntropy([])).toBe(0)
})

const bothLanguages = { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringMatching(/^[^\p{Script=Han}]+$/u) }

/** Titles of parts and of the columns of their tables. */
const titlesIn = (titles: PartTitles): PartTitle[] =>
  Object.values(titles).flatMap((title) => [title, ...titlesIn(title.columns ?? {})])

const missing = { kind: 'missing', why: bothLanguages, needs: expect.any(Array) }

/** One part in a million: what rounding to a millimetre and to the digits of a hand-made answer may cost. */
const about = (answer: number) => (answer === 0 ? 0 : expect.closeTo(answer, 6 - Math.ceil(Math.log10(Math.abs(answer)))))
