import { textAt, type LayerColumns } from '../geo/columns.ts'
import type { Select } from '../geo/overlay-area.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { classGroup } from '../reference/land-classes.ts'
import type { Bilingual } from '../text.ts'

/** The 2023 code of a parcel, or undefined where import could not tell. */
export const classOf = (layer: LayerColumns, feature: number): string | undefined => textAt(layer, 'class', feature)

/** Chooses the parcels whose class passes a test; each code is tested once, not once per parcel. */
export function ofClass(layer: LayerColumns, test: (code: string) => boolean): Select {
  const column = layer.attributes['class']
  if (column?.type !== 'text') return () => false
  const passes = column.dictionary.map(test)
  return (feature) => passes[column.codes[feature] ?? -1] ?? false
}

/** Chooses the parcels of a class group (`construction`, `green_public` …). */
export const inGroup = (layer: LayerColumns, group: string): Select => ofClass(layer, classGroup(group))

/** What a reader must know when parcels have no recognised class; nothing when all have one. */
export function unclassedNote(layer: LayerColumns, zh: string, en: string): Bilingual[] {
  const areaM2 = sumOfAreas(layer, isUnclassed(layer))
  if (areaM2 === 0) return []
  const hectares = (areaM2 / 10_000).toFixed(2)
  return [
    {
      zh: `${zh}中有 ${hectares} 公顷未识别地类，未计入。`,
      en: `${hectares} ha of ${en} have no recognised class and were left out.`,
    },
  ]
}

/** Share of a land-use layer's area whose class is known, 0 … 1; an empty layer hides nothing. */
export function seenShare(layer: LayerColumns): number {
  const all = featureAreas(layer).reduce((sum, areaM2) => sum + areaM2, 0)
  return all > 0 ? 1 - sumOfAreas(layer, isUnclassed(layer)) / all : 1
}

function isUnclassed(layer: LayerColumns): Select {
  const column = layer.attributes['class']
  if (column?.type !== 'text') return () => true
  const { codes, dictionary } = column
  return (feature) => (codes[feature] ?? dictionary.length) >= dictionary.length
}
