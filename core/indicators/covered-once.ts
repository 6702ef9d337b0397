import type { LayerColumns } from '../geo/columns.ts'
import { sumOfAreas } from '../geo/feature-areas.ts'
import { forEachOverlap, overlapTable } from '../geo/overlap-table.ts'
import type { Bilingual } from '../text.ts'
import { hectares } from './words.ts'

/** What rounding along shared edges may come to, as a share of the layer. */
const ROUNDING = 1e-6

/**
 * Ground that a polygon layer covers, m²: the sum of its features less what two of them share, with a note where that is more
 * than rounding. Ground that three or more share is taken off too often, so the area is then a lower bound.
 */
export function coveredOnce(layer: LayerColumns, zh: string, en: string): { areaM2: number; notes: Bilingual[] } {
  const sumM2 = sumOfAreas(layer)
  let sharedM2 = 0
  forEachOverlap(overlapTable(layer, layer), (one, other, areaM2) => {
    if (one < other) sharedM2 += areaM2
  })
  if (sharedM2 <= ROUNDING * sumM2) return { areaM2: sumM2, notes: [] }
  const size = hectares(sharedM2)
  const note = {
    zh: `${zh}图层内部相互重叠 ${size.zh}，已扣除重复部分。`,
    en: `Polygons of ${en} overlap each other by ${size.en}; that was taken off.`,
  }
  return { areaM2: Math.max(0, sumM2 - sharedM2), notes: [note] }
}
