import { AppError } from '../errors.ts'
import { textOf } from './members.ts'
import { subjectOf, type Body, type Resolution, type SharedOp } from './operation.ts'

/** What of a plan says what its data are and how they are read. Its name and whatever else people write may change. */
const DATA_OF_PLAN = ['gpkgSha256', 'crs', 'frame'] as const

/**
 * Refuses operations that would give one plan or layer two contents. An import writes them once; they are checked against the data that
 * came with them, so nothing may put other words in their place later, not even one operation of one file and one of another.
 * @throws AppError 'share.malformed'
 */
export function assertSameContent(ops: readonly SharedOp[]): void {
  const known = new Map<string, string>()
  const hold = (op: SharedOp, part: string, value: unknown): void => {
    const { entity, entityId } = subjectOf(op)
    const key = `${entity} ${entityId} ${part}`
    const text = textOf(value)
    if (known.has(key) && known.get(key) !== text)
      throw new AppError('share.malformed', { where: op.id, problem: `the ${part} of a ${entity} never changes` })
    known.set(key, text)
  }
  for (const op of ops) {
    const { entity } = subjectOf(op)
    if (entity !== 'layer' && entity !== 'plan') continue
    for (const [part, value] of op.entity === 'resolution' ? chosen(op) : contents(op)) hold(op, part, value)
  }
}

const contents = ({ entity, before, after }: SharedOp): [part: string, value: unknown][] =>
  [before, after].flatMap((body) => (body === null ? [] : partsOf(entity, body)))

const partsOf = (entity: string, body: Body): [part: string, value: unknown][] =>
  entity === 'layer' ? [['data', body]] : DATA_OF_PLAN.map((member) => [member, body[member]])

function chosen(op: SharedOp): [part: string, value: unknown][] {
  const { entity, member, value } = (op.after ?? op.before) as unknown as Resolution
  if (member === 'exists') return []
  if (member === '*') return partsOf(entity, (value ?? {}) as Body)
  return DATA_OF_PLAN.some((part) => part === member) ? [[member, value]] : []
}
