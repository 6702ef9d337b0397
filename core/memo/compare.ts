import { canonicalJson } from './canonical.ts'

/** One part of a result with its path, as canonical JSON. */
export interface Leaf {
  path: string
  text: string
}

/** Where two results differ. Absent parts read as an empty text. */
export interface Difference {
  path: string
  stored: string
  recomputed: string
}

/** Long lists of shapes are compared as one part: their members mean little one by one. */
const WHOLE = new Set(['evidence', 'details'])

/**
 * Every part of a plain JSON value, in order. Members of lists are named by their `id`, `item` or number where they have one
 * ("checklist.items[A04].level"), so that a path means the same in two versions of a result.
 */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value)) {
    if (value.every((member) => typeof member !== 'object' || member === null)) return [leaf(path, value)]
    const names = value.map(memberName)
    const unique = new Set(names).size === names.length
    return value.flatMap((member, index) => leavesOf(member, `${path}[${unique ? names[index] : index}]`))
  }
  if (typeof value !== 'object' || value === null || isBilingual(value)) return [leaf(path, value)]
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  if (members.length === 0) return [leaf(path, value)]
  return members.flatMap(([key, member]) => {
    const inner = path === '' ? key : `${path}.${key}`
    return WHOLE.has(key) ? wholeLeaves(member, inner) : leavesOf(member, inner)
  })
}

/** Details keep their first level of keys; evidence is one part. */
function wholeLeaves(value: unknown, path: string): Leaf[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [leaf(path, value)]
  const members = Object.entries(value)
  return members.length === 0 ? [leaf(path, value)] : members.map(([key, member]) => leaf(`${path}.${key}`, member))
}

const leaf = (path: string, value: unknown): Leaf => ({ path, text: canonicalJson(value ?? null) })

const isBilingual = (value: object): boolean => Object.keys(value).sort().join() === 'en,zh'

function memberName(member: unknown, index: number): string {
  if (typeof member !== 'object' || member === null) return String(index)
  const { id, item, number } = member as { id?: unknown; item?: unknown; number?: unknown }
  const name = typeof number === 'number' ? number : (id ?? item)
  return typeof name === 'string' || typeof name === 'number' ? String(name) : String(index)
}

/** Differences between two results (or parts of them), by path, in the order of the first. `a` is what is stored. */
export function compareResults(a: unknown, b: unknown): Difference[] {
  const stored = new Map(leavesOf(a).map(({ path, text }) => [path, text]))
  const recomputed = new Map(leavesOf(b).map(({ path, text }) => [path, text]))
  const paths = new Set([...stored.keys(), ...recomputed.keys()])
  return [...paths]
    .filter((path) => stored.get(path) !== recomputed.get(path))
    .map((path) => ({ path, stored: stored.get(path) ?? '', recomputed: recomputed.get(path) ?? '' }))
}
