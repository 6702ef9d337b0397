import type { EvidenceFeature, Outcome } from '../model/measurement.ts'
import type { Bilingual } from '../text.ts'
import type { Computed } from './indicator.ts'
import type { BaseUnit } from '../model/units.ts'

/** An indicator's result while it is put together: everything but the outcome may be filled in on the way. */
export type Draft = Omit<Computed, 'outcome'>

export const draft = (zh: string, en: string): Draft => ({ method: { zh, en }, details: {}, evidence: [], notes: [] })

/** A measured value in base units. */
export const measured = (work: Draft, value: number, unit: BaseUnit): Computed => ({
  ...work,
  outcome: { kind: 'value', value, unit },
})

/** What could not be measured, why, and which roles (`pbf`), plan facts (`city.population`) or quotas would help. */
export function missing(work: Draft, why: Bilingual, needs: string[]): Computed {
  const outcome: Outcome = { kind: 'missing', why, needs }
  return { ...work, outcome }
}

/** Evidence as readers want it: the largest contribution first. */
export const largestFirst = (evidence: EvidenceFeature[]): EvidenceFeature[] =>
  evidence.sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
