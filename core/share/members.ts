import { canonicalJson } from '../memo/canonical.ts'
import { EXISTS, WHOLE } from './conflict.ts'
import type { Body, Resolution, SharedEntity, SharedOp } from './operation.ts'

/** What is decided as one. Of the others every member is somebody's to change. */
const WHOLES: ReadonlySet<SharedEntity> = new Set(['layer', 'round', 'item_entry', 'remark', 'attachment', 'option_edit'])

/** Who wrote last and when, and what a merge itself adds: they follow from the other members and are in nobody's dispute. */
const QUIET: ReadonlySet<string> = new Set(['by', 'at', 'origin'])

export const isWhole = (entity: SharedEntity): boolean => WHOLES.has(entity)
export const isQuiet = (member: string): boolean => QUIET.has(member)

/** The same text for the same content; absent and undefined are the same. */
export const textOf = (value: unknown): string => (value === undefined ? '' : canonicalJson(value))

/** What of a value can be in dispute: of a decision, not who made it and when. */
export function disputed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([member]) => !isQuiet(member)))
}

/** Members that an operation wrote, with what it made of them. */
export function writesOf(op: SharedOp): [member: string, value: unknown][] {
  if (op.entity === 'resolution') {
    const { member, value } = op.after as unknown as Resolution
    return member === EXISTS ? [] : [[member, value]]
  }
  if (op.after === null) return []
  if (isWhole(op.entity)) return [[WHOLE, op.after]]
  const before: Body = op.before ?? {}
  const members = new Set([...Object.keys(before), ...Object.keys(op.after)])
  return [...members].flatMap((member): [string, unknown][] =>
    textOf(before[member]) === textOf(op.after?.[member]) ? [] : [[member, op.after?.[member]]],
  )
}

/** True for what takes a thing away: its deletion, or a person's choice that it goes. */
export function isRemoval(op: SharedOp): boolean {
  if (op.entity !== 'resolution') return op.kind === 'delete'
  const { member, value } = (op.after ?? {}) as unknown as Resolution
  return member === EXISTS && value !== true
}
