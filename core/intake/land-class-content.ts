import type { SourceField } from '../model/inspection.ts'
import { resolveLandClass } from '../reference/land-classes.ts'

/** Share of a field's sample values that are land-use classes by code or name, 0..1; a lone sample proves nothing and gives 0. */
export function landClassShare({ samples }: SourceField): number {
  const telling = samples.filter((sample) => !/^\d{1,3}(\.\d*)?$/.test(sample.trim())) // short numbers are ranks, counts and symbols
  if (telling.length < 2) return 0
  return telling.filter((sample) => resolveLandClass(sample).code !== null).length / samples.length
}
