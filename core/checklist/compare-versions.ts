import { without } from '../without.ts'
import type { Checklist, ChecklistItem } from './schema.ts'

/** One difference between two versions of a checklist, named by its place in the file; values are plain JSON. */
export interface ChecklistChange {
  /** Id of the item, or null for the checklist as a whole. */
  item: string | null
  kind: 'added' | 'removed' | 'changed'
  /** `title.zh`, `rule.edges[2]`, `levels[3].text.en`, `dimensions.B.weight`, `dimensionOrder` …; empty for an item that was added or removed. */
  path: string
  before: unknown
  after: unknown
  /** True when the same plan may get another score: weights, gates, rules, what applies, bands of opinions. */
  affectsScore: boolean
}

/** Parts of a checklist that scoring reads; the others are words, or the order in which things are shown. */
const SCORED =
  /^(weight|gate|applies|rule|dimension$|evidence|dimensions\.[^.]+(\.weight)?$|opinions\[\d+\]\.(id|min)|gateOpinion|notJudged\.(id|minCoverage))/

/** What differs between two versions, in the newer one's order: the checklist as a whole first, then item by item, removed ones last. */
export function compareChecklists(before: Checklist, after: Checklist): ChecklistChange[] {
  const byId = new Map(before.items.map((item) => [item.id, item]))
  const kept = new Set(after.items.map(({ id }) => id))
  const shared = orderOf(before).filter((id) => orderOf(after).includes(id))
  // Dimensions are compared by their id, so that one which moved is not all others changed.
  const head = (checklist: Checklist) => ({
    ...without(checklist, 'items', 'version', 'dimensions'),
    dimensions: Object.fromEntries(checklist.dimensions.map((dimension) => [dimension.id, without(dimension, 'id')])),
    dimensionOrder: orderOf(checklist)
      .filter((id) => shared.includes(id))
      .join(' '),
  })
  return [
    ...leaves(head(before), head(after), '').map((leaf) => changed(null, leaf)),
    ...after.items.flatMap((item) => ofItem(byId.get(item.id), item)),
    ...before.items.filter(({ id }) => !kept.has(id)).map((item) => whole(item, 'removed')),
  ]
}

const orderOf = ({ dimensions }: Checklist): string[] => dimensions.map(({ id }) => id)

const ofItem = (before: ChecklistItem | undefined, after: ChecklistItem): ChecklistChange[] =>
  before === undefined ? [whole(after, 'added')] : leaves(before, after, '').map((leaf) => changed(after.id, leaf))

const whole = (item: ChecklistItem, kind: 'added' | 'removed'): ChecklistChange => ({
  item: item.id,
  kind,
  path: '',
  before: kind === 'removed' ? item : null,
  after: kind === 'added' ? item : null,
  affectsScore: true,
})

interface Leaf {
  path: string
  before: unknown
  after: unknown
}

const changed = (item: string | null, leaf: Leaf): ChecklistChange => ({
  item,
  kind: 'changed',
  ...leaf,
  affectsScore: SCORED.test(leaf.path),
})

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The smallest parts that differ. A part that only one side has is one difference, not many. */
function leaves(before: unknown, after: unknown, path: string): Leaf[] {
  if (Object.is(before, after)) return []
  if (!isRecord(before) || !isRecord(after) || Array.isArray(before) !== Array.isArray(after)) return [{ path, before, after }]
  const isList = Array.isArray(after)
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key) => {
    const place = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    return leaves(before[key] ?? null, after[key] ?? null, place)
  })
}
