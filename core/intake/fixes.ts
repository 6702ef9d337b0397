import type { IntakeFix, LayerChange } from '../model/inspection.ts'
import type { LayerDraft } from './draft.ts'

/** The part of a layer's answers that a fix may change. */
type Changeable = Pick<LayerDraft, 'role' | 'crs' | 'encoding' | 'fields' | 'classes' | 'where' | 'swapAxes' | 'confirmed'>

/** A fix that was chosen, with what stood there before: so that it can be taken back exactly. */
export interface AppliedFix {
  key: string
  before: Partial<Changeable>
}

/** Names a fix among those of its layer: the same remedy offered twice is one. */
export const fixKey = ({ change }: Pick<IntakeFix, 'change'>): string => JSON.stringify(sorted(change))

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]))
}

/** What a change makes of the answers: fields and classes are added to, everything else is replaced. */
function answersAfter(layer: LayerDraft, change: LayerChange): Partial<Changeable> {
  const after: Partial<Changeable> = {}
  const confirmed = { ...layer.confirmed }
  if (change.leaveOut === true) after.role = 'leave-out'
  else if (change.role !== undefined) {
    after.role = change.role
    confirmed.role = true
  }
  if (change.crs !== undefined) {
    after.crs = change.crs ?? ''
    confirmed.crs = true
  }
  if (change.encoding !== undefined) {
    after.encoding = change.encoding ?? ''
    confirmed.encoding = true
  }
  if (change.fields) {
    after.fields = { ...layer.fields, ...change.fields }
    confirmed.fields = true
  }
  if (change.classes) after.classes = { ...layer.classes, ...change.classes }
  if (change.where !== undefined) after.where = change.where
  if (change.swapAxes !== undefined) after.swapAxes = change.swapAxes === true
  return { ...after, confirmed }
}

const keysOf = (part: Partial<Changeable>): (keyof Changeable)[] =>
  (Object.keys(part) as (keyof Changeable)[]).filter((key) => key !== 'confirmed')

const pick = (layer: LayerDraft, keys: readonly (keyof Changeable)[]): Partial<Changeable> =>
  Object.fromEntries(keys.map((key) => [key, layer[key]]))

/**
 * Applies a fix to a layer's answers. Nothing else changes, and `undoFix` with the same key restores exactly what stood there;
 * a fix that is applied already changes nothing.
 */
export function applyFix(layer: LayerDraft, fix: Pick<IntakeFix, 'change'>): LayerDraft {
  const key = fixKey(fix)
  if (isApplied(layer, key)) return layer
  const after = answersAfter(layer, fix.change)
  const before = pick(layer, [...keysOf(after), 'confirmed'])
  return { ...layer, ...after, applied: [...layer.applied, { key, before }] }
}

export const isApplied = (layer: LayerDraft, key: string): boolean => layer.applied.some((applied) => applied.key === key)

/** A fix can be taken back on its own while no later one has changed the same answers. */
export function canUndoFix(layer: LayerDraft, key: string): boolean {
  const at = layer.applied.findIndex((applied) => applied.key === key)
  if (at < 0) return false
  const own = new Set(keysOf(layer.applied[at]?.before ?? {}))
  return layer.applied.slice(at + 1).every(({ before }) => keysOf(before).every((name) => !own.has(name)))
}

/** Takes a fix back: the answers it changed are as before it; what was answered elsewhere since then stays. */
export function undoFix(layer: LayerDraft, key: string): LayerDraft {
  if (!canUndoFix(layer, key)) return layer
  const undone = layer.applied.find((applied) => applied.key === key)
  if (!undone) return layer
  const { confirmed = layer.confirmed, ...before } = undone.before
  const touched = confirmedBy(before)
  const restored = { ...layer.confirmed }
  for (const name of touched) restored[name] = confirmed[name]
  return { ...layer, ...before, confirmed: restored, applied: layer.applied.filter((applied) => applied !== undone) }
}

const confirmedBy = (before: Partial<Changeable>): (keyof LayerDraft['confirmed'])[] =>
  (['role', 'crs', 'encoding', 'fields'] as const).filter((name) => Object.hasOwn(before, name))
