import i18next from 'i18next'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleReport } from '#core/contract/sample-opportunity.ts'
import type { PlanId } from '#core/model/ids.ts'
import { reportParts } from '#core/opportunity/drawn.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { nothing, words as show, startWords } from '../api/fake/show.tsx'
import { comparisonFault } from '#core/opportunity/weights.ts'
import { DEFAULT_CHOICE, SUGGESTED_COMPARISONS } from '#core/opportunity/choice.ts'
import { CardsPanel } from './cards-panel.tsx'
import { ComparisonMatrix } from './comparison-matrix.tsx'
import { nearestStep, SCALE, scaleWords, withPair } from './pairs.ts'
import { RulePanel } from './rule-panel.tsx'

describe('comparisons in pairs', () => {
  it('are written as people write them', () => {
    expect([9, 2, 1, 1 / 2, 1 / 3, 1 / 9].map(scaleWords)).toEqual(['9', '2', '1', '1/2', '1/3', '1/9'])
  })

  it('find their own step on the scale, and the nearest one by ratio', () => {
    for (const step of SCALE) expect(nearestStep(step)).toBe(step)
    expect([nearestStep(2.9), nearestStep(1 / 2.9), nearestStep(20)]).toEqual([3, 1 / 3, 9])
  })

  it('stay a reciprocal matrix whatever is changed', () => {
    const order = SUGGESTED_COMPARISONS.length
    const place = fc.tuple(fc.nat(order - 1), fc.nat(order - 1)).filter(([row, column]) => row < column)
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.constantFrom(...SCALE)), { maxLength: 12 }), (changes) => {
        const matrix = changes.reduce<readonly (readonly number[])[]>(
          (now, [[row, column], times]) => withPair(now, row, column, times),
          SUGGESTED_COMPARISONS,
        )
        expect(comparisonFault(matrix)).toBeUndefined()
      }),
    )
  })
})

beforeAll(async () => {
  await startWords()
})

describe.each(LANGS)('score cards in %s', (lang: Lang) => {
  beforeEach(() => i18next.changeLanguage(lang).then(nothing))
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('submitted and proposed areas stand side by side, with conditions, capacity, overlaps and steadiness', () => {
    const words = show(<CardsPanel planId={'p' as PlanId} report={sampleReport} chosen={2} onChoose={nothing} />)
    for (const expected of [
      either('申报地区', 'Submitted areas'),
      either('建议地区', 'Proposed areas'),
      either('触及管控线', 'touches a control line'),
      either('生态保护红线 1.20 公顷', 'Ecological redline 1.20 ha'),
      either('（申报 5,000）', '(stated 5,000)'),
      either('断点 W1（北绿楔）内 180 m', '180 m of gap W1 (North wedge)'),
      either('未计入', 'left out'),
      '0.69 – 0.75',
      '50 %',
    ])
      expect(words).toContain(expected)
    expect(words).not.toContain('opportunity.')
  })

  it('comparisons that contradict each other are told', () => {
    const fine = show(<ComparisonMatrix matrix={SUGGESTED_COMPARISONS} onChange={nothing} />)
    expect(fine).toContain(either('判断一致', 'consistent'))
    const torn = withPair(withPair(SUGGESTED_COMPARISONS, 0, 1, 9), 0, 2, 1 / 9)
    expect(show(<ComparisonMatrix matrix={torn} onChange={nothing} />)).toContain(either('前后矛盾', 'contradict'))
  })

  it('the rule begins with what the cards come of, and says nothing of changes that are none', () => {
    const choice = { ...DEFAULT_CHOICE, weightChange: 0.15, weighting: { kind: 'equal' as const } }
    const words = show(<RulePanel choice={choice} isShown busy={false} onCompute={nothing} />)
    const percent = Math.round(100 / SUGGESTED_COMPARISONS.length)
    expect(words).toContain(either(`每项 ${percent}%`, `${percent}% each`))
    expect(words).not.toContain(either('准则已修改', 'has changed'))
  })
})

it('the map numbers areas as their cards do, kind by kind', () => {
  const parts = reportParts(sampleReport)
  expect(parts.map(({ id, labels }) => [id, labels])).toEqual([
    ['submitted', ['S1']],
    ['proposed', ['P1']],
  ])
  expect([...(parts[0]?.boxesM ?? [])]).toEqual([1000, 0, 1400, 400])
  expect(parts[0]?.legend[parts[0].classOf[0] ?? 0]?.code).toBe('submittedGate')
})
