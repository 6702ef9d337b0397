import type { SourceField } from '../model/inspection.ts'
import { resolveLandClass } from '../reference/land-classes.ts'

/** Share of a field's sample values that are land-use classes by code or name, 0..1; a lone sample proves nothing and gives 0. */
export function landClassShare({ samples }: SourceField): number {
  const telling = samples.filter((sample) => !/^\d(\.\d*)?$/.test(sample.trim())) // single digits are ranks and counts
  if (telling.length < 2) return 0
  return telling.filter((sample) => resolveLandClass(sample).code !== null).length / samples.length
}
