import * as z from 'zod'
import json from '../../resources/reference/overlay-styles.json' with { type: 'json' }
import type { LegendEntry } from '../contract/map-data.ts'
import { entryOfLook } from '../map/legend.ts'
import type { GeometryKind } from '../model/roles.ts'
import { readableValue, type UnitId } from '../model/units.ts'
import { bilingualText, provenance } from '../reference/provenance.ts'
import { classify } from '../tables/classes.ts'

/** `#RRGGBB`, or `#RRGGBBAA` where what lies below must stay readable. */
const colour = z.string().regex(/^#[0-9A-F]{6}([0-9A-F]{2})?$/)
const five = <T extends z.ZodType>(of: T) => z.array(of).length(5)

const look = z.strictObject({
  label: bilingualText,
  fill: colour.nullable(),
  stroke: colour.nullable(),
  strokeWidthPx: z.number().positive(),
  dash: z.array(z.number().positive()).min(2).optional(),
  hatch: z.enum(['none', 'diagonal', 'cross', 'dots']).optional(),
  hatchColour: colour.optional(),
  markerPx: z.number().positive().optional(),
  ...provenance,
})

const ramp = z.strictObject({
  /** Pale to dark. */
  colours: five(colour),
  /** Outline of areas and points. */
  stroke: colour.optional(),
  /** Of lines, thin to thick. */
  widthsPx: five(z.number().positive()).optional(),
  /** Radius of points, small to large. */
  markersPx: five(z.number().positive()).optional(),
  ...provenance,
})

/** Shape of `resources/reference/overlay-styles.json`: how shapes of analysis overlays look. */
export const overlayStylesSchema = z.strictObject({
  greenprint: z.literal('overlay-styles/1'),
  note: bilingualText,
  ramps: z.record(z.string(), ramp),
  looks: z.record(z.string(), look),
})

const { ramps, looks } = overlayStylesSchema.parse(json)

/** Names of looks and ramps that the data file must hold; a misspelt one does not compile. */
export type LookId = keyof typeof json.looks
export type RampId = keyof typeof json.ramps

/** A legend of named looks; each entry says how many shapes wear it. */
export function namedLegend(ids: readonly LookId[], classOf: ArrayLike<number>, kind: GeometryKind): LegendEntry[] {
  const counts = countsOf(classOf, ids.length)
  return ids.map((id, index) => {
    const found = looks[id]
    if (!found) throw new RangeError(`overlay-styles.json has no look “${id}”`)
    return entryOfLook({ code: id, look: found }, index, counts[index] ?? 0, kind)
  })
}

/** Values in at most five classes of equally many, and the legend that shows them: darker, thicker, larger means more. */
export function rampLegend(
  id: RampId,
  values: ArrayLike<number>,
  kind: GeometryKind,
  unit: UnitId,
): { legend: LegendEntry[]; classOf: Uint16Array } {
  const found = ramps[id]
  if (!found) throw new RangeError(`overlay-styles.json has no ramp “${id}”`)
  const { classes, classOf } = classify(Array.from(values), 'natural')
  const indexes = Uint16Array.from(values, (value) => classOf(value) ?? 0)
  const counts = countsOf(indexes, classes.length)
  const legend = classes.map(({ low, high }, index): LegendEntry => {
    const step = classes.length === 1 ? 2 : Math.round((index * 4) / (classes.length - 1))
    const label = { zh: rangeText(low, high, unit, 'zh'), en: rangeText(low, high, unit, 'en') }
    const tone = found.colours[step] ?? null
    const base = { index, code: `${id}${step}`, label, dash: null, hatch: 'none' as const, features: counts[index] ?? 0 }
    if (kind === 'line') return { ...base, fill: null, stroke: tone, strokeWidthPx: found.widthsPx?.[step] ?? 2 }
    const outlined = { ...base, fill: tone, stroke: found.stroke ?? null, strokeWidthPx: 1 }
    return kind === 'point' ? { ...outlined, markerPx: found.markersPx?.[step] ?? 4 } : outlined
  })
  return { legend, classOf: indexes }
}

function rangeText(low: number, high: number, unit: UnitId, lang: 'zh' | 'en'): string {
  return low === high ? readableValue(low, unit, lang) : `${readableValue(low, unit, lang)} – ${readableValue(high, unit, lang)}`
}

function countsOf(classOf: ArrayLike<number>, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0)
  for (let shape = 0; shape < classOf.length; shape += 1) {
    const at = classOf[shape] ?? 0
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}
