import type { InspectedLayer } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import { resolveLandClasses } from '#core/reference/land-classes.ts'
import { bilingual } from '#core/text.ts'
import type { SourceLayer, SourceValue } from '../formats/format.ts'

/** More distinct values than this are not classes but something else. */
const MAX_CLASSES = 500

/** Class values of a land-use layer with counts and the 2023 code each one resolves to; most frequent first. */
export function previewClasses(
  layer: SourceLayer,
  field: string | undefined,
  keeps: (values: readonly SourceValue[]) => boolean = () => true,
  mapping: Readonly<Record<string, string>> = {},
): { classes: InspectedLayer['classes']; notes: Note[] } {
  const index = layer.fields.findIndex(({ name }) => name === field)
  if (index < 0) return { classes: [], notes: [] }
  const counts = new Map<string | number, number>()
  for (const { values } of layer.features()) {
    const value = values[index]
    if (!keeps(values)) continue
    if (typeof value !== 'string' && typeof value !== 'number') continue
    counts.set(value, (counts.get(value) ?? 0) + 1)
    if (counts.size > MAX_CLASSES) {
      const text = bilingual(
        `字段“${field}”的不同取值超过 ${MAX_CLASSES} 个，不像用地分类`,
        `“${field}” has more than ${MAX_CLASSES} different values and does not look like land-use classes`,
      )
      return { classes: [], notes: [{ severity: 'warning', text }] }
    }
  }
  const values = [...counts.keys()]
  const column = resolveLandClasses(values, mapping, field === undefined ? {} : { field })
  const classes = values.map((value, at) => ({
    source: String(value),
    count: counts.get(value) ?? 0,
    code: column.matches[at]?.code ?? null,
  }))
  const notes: Note[] = column.certain ? [] : [{ severity: 'warning', text: column.reason }]
  return { classes: classes.toSorted((a, b) => b.count - a.count || (a.source < b.source ? -1 : 1)), notes }
}
