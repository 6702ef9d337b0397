import * as z from 'zod'
import { AppError } from '../errors.ts'
import { BODIES, bilingual, idOfBody, line, moment, uuid } from './bodies.ts'
import { SHARED_ENTITIES, subjectOf, type Resolution, type SharedOp } from './operation.ts'

const envelope = z.strictObject({
  id: uuid,
  txn: uuid,
  title: bilingual,
  actor: line,
  office: line,
  hlc: z.string().regex(/^\d{1,19}$/),
  at: moment,
  entity: z.enum(SHARED_ENTITIES),
  entityId: z.string().min(1).max(100),
  kind: z.enum(['create', 'update', 'delete']),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  undoOf: uuid.nullable(),
  parents: z.array(uuid).max(10_000),
})

const malformed = (where: string, problem: string): AppError => new AppError('share.malformed', { where, problem })

const problemOf = ({ issues: [issue] }: z.ZodError): string => `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`

/**
 * One operation from outside, checked member by member.
 * @param where how the place is named in an error, "operations.jsonl:12"
 * @throws AppError 'share.malformed'
 */
export function checkedOp(json: unknown, where: string): SharedOp {
  const found = envelope.safeParse(json)
  if (!found.success) throw malformed(where, problemOf(found.error))
  const op = found.data as SharedOp
  if ((op.kind === 'create') !== (op.before === null) || (op.kind === 'delete') !== (op.after === null))
    throw malformed(where, 'kind and states do not agree')
  for (const body of [op.before, op.after]) {
    if (body === null) continue
    const checked = BODIES[op.entity].safeParse(body)
    if (!checked.success) throw malformed(where, problemOf(checked.error))
    if (idOfBody(op.entity, body) !== op.entityId) throw malformed(where, 'the id is not the one of its members')
  }
  if (op.entity === 'resolution') checkResolution(op, where)
  return op
}

/** A chosen value becomes part of a thing: it must be what such a thing may hold. */
function checkResolution(op: SharedOp, where: string): void {
  const { entity, member, value } = (op.after ?? op.before) as unknown as Resolution
  if (member === 'exists') {
    if (value !== undefined && value !== true) throw malformed(where, 'exists is true or absent')
    return
  }
  const schema = BODIES[entity]
  const part = member === '*' ? schema : (schema.shape as Record<string, z.ZodType>)[member]
  if (part === undefined || !part.safeParse(value).success) throw malformed(where, `${member} cannot be that`)
  if (member === '*' && idOfBody(entity, value as Record<string, unknown>) !== subjectOf(op).entityId)
    throw malformed(where, 'the id is not the one of its members')
  if (['id', 'planId', 'reviewId', 'findingId', 'optionId'].includes(member))
    throw malformed(where, `${member} is never in conflict`)
}
