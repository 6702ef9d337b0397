import type { InspectedLayer } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import { classColumn } from '../import/class-column.ts'
import type { MappedField } from '../import/field-mapping.ts'
import { resolveLandClasses } from '#core/reference/land-classes.ts'
import { bilingual } from '#core/text.ts'
import type { SourceLayer, SourceValue } from '../formats/format.ts'

/** More distinct values than this are not classes but something else. */
const MAX_CLASSES = 500

/** What the import says of classes beyond those that the preview's own table shows. */
const SHOWN_NOTES = new Set(['class.to-be-divided', 'class.mixed', 'class.code-name-mismatch'])

/** The import's own check of classes, on all features: what will be said after the import is said before it. */
function agreementNotes(
  layer: SourceLayer,
  named: Readonly<Record<'class' | 'name', string | undefined>>,
  keeps: (values: readonly SourceValue[]) => boolean,
  mapping: Readonly<Record<string, string>>,
): Note[] {
  const mapped = Object.entries(named).flatMap(([key, source]): MappedField[] => {
    const at = layer.fields.findIndex(({ name }) => name === source)
    return at < 0 ? [] : [{ key, type: 'text', source: layer.fields[at]?.name ?? '', at }]
  })
  const column = classColumn({ role: 'landuse_plan', path: layer.layer ?? '', classes: { ...mapping } }, layer, mapped, keeps)
  for (const feature of layer.features()) if (keeps(feature.values)) column.codeOf(feature)
  return column.notes().filter(({ code }) => code !== undefined && SHOWN_NOTES.has(code))
}

/** Class values of a land-use layer with counts and the 2023 code each one resolves to; most frequent first. */
export function previewClasses(
  layer: SourceLayer,
  field: string | undefined,
  keeps: (values: readonly SourceValue[]) => boolean = () => true,
  mapping: Readonly<Record<string, string>> = {},
  nameField?: string,
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
      return { classes: [], notes: [{ severity: 'warning', code: 'class.too-many', text }] }
    }
  }
  const values = [...counts.keys()]
  const column = resolveLandClasses(values, mapping, field === undefined ? {} : { field })
  const classes = values.map((value, at) => ({
    source: String(value),
    count: counts.get(value) ?? 0,
    code: column.matches[at]?.code ?? null,
  }))
  const notes: Note[] = [
    ...(column.certain ? [] : [{ severity: 'warning' as const, code: 'class.scheme-uncertain', text: column.reason }]),
    ...agreementNotes(layer, { class: field, name: nameField }, keeps, mapping),
  ]
  return { classes: classes.toSorted((a, b) => b.count - a.count || (a.source < b.source ? -1 : 1)), notes }
}
