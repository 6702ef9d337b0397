import { NO_TEXT, textAt, type LayerColumns } from '../geo/columns.ts'
import type { Select } from '../geo/overlay-area.ts'
import { perLayer } from '../geo/edited.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { classGroup } from '../reference/land-classes.ts'
import type { Bilingual } from '../text.ts'

/** The 2023 code of a parcel, or undefined where import could not tell. */
export const classOf = (layer: LayerColumns, feature: number): string | undefined => textAt(layer, 'class', feature)

/** Chooses the parcels whose class passes a test; each code is tested once, not once per parcel. */
export function ofClass(layer: LayerColumns, test: (code: string) => boolean): Select {
  const flags = flagsOf(layer, test)
  return (feature) => flags[feature] === 1
}

/** 1 for every parcel whose class passes a test. */
function flagsOf(layer: LayerColumns, test: (code: string) => boolean): Uint8Array {
  const flags = new Uint8Array(layer.count)
  const column = layer.attributes['class']
  if (column?.type !== 'text') return flags
  const passes = Uint8Array.from(column.dictionary, (code) => (test(code) ? 1 : 0))
  const { codes } = column
  for (let feature = 0; feature < flags.length; feature += 1) {
    const code = codes[feature] ?? NO_TEXT
    if (code < passes.length) flags[feature] = passes[code] ?? 0
  }
  return flags
}

const groupFlags = new WeakMap<object, Map<string, Uint8Array>>()

/** 1 for every parcel of a class group, found once for as long as the column of classes lives: a new outline leaves it as it is. Read only. */
export function inGroupFlags(layer: LayerColumns, group: string): Uint8Array {
  const owner = layer.attributes['class'] ?? layer
  const known = groupFlags.get(owner) ?? new Map<string, Uint8Array>()
  groupFlags.set(owner, known)
  const flags = known.get(group) ?? flagsOf(layer, classGroup(group))
  known.set(group, flags)
  return flags
}

/** Chooses the parcels of a class group (`construction`, `green_public` …). */
export function inGroup(layer: LayerColumns, group: string): Select {
  const flags = inGroupFlags(layer, group)
  return (feature) => flags[feature] === 1
}

const groupAreas = perLayer(() => new Map<string, number>())

/** Area of all parcels of a class group, m², summed once for as long as the layer lives. */
export function areaOfGroup(layer: LayerColumns, group: string): number {
  const known = groupAreas(layer)
  const areaM2 = known.get(group) ?? sumOfAreas(layer, inGroup(layer, group))
  known.set(group, areaM2)
  return areaM2
}

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
