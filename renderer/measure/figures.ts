import type { Settings } from '#core/contract/procedures.ts'
import type { Frame } from '#core/geo/frame.ts'
import { angleDegrees, lineLengthM, outlineM, ringAreaM2 } from '#core/geo/measure-drawing.ts'
import { formatValue } from '#core/model/units.ts'
import type { Lang } from '#core/text.ts'
import { formatArea, formatFixed } from '../format/format.ts'
import { hasValue, type Measured } from './ask-store.ts'

const KM = 10_000

/** A length as people read it: metres with centimetres while it is short. */
export const lengthText = (lengthM: number, lang: Lang): string =>
  lengthM >= KM ? formatValue(lengthM, 'km', lang, 3) : formatValue(lengthM, 'm', lang, lengthM < 1000 ? 2 : 1)

/** What a drawn figure comes to; null while it has too few places, or no one value. `more` is the outline of an area. */
export function figureOf(
  { kind, xyM }: Pick<Measured, 'kind' | 'xyM'>,
  frame: Frame,
  areaUnit: Settings['areaUnit'],
  lang: Lang,
): { text: string; more: string | null } | null {
  const places = xyM.length / 2
  if (kind === 'distance') return places < 2 ? null : { text: lengthText(lineLengthM(frame, xyM), lang), more: null }
  if (kind === 'area') {
    if (places < 3 || !hasValue({ kind, xyM })) return null
    return { text: formatArea(ringAreaM2(xyM), areaUnit, lang), more: lengthText(outlineM(frame, xyM), lang) }
  }
  const degrees = places < 3 ? Number.NaN : angleDegrees(frame, xyM)
  return Number.isNaN(degrees) ? null : { text: `${formatFixed(degrees, 2)}°`, more: null }
}
