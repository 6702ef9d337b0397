import { contradictingClass } from '#core/intake/class-names.ts'
import { AppError } from '#core/errors.ts'
import type { ManifestLayer } from '#core/model/manifest.ts'
import type { Note } from '#core/model/plan.ts'
import { resolveLandClass, resolveLandClasses } from '#core/reference/land-classes.ts'
import { rowsOf, type SourceFeature, type SourceLayer, type SourceValue } from '../formats/format.ts'
import { asOurValue, type MappedField } from './field-mapping.ts'
import { codeNameNote, mixedClassNote, toBeDividedNote, type Contradiction, type TakenClass } from './attribute-notes.ts'
import { noClassNote, schemeNote, unknownClassesNote } from './import-notes.ts'

/** Land-use codes of one layer: resolved for the whole column at once, then looked up feature by feature. */
export interface ClassColumn {
  /** The 2023 code of a feature, or null where nobody knows; counts what it sees. */
  codeOf(feature: SourceFeature): string | null
  /** Values that no table explains, with how many stored features carry them. */
  unknown: Record<string, number>
  notes(): Note[]
}

const textOf = (value: SourceValue): string | null => {
  const text = asOurValue(value, 'text')
  return typeof text === 'string' ? text : null
}

/**
 * Reads the distinct class values of the features that will be stored and decides once in which classification they are
 * written (manifest `classes`, 2023 codes, names, GB 50137, 三调).
 */
export function classColumn(
  layer: ManifestLayer,
  source: SourceLayer,
  fields: readonly MappedField[],
  keep: (values: readonly SourceValue[]) => boolean,
): ClassColumn {
  const classField = fields.find(({ key }) => key === 'class')
  const nameField = fields.find(({ key }) => key === 'name')
  const mapping = layer.classes ?? {}
  refuseUnknownTargets(layer, source, mapping)
  if (!classField) return { codeOf: () => null, unknown: {}, notes: () => [] }

  const distinct: { value: string; name: string | null }[] = []
  const namesOf = new Map<string, Set<string | null>>()
  const read = layer.where ? undefined : [classField.at, ...(nameField ? [nameField.at] : [])]
  for (const { values } of rowsOf(source, read)) {
    const value = keep(values) ? textOf(values[classField.at] ?? null) : null
    if (value === null) continue
    const name = nameField ? textOf(values[nameField.at] ?? null) : null
    const names = namesOf.get(value) ?? new Set()
    if (names.has(name)) continue
    namesOf.set(value, names.add(name))
    distinct.push({ value, name })
  }
  const column = resolveLandClasses(
    distinct.map(({ value }) => value),
    mapping,
    { names: distinct.map(({ name }) => name), field: classField.source },
  )
  const codes = new Map(distinct.map(({ value }, i) => [value, column.matches[i]?.code ?? null]))
  const valuesWith = (trait: 'split' | 'mixed') =>
    new Set(distinct.flatMap(({ value }, i) => (column.matches[i]?.[trait] ? [value] : [])))
  const split = valuesWith('split')
  const mixed = valuesWith('mixed')
  const agreement = codeNameAgreement(distinct, codes, mixed)
  // Without a prototype, so that a value named like one is counted too.
  const readsDigits = column.matches.some(({ via }) => via === 'code' || via === 'survey3' || via === 'trial2020')
  const unknown = Object.create(null) as Record<string, number>
  const counts = new Map<string, number>()
  const without: number[] = []
  const taken = (values: ReadonlySet<string>): TakenClass[] =>
    [...values]
      .flatMap((value) => {
        const [code, count] = [codes.get(value), counts.get(value)]
        return code && count ? [{ value, code, count }] : []
      })
      .toSorted((a, b) => b.count - a.count)
  const noteOf = (found: TakenClass[], note: (found: TakenClass[]) => Note): Note[] => (found.length > 0 ? [note(found)] : [])
  return {
    codeOf({ row, values }) {
      const value = textOf(values[classField.at] ?? null)
      if (value === null) without.push(row)
      const code = value === null ? null : (codes.get(value) ?? null)
      if (value !== null && code === null) unknown[value] = (unknown[value] ?? 0) + 1
      if (value !== null && (split.has(value) || mixed.has(value))) counts.set(value, (counts.get(value) ?? 0) + 1)
      if (value !== null && nameField) agreement.see(row, value, textOf(values[nameField.at] ?? null))
      return code
    },
    unknown,
    notes: () => [
      ...(readsDigits || !column.certain ? [schemeNote(column.reason, column.certain)] : []),
      ...noteOf(taken(split), toBeDividedNote),
      ...noteOf(taken(mixed), mixedClassNote),
      ...agreement.notes(),
      ...(Object.keys(unknown).length > 0 ? [unknownClassesNote(unknown)] : []),
      ...(without.length > 0 ? [noClassNote(without)] : []),
    ],
  }
}

/** Rows that an example of a contradiction names. */
const MOST_ROWS = 5

/** Whether the code of each feature means what the name beside it says; decided once per pair, counted per feature. */
function codeNameAgreement(
  distinct: readonly { value: string; name: string | null }[],
  codes: ReadonlyMap<string, string | null>,
  mixed: ReadonlySet<string>,
): { see(row: number, value: string, name: string | null): void; notes(): Note[] } {
  const found = new Map<string, Map<string, Contradiction>>()
  for (const { value, name } of distinct) {
    const code = codes.get(value) ?? null
    const named = mixed.has(value) ? null : contradictingClass(code, name)
    if (code === null || name === null || named === null) continue
    const ofValue = found.get(value) ?? new Map<string, Contradiction>()
    found.set(value, ofValue.set(name, { value, name, code, named, rows: [], count: 0 }))
  }
  return {
    see(row, value, name) {
      const contradiction = name === null ? undefined : found.get(value)?.get(name)
      if (!contradiction) return
      contradiction.count += 1
      if (contradiction.rows.length < MOST_ROWS) contradiction.rows.push(row)
    },
    notes() {
      const seen = [...found.values()].flatMap((ofValue) => [...ofValue.values()]).filter(({ count }) => count > 0)
      return seen.length > 0 ? [codeNameNote(seen.toSorted((a, b) => b.count - a.count))] : []
    },
  }
}

/** A mapping to a code that does not exist is a mistake of the manifest, not an unknown value of the data. */
function refuseUnknownTargets(layer: ManifestLayer, source: SourceLayer, mapping: Readonly<Record<string, string>>): void {
  for (const [value, code] of Object.entries(mapping))
    if (resolveLandClass(value, { [value]: code }).code === null)
      throw new AppError('import.class-mapping-unknown', { file: layer.path, layer: source.layer, value, code })
}
