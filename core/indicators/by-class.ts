import { NO_TEXT, textAt, type LayerColumns } from '../geo/columns.ts'
import type { Select } from '../geo/overlay-area.ts'
import { perLayer } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
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
  const areaM2 = knownLand(layer).unclassedM2
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
  const { wholeM2, unclassedM2 } = knownLand(layer)
  return wholeM2 > 0 ? 1 - unclassedM2 / wholeM2 : 1
}

/** All land of a layer, and the part of it without a class. */
const knownLand = perLayer((layer) => {
  const column = layer.attributes['class']
  const areaM2 = featureAreas(layer)
  let [wholeM2, unclassedM2] = [0, 0]
  for (let feature = 0; feature < layer.count; feature += 1) {
    const own = areaM2[feature] ?? 0
    wholeM2 += own
    if (column?.type !== 'text' || (column.codes[feature] ?? NO_TEXT) >= column.dictionary.length) unclassedM2 += own
  }
  return { wholeM2, unclassedM2 }
})
