import { subjectKey, subjectOf, type SharedOp } from './operation.ts'

/** Which member names what a thing hangs on, and of which kind that is. */
const HANGS_ON = {
  layer: ['plan', 'planId'],
  round: ['plan', 'planId'],
  review: ['plan', 'planId'],
  item_entry: ['review', 'reviewId'],
  finding: ['review', 'reviewId'],
  attachment: ['review', 'reviewId'],
  option: ['review', 'reviewId'],
  remark: ['finding', 'findingId'],
  option_edit: ['option', 'optionId'],
} as const

/**
 * The plan that each thing belongs to, by `subjectKey`, as far as operations that made it and everything it hangs on are among these.
 * What hangs on something unknown is left out.
 */
export const planOfSubjects = (ops: readonly SharedOp[]): Map<string, string> => ownersOf(ops, 'plan')

/** The review that each thing belongs to; what is of the plan as a whole is left out. */
export const reviewOfSubjects = (ops: readonly SharedOp[]): Map<string, string> => ownersOf(ops, 'review')

function ownersOf(ops: readonly SharedOp[], owner: 'plan' | 'review'): Map<string, string> {
  const made = new Map<string, SharedOp>()
  for (const op of ops) if (op.kind === 'create' && op.entity !== 'resolution') made.set(subjectKey(op), op)
  const found = new Map<string, string | null>()
  const ownerOf = (key: string): string | null => {
    const known = found.get(key)
    if (known !== undefined) return known
    const op = made.get(key)
    const own = op === undefined ? null : op.entity === owner ? op.entityId : above(op)
    found.set(key, own)
    return own
  }
  const above = (op: SharedOp): string | null => {
    if (op.entity === 'plan' || op.entity === 'resolution') return null
    const [entity, member] = HANGS_ON[op.entity]
    return ownerOf(subjectKey({ entity, entityId: String(op.after?.[member]) }))
  }
  const owners = new Map<string, string>()
  for (const op of ops) {
    const key = subjectKey(subjectOf(op))
    const ownerId = ownerOf(key)
    if (ownerId !== null) owners.set(key, ownerId)
  }
  return owners
}
