import { NO_TEXT, numberAt, textAt, type LayerColumns } from '../geo/columns.ts'

/** Attributes that name a feature, the surest first. A name counts only where it is as unique as a number would be. */
const ID_FIELDS = ['parcel', 'code', 'name'] as const

/** An attribute names features when at least this share of them has a value that no other has. */
const UNIQUE_SHARE = 0.9

/** Value → the one feature that has it; values that several features have name none of them. */
export function namedBy(layer: LayerColumns, field: string): Map<string, number> {
  const named = new Map<string, number>()
  const repeated = new Set<string>()
  for (let feature = 0; feature < layer.count; feature += 1) {
    const value = valueAt(layer, field, feature)
    if (value === null || repeated.has(String(value))) continue
    const text = String(value)
    if (named.delete(text)) repeated.add(text)
    else named.set(text, feature)
  }
  return named
}

export interface Identity {
  field: string
  before: Map<string, number>
  after: Map<string, number>
}

/** The attribute by which features of both versions can be told apart, or null where there is none. */
export function identityOf(before: LayerColumns, after: LayerColumns): Identity | null {
  for (const field of ID_FIELDS) {
    if (!hasColumn(before, field) || !hasColumn(after, field)) continue
    const identity = { field, before: namedBy(before, field), after: namedBy(after, field) }
    const unique = identity.before.size >= UNIQUE_SHARE * before.count && identity.after.size >= UNIQUE_SHARE * after.count
    if (unique && identity.before.size > 0) return identity
  }
  return null
}

/** What people call a feature: its number, code or name. */
export function labelOf(layer: LayerColumns, feature: number): string | null {
  for (const field of ID_FIELDS) {
    const value = valueAt(layer, field, feature)
    if (value !== null) return String(value)
  }
  return null
}

/** An attribute's value, null where it is absent. */
export const valueAt = (layer: LayerColumns, field: string, feature: number): string | number | null =>
  textAt(layer, field, feature) ?? numberAt(layer, field, feature) ?? null

/** True when the attribute was mapped and has at least one value. */
export function hasColumn(layer: LayerColumns, field: string): boolean {
  const column = layer.attributes[field]
  if (column === undefined) return false
  return column.type === 'text'
    ? column.codes.some((code) => code !== NO_TEXT)
    : column.values.some((value) => !Number.isNaN(value))
}
