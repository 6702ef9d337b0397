import type { Bilingual } from '../text.ts'

/** What travels between catalogues, parents before what hangs on them. What is derived (scores, tiles) is made again where it is needed. */
export const SHARED_ENTITIES = [
  'plan',
  'layer',
  'round',
  'review',
  'item_entry',
  'finding',
  'remark',
  'attachment',
  'option',
  'option_edit',
  'resolution',
] as const
export type SharedEntity = (typeof SHARED_ENTITIES)[number]

/** A thing as the operation log writes it: plain JSON. */
export type Body = Readonly<Record<string, unknown>>

/** One operation as it travels: the same id everywhere, for ever. */
export interface SharedOp {
  id: string
  /** Operations of one step share it. */
  txn: string
  title: Bilingual
  actor: string
  office: string
  /** Hybrid logical clock, decimal digits (64 bits do not fit a number). */
  hlc: string
  at: string
  entity: SharedEntity
  entityId: string
  kind: 'create' | 'update' | 'delete'
  before: Body | null
  after: Body | null
  /** The operation that this one takes back. */
  undoOf: string | null
  /** Operations on the same thing that its author had seen; what they lead back to is seen too. */
  parents: readonly string[]
}

/** A person's choice between two sides of a conflict. It is an operation on the thing that the conflict is about. */
export interface Resolution {
  id: string
  planId: string
  entity: Exclude<SharedEntity, 'resolution'>
  entityId: string
  /** The member that was in conflict; `*`: the whole; `exists`: kept or removed. */
  member: string
  /** The operation whose side was chosen. */
  chosen: string
  /** What the member is from now on; absent: it has none. */
  value?: unknown
  by: string
  at: string
}

/** Which thing an operation is about: a resolution is about what was in conflict. */
export function subjectOf(op: Pick<SharedOp, 'entity' | 'entityId' | 'before' | 'after'>): {
  entity: SharedEntity
  entityId: string
} {
  if (op.entity !== 'resolution') return { entity: op.entity, entityId: op.entityId }
  const { entity, entityId } = (op.after ?? op.before) as unknown as Resolution
  return { entity, entityId }
}

export const subjectKey = ({ entity, entityId }: { entity: string; entityId: string }): string => `${entity} ${entityId}`

/**
 * The order that decides which of two sides is shown first and holds until a person chooses: the later clock, then the office, then
 * the id. The same on every machine.
 */
export function compareOps(a: SharedOp, b: SharedOp): number {
  const [first, second] = [BigInt(a.hlc), BigInt(b.hlc)]
  if (first !== second) return first < second ? -1 : 1
  if (a.office !== b.office) return a.office < b.office ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
