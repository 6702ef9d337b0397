import type { AttributeValue } from '#core/attributes/condition.ts'
import type { AttributeField } from '#core/attributes/fields.ts'
import type { Settings } from '#core/contract/procedures.ts'
import { inChosenSigns } from '#core/model/digit-signs.ts'
import { formatValue } from '#core/model/units.ts'
import type { Lang } from '#core/text.ts'
import { formatArea } from '../format/format.ts'

const MOST_DIGITS = 6

/** How a value reads in its column: measured figures in the reader's unit, other figures as they are, without grouping that a code would suffer from. */
export function cellText(
  value: AttributeValue,
  { type, unit }: Pick<AttributeField, 'type' | 'unit'>,
  areaUnit: Settings['areaUnit'],
  lang: Lang,
  words: { yes: string; no: string },
): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (unit === 'm2') return formatArea(value, areaUnit, lang)
  if (unit === 'm') return formatValue(value, 'm', lang, 1)
  if (type === 'boolean') return value === 0 ? words.no : words.yes
  return inChosenSigns(String(Number(value.toFixed(MOST_DIGITS))))
}
