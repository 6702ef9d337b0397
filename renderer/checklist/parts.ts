/** One part of a measurement as the screen lists it. */
export interface PartRow {
  /** "byClass.07": where it sits in the details. */
  path: string
  /** The key that names the unit: the nearest one that is a word and not a code. */
  key: string
  value: number | string
}

const MOST_ROWS = 60

/** Flattens a measurement's details (plain JSON) into rows; lists and nested objects become dotted paths. */
export function partRows(details: Record<string, unknown>): PartRow[] {
  return walk(details, '', '').slice(0, MOST_ROWS)
}

function walk(value: unknown, path: string, key: string): PartRow[] {
  if (typeof value === 'number' || typeof value === 'string') return [{ path, key, value }]
  if (typeof value === 'boolean') return [{ path, key, value: value ? '✓' : '–' }]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) =>
    walk(inner, path === '' ? name : `${path}.${name}`, /^[a-z]/.test(name) ? name : key),
  )
}
