import { NO_TEXT, type Column, type LayerColumns } from './columns.ts'
import { NONE } from './pieces.ts'

/**
 * Attributes of result features from their sources. Of the second layer those whose names the first one has too get `prefix`
 * (as often as it takes); with null the second layer gives none.
 */
export function overlayAttributes(
  a: LayerColumns,
  b: LayerColumns,
  { sourceA, sourceB }: { sourceA: Int32Array; sourceB: Int32Array },
  prefix: string | null,
): Record<string, Column> {
  const attributes: Record<string, Column> = {}
  for (const [name, column] of Object.entries(a.attributes)) attributes[name] = picked(column, sourceA)
  if (prefix === null) return attributes
  for (const [name, column] of Object.entries(b.attributes)) {
    let free = name
    while (Object.hasOwn(attributes, free) || (free !== name && Object.hasOwn(b.attributes, free)))
      free = `${prefix || 'b_'}${free}`
    attributes[free] = picked(column, sourceB)
  }
  return attributes
}

/** A column's values for a list of its features; absent for NONE. */
export function picked(column: Column, features: Int32Array): Column {
  if (column.type === 'number') {
    const values = new Float64Array(new SharedArrayBuffer(8 * features.length))
    for (let at = 0; at < features.length; at += 1) {
      const feature = features[at] as number
      values[at] = feature === NONE ? NaN : (column.values[feature] ?? NaN)
    }
    return { type: 'number', values }
  }
  const codes = new Uint32Array(new SharedArrayBuffer(4 * features.length))
  for (let at = 0; at < features.length; at += 1) {
    const feature = features[at] as number
    codes[at] = feature === NONE ? NO_TEXT : (column.codes[feature] ?? NO_TEXT)
  }
  return { type: 'text', codes, dictionary: column.dictionary }
}
