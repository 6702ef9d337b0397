import type { SharedEntity } from './operation.ts'

/** The whole of a thing that is decided as one: a level goes with its reason. */
export const WHOLE = '*'
/** Whether a thing is there at all. */
export const EXISTS = 'exists'

/** What one person made of it. */
export interface ConflictSide {
  /** The operation that wrote it. */
  opId: string
  by: string
  office: string
  at: string
  /** Absent: without this member, or removed. */
  value?: unknown
}

/** Two people changed the same member, neither knowing of the other. The first side holds until somebody chooses. */
export interface Conflict {
  /** Made of what it is about, so that it is the same on every machine. */
  id: string
  entity: Exclude<SharedEntity, 'resolution'>
  entityId: string
  member: string
  /** Two or more, the one that holds first. */
  sides: ConflictSide[]
}

export const conflictId = (entity: string, entityId: string, member: string): string => `${entity} ${entityId} ${member}`
