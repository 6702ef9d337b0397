import { WHOLE, type Conflict } from './conflict.ts'
import { bodyOf, foldAll } from './fold.ts'
import { subjectKey, subjectOf, type Body, type SharedEntity, type SharedOp } from './operation.ts'

/** One thing that somebody does in one of the offices; the numbers choose what to do it to. */
export interface Deed {
  office: number
  kind: 'judge' | 'clear' | 'write' | 'reword' | 'grade' | 'remove' | 'reply' | 'undo' | 'settle' | 'fetch'
  pick: number
  value: number
}

export const DEEDS: readonly Deed['kind'][] = [
  'judge',
  'clear',
  'write',
  'reword',
  'grade',
  'remove',
  'reply',
  'undo',
  'settle',
  'fetch',
]

const SEVERITIES = ['must', 'should', 'note'] as const
const PEOPLE = ['林青', '周岚', '许诚']
const START = Date.UTC(2026, 2, 2)
const REVIEW = idOf(1)
const PLAN = idOf(0)

function idOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

type Draft = Pick<SharedOp, 'entity' | 'entityId' | 'before' | 'after'> & { undoOf?: string }

/**
 * Offices that begin with the same plan and review and then do what the deeds say, each knowing only what it fetched. For tests.
 * @returns what each office has at the end
 */
export function playHistory(deeds: readonly Deed[], offices = 3): SharedOp[][] {
  let count = 10
  const append = (known: SharedOp[], who: number, draft: Draft): void => {
    count += 1
    const same = known.filter((op) => subjectKey(subjectOf(op)) === subjectKey(subjectOf(draft)))
    const named = new Set(same.flatMap(({ parents }) => parents))
    const kind = draft.before === null ? 'create' : draft.after === null ? 'delete' : 'update'
    known.push({
      id: idOf(count),
      txn: idOf(count),
      title: { zh: '一步', en: 'A step' },
      actor: PEOPLE[who] ?? '',
      office: `office ${who}`,
      // Clocks of different offices meet, so that the order has to be decided by more than the time.
      hlc: String(known.length),
      at: new Date(START + count * 1000).toISOString(),
      kind,
      undoOf: null,
      parents: same.map(({ id }) => id).filter((id) => !named.has(id)),
      ...draft,
    })
  }
  const beginning: SharedOp[] = []
  append(beginning, 0, { entity: 'plan', entityId: PLAN, before: null, after: { id: PLAN } })
  append(beginning, 0, { entity: 'review', entityId: REVIEW, before: null, after: reviewBody() })
  for (const pick of [1, 2]) {
    for (const kind of ['write', 'judge'] as const) {
      const draft = draftOf({ office: 0, kind, pick, value: pick }, beginning, '林青', idOf(count + 5000))
      if (draft !== null) append(beginning, 0, draft)
    }
  }
  const sets = Array.from({ length: offices }, () => [...beginning])
  for (const deed of deeds) {
    const who = deed.office % offices
    const known = sets[who] ?? []
    if (deed.kind === 'fetch') {
      const ids = new Set(known.map(({ id }) => id))
      known.push(...(sets[deed.pick % offices] ?? []).filter(({ id }) => !ids.has(id)))
      continue
    }
    const draft = draftOf(deed, known, PEOPLE[who] ?? '', idOf(count + 5000))
    if (draft !== null) append(known, who, draft)
  }
  return sets
}

const reviewBody = (): Body => ({
  id: REVIEW,
  planId: PLAN,
  checklistId: 'green-low-carbon',
  checklistVersion: '1.0.0',
  reviewer: '林青',
  startedAt: new Date(START).toISOString(),
})

/** What a deed writes, given what its author knows; null where there is nothing to do it to. */
function draftOf({ kind, pick, value }: Deed, known: readonly SharedOp[], by: string, fresh: string): Draft | null {
  const subjects = foldAll(known)
  const there = (entity: SharedEntity) => [...subjects.values()].filter((one) => one.entity === entity && bodyOf(one) !== null)
  const chosen = <T>(list: readonly T[]): T | undefined => list[pick % Math.max(1, list.length)]
  const signed = { by, at: new Date(START + value * 1000).toISOString() }
  const finding = chosen(there('finding'))
  const changed = (patch: Body): Draft | null =>
    finding
      ? { entity: 'finding', entityId: finding.entityId, before: finding.value, after: { ...finding.value, ...patch, ...signed } }
      : null
  switch (kind) {
    case 'judge':
    case 'clear': {
      const item = `A0${pick % 4}`
      const entityId = `${REVIEW}/${item}`
      const before = bodyOf(subjects.get(subjectKey({ entity: 'item_entry', entityId })))
      const after = kind === 'clear' ? null : { reviewId: REVIEW, item, ...judgement(value), ...signed }
      return before === null && after === null ? null : { entity: 'item_entry', entityId, before, after }
    }
    case 'write': {
      const number = there('finding').length + 1
      return { entity: 'finding', entityId: fresh, before: null, after: { ...findingBody(fresh, number, value), ...signed } }
    }
    case 'reword':
      return changed({ text: `改写 ${value % 7}` })
    case 'grade':
      return changed({ severity: SEVERITIES[value % 3] })
    case 'remove':
      return finding ? { entity: 'finding', entityId: finding.entityId, before: finding.value, after: null } : null
    case 'reply':
      return finding
        ? {
            entity: 'remark',
            entityId: fresh,
            before: null,
            after: { id: fresh, findingId: finding.entityId, text: `答复 ${value % 5}`, ...signed },
          }
        : null
    case 'undo': {
      const op = chosen(known.filter(({ actor, entity }) => actor === by && entity !== 'plan' && entity !== 'review'))
      return op ? { entity: op.entity, entityId: op.entityId, before: op.after, after: op.before, undoOf: op.id } : null
    }
    case 'settle':
      return settlement(chosen([...subjects.values()].flatMap(({ conflicts }) => conflicts)), value, signed, fresh)
    case 'fetch':
      return null
  }
}

const judgement = (value: number) => ({
  level: value % 5,
  notApplicable: false,
  reason: `理由 ${value % 3}`,
  document: null,
  page: null,
})

const findingBody = (id: string, number: number, value: number): Body => ({
  id,
  reviewId: REVIEW,
  number,
  item: 'A03',
  severity: 'should',
  text: `意见 ${value % 7}`,
  action: '',
  evidence: [],
  withdrawn: false,
})

function settlement(conflict: Conflict | undefined, value: number, signed: object, id: string): Draft | null {
  if (conflict === undefined) return null
  const { entity, entityId, member, sides } = conflict
  const side = sides[value % sides.length]
  if (side === undefined || (member === WHOLE && side.value === undefined)) return null
  const kept = side.value === undefined ? {} : { value: side.value }
  const after = { id, planId: PLAN, entity, entityId, member, chosen: side.opId, ...kept, ...signed }
  return { entity: 'resolution', entityId: id, before: null, after }
}
