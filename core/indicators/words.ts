import { formatValue } from '../model/units.ts'
import type { Basis } from '../model/measurement.ts'
import type { Bilingual } from '../text.ts'

/** Areas written before: after an edit nearly every note of thousands is what it was. */
const written = new Map<number, Bilingual>()
const MOST_WRITTEN = 20_000

/** Hectares as people write them, for evidence notes: 1.25 公顷 / 1.25 ha. */
export function hectares(areaM2: number): Bilingual {
  const known = written.get(areaM2)
  if (known) return known
  if (written.size >= MOST_WRITTEN) written.clear()
  const words = { zh: formatValue(areaM2, 'ha', 'zh'), en: formatValue(areaM2, 'ha', 'en') }
  written.set(areaM2, words)
  return words
}

/** A short distance in whole metres. */
export const metres = (lengthM: number): Bilingual => ({
  zh: formatValue(lengthM, 'm', 'zh'),
  en: formatValue(lengthM, 'm', 'en'),
})

/** A share as a percentage. */
export const percent = (share: number): Bilingual => ({
  zh: formatValue(share, 'percent', 'zh'),
  en: formatValue(share, 'percent', 'en'),
})

/** How areas were measured, as the end of a method sentence. */
export const areaBasis = (basis: Basis): Bilingual =>
  basis === 'ellipsoidal'
    ? { zh: '面积为椭球面积。', en: 'Areas are ellipsoidal.' }
    : { zh: '面积为平面面积。', en: 'Areas are planar.' }

/** The same for lengths. */
export const lengthBasis = (basis: Basis): Bilingual =>
  basis === 'ellipsoidal'
    ? { zh: '长度为椭球面测地线长度。', en: 'Lengths are geodesic on the ellipsoid.' }
    : { zh: '长度为平面长度。', en: 'Lengths are planar.' }
