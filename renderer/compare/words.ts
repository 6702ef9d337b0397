import { landClass } from '#core/reference/land-classes.ts'
import type { FeatureChange, LayerComparison } from '#core/plan-diff/result.ts'
import type { AreaUnit } from '#core/model/units.ts'
import type { Lang } from '#core/text.ts'
import { formatArea, formatCount, formatMeasured } from '../format/format.ts'

/** A layer's size as people read it: area in their unit, length, or a count. */
export function formatSize(size: number, unit: LayerComparison['unit'], areaUnit: AreaUnit, lang: Lang): string {
  if (unit === 'm2') return formatArea(size, areaUnit, lang)
  return unit === 'm' ? formatMeasured(size, 'm', 'm', areaUnit, lang) : formatCount(size, lang)
}

/** "070102 二类城镇住宅用地"; the bare code where nobody knows its name. */
export function className(code: string | null, lang: Lang, absent: string): string {
  if (code === null) return absent
  const known = landClass(code)
  return known ? `${code} ${known[lang]}` : code
}

/** Whether anything of a layer is not as it was. */
export const hasChanges = ({ totals }: LayerComparison): boolean =>
  Object.entries(totals).some(([kind, { count }]) => kind !== 'unchanged' && count > 0)

export const changeKey = ({ before, after }: FeatureChange): string =>
  `${before?.layerId}/${before?.fid}-${after?.layerId}/${after?.fid}`
