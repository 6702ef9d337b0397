import type { LegendEntry } from '../contract/map-data.ts'
import { NO_TEXT, type Column, type LayerColumns, type TextColumn } from '../geo/columns.ts'
import type { GeometryKind } from '../model/roles.ts'
import { classColour, landClass } from '../reference/land-classes.ts'
import type { Bilingual } from '../text.ts'
import { MAP_STYLES, roleStyleOf, type NamedLook } from './styles.ts'

/** A class that occurs in a layer: how it looks and what its features are called. */
interface ClassStyle {
  code: string
  look: NamedLook
}

interface Classified {
  entries: LegendEntry[]
  indexes: Uint16Array
}

/** The style of a value of the attribute that a role is drawn by; undefined: the value is absent. */
type StyleOf = (value: string | undefined) => ClassStyle

/** Layers never change; a million parcels are classed once, not for each who asks. */
const known = new WeakMap<LayerColumns, Classified>()

/** The legend of a layer: one entry per class that really occurs, in a fixed order. Colours come from resources only. */
export const legendFor = (layer: LayerColumns): LegendEntry[] => classified(layer).entries

/** For each feature the `index` of its legend entry in `legendFor` of the same layer. */
export const classIndexes = (layer: LayerColumns): Uint16Array => classified(layer).indexes

function classified(layer: LayerColumns): Classified {
  const made = known.get(layer) ?? classify(layer)
  known.set(layer, made)
  return made
}

function classify(layer: LayerColumns): Classified {
  const style = roleStyleOf(layer.role)
  if (style.by === 'landClass') {
    const column = layer.attributes['class']
    return column?.type === 'text'
      ? collect(layer, column, landUseStyles(column, style.otherwise))
      : collect(layer, undefined, () => ({ code: '', look: style.otherwise }))
  }
  if (style.by === null) return collect(layer, undefined, () => ({ code: layer.role, look: style.otherwise }))
  const byValue = new Map(style.classes.flatMap((entry) => entry.values.map((value) => [value, entry] as const)))
  return collect(layer, layer.attributes[style.by], (value) => {
    const entry = value === undefined ? undefined : byValue.get(value.trim().toLowerCase())
    if (entry === undefined) return { code: '', look: style.otherwise }
    const { values, ...look } = entry
    return { code: values[0] ?? '', look }
  })
}

/** Counts features per class, orders the classes by code (the class without a code last) and numbers them. */
function collect(layer: LayerColumns, column: Column | undefined, styleOf: StyleOf): Classified {
  const found: { style: ClassStyle; features: number }[] = []
  const places = new Map<string, number>()
  const placeOf = (value: string | undefined): number => {
    const style = styleOf(value)
    const place = places.get(style.code) ?? found.push({ style, features: 0 }) - 1
    places.set(style.code, place)
    return place
  }
  const placeAt = placesOf(column, placeOf)
  const indexes = new Uint16Array(layer.count)
  for (let feature = 0; feature < layer.count; feature++) {
    const place = placeAt(feature)
    indexes[feature] = place
    const entry = found[place]
    if (entry !== undefined) entry.features += 1
  }
  const order = found.toSorted((a, b) => byCode(a.style.code, b.style.code))
  const rank = Uint16Array.from(found, (entry) => order.indexOf(entry))
  for (let feature = 0; feature < indexes.length; feature++) indexes[feature] = rank[indexes[feature] ?? 0] ?? 0
  const entries = order.map(({ style, features }, index) => entryOfLook(style, index, features, layer.kind))
  return { entries, indexes }
}

/** The place of each feature's class; each value of the column is looked up once. */
function placesOf(column: Column | undefined, placeOf: (value: string | undefined) => number): (feature: number) => number {
  if (column === undefined) {
    let only: number | undefined
    return () => (only ??= placeOf(undefined))
  }
  const seen = new Map<number, number>()
  const valueOf = (value: number): string | undefined => {
    if (column.type === 'text') return value === NO_TEXT ? undefined : column.dictionary[value]
    return Number.isNaN(value) ? undefined : value.toString()
  }
  const values = column.type === 'text' ? column.codes : column.values
  return (feature) => {
    const value = values[feature] ?? NaN
    const place = seen.get(value) ?? placeOf(valueOf(value))
    seen.set(value, place)
    return place
  }
}

const byCode = (a: string, b: string): number => (a === b ? 0 : a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1)

/** One entry of a legend: a look, and how many features wear it. */
export function entryOfLook({ code, look }: ClassStyle, index: number, features: number, kind: GeometryKind): LegendEntry {
  const base = {
    index,
    code,
    label: look.label,
    stroke: look.stroke,
    strokeWidthPx: kind === 'line' ? (look.lineWidthPx ?? look.strokeWidthPx) : look.strokeWidthPx,
    dash: kind === 'point' ? null : (look.dash ?? null),
    features,
  }
  if (kind === 'line') return { ...base, fill: null, hatch: 'none' }
  if (kind === 'point') return { ...base, fill: look.pointFill ?? look.fill, hatch: 'none', markerPx: look.markerPx ?? 3 }
  const hatch = { hatch: look.hatch ?? 'none', ...(look.hatchColour === undefined ? {} : { hatchColour: look.hatchColour }) }
  return { ...base, fill: look.fill, ...hatch }
}

/**
 * Land-use classes share a legend entry when they share a colour, so that no two entries of a legend look alike. An entry is
 * named after the finest class that covers everything in it: "0701 城镇住宅用地" alone, "07 居住用地" with its siblings.
 */
function landUseStyles(column: TextColumn, otherwise: NamedLook): StyleOf {
  const present = new Set(column.codes)
  const groups = new Map<string, string[]>()
  for (const [index, code] of column.dictionary.entries()) {
    const group = present.has(index) ? groupOf(code) : undefined
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), code])
  }
  const styleOfCode = new Map<string, ClassStyle>()
  for (const codes of groups.values()) {
    const style = landUseStyle(commonPrefix(codes), classColour(codes[0] ?? ''))
    for (const code of codes) styleOfCode.set(code, style)
  }
  const unknown: ClassStyle = { code: '', look: otherwise }
  return (code) => styleOfCode.get(code ?? '') ?? unknown
}

/** First-level class and colour; undefined for a code that the classification does not hold. */
function groupOf(code: string): string | undefined {
  return landClass(code) === undefined ? undefined : `${code.slice(0, 2)} ${classColour(code) ?? ''}`
}

/** The class of level 2 that all codes lie in, else their class of level 1. */
function commonPrefix(codes: readonly string[]): string {
  const level2 = new Set(codes.map((code) => code.slice(0, 4)))
  const [only] = level2
  return level2.size === 1 && only !== undefined ? only : (codes[0] ?? '').slice(0, 2)
}

function landUseStyle(code: string, colour: string | null | undefined): ClassStyle {
  const { stroke, strokeWidthPx, hatched } = MAP_STYLES.landClass
  const info = landClass(code)
  const label: Bilingual = info === undefined ? { zh: code, en: code } : { zh: `${code} ${info.zh}`, en: `${code} ${info.en}` }
  return { code, look: { label, fill: colour ?? null, stroke, strokeWidthPx, ...hatched[code.slice(0, 2)] } }
}
