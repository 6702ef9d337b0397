import type { Level } from '../checklist/result.ts'
import type { Checklist } from '../checklist/schema.ts'
import type { SealedResult } from '../memo/seal.ts'
import { findingName, statusOf, type Finding, type Remark } from '../review/finding.ts'
import { bodyOf, foldAll } from '../share/fold.ts'
import type { Body, SharedEntity, SharedOp } from '../share/operation.ts'
import type { FindingsOfItem, MemoForm, MemoHead, ReadFinding, ReadItem, Reading, ReadMemo, ReadNote } from './reading.ts'

/** The file that a review was read from. */
export interface ReadFile {
  sha256: string
  fileName: string
  sizeBytes: number
  form: MemoForm
}

/** What is known of one memo beside its record. */
interface Beside {
  checklist: Checklist | undefined
  notes: ReadonlyMap<string, ReadNote[]>
  reviewId: string | null
  office: string
  round: number | null
}

type FindChecklist = (id: string, version: string) => Checklist | undefined

/** Versions of a review, in whatever form, have these in common. */
export const seriesOf = (gpkgSha256: string, reviewer: string, startedAt: string, checklistId: string): string =>
  `${gpkgSha256.slice(0, 16)} ${checklistId} ${startedAt} ${reviewer}`

type Sums = Pick<MemoHead, 'counts' | 'withdrawn' | 'byItem'>

function countsOf(findings: readonly ReadFinding[], items: readonly ReadItem[]): Sums {
  const standing = findings.filter(({ withdrawn }) => !withdrawn)
  const count = (list: readonly ReadFinding[]): MemoHead['counts'] => {
    const of = (severity: ReadFinding['severity']) => list.filter((one) => one.severity === severity).length
    return { must: of('must'), should: of('should'), note: of('note') }
  }
  const byItem = [...Map.groupBy(standing, ({ item }) => item)].flatMap(([item, list]): FindingsOfItem[] =>
    item === null ? [] : [{ item, title: items.find(({ id }) => id === item)?.title ?? null, ...count(list) }],
  )
  return { counts: count(standing), withdrawn: findings.length - standing.length, byItem }
}

const latest = (...moments: readonly string[]): string => moments.toSorted().at(-1) ?? ''

const readNote = ({ text, by, at, adoption, reply }: Remark): ReadNote => ({
  text,
  by,
  at,
  ...(adoption && { adoption }),
  ...(reply && { isApplicant: true }),
})

const readFinding = (finding: Finding, notes: ReadNote[]): ReadFinding => ({
  name: findingName(finding),
  item: finding.item,
  severity: finding.severity,
  text: finding.text,
  action: finding.action,
  withdrawn: finding.withdrawn,
  status: statusOf(finding),
  ...(finding.quote && { quote: finding.quote }),
  by: finding.by,
  at: finding.at,
  notes,
})

const titlesOf = (checklist: Checklist | undefined): Pick<Reading, 'checklistTitle' | 'dimensionTitles'> => ({
  checklistTitle: checklist?.title ?? null,
  dimensionTitles: Object.fromEntries((checklist?.dimensions ?? []).map(({ id, title }) => [id, title])),
})

/** A memo by its sealed record, and by what travelled beside the record. Whether the seal holds is for the caller to say. */
export function memoOfRecord(record: SealedResult, file: ReadFile, sealState: MemoHead['sealState'], beside: Beside): ReadMemo {
  const { plan, review, checklist } = record
  const { checklist: known, notes } = beside
  const titles = new Map(known?.items.map(({ id, title }) => [id, title]))
  const findings = record.findings.map((finding) => readFinding(finding, notes.get(finding.id) ?? []))
  const items = checklist.items.map(({ id, applicable, level, autoLevel, source, entry, gap }): ReadItem => ({
    id,
    title: titles.get(id) ?? null,
    applicable,
    level,
    autoLevel,
    source,
    reason: [entry?.reason, entry?.quote].filter(Boolean).join('\n'),
    gap,
  }))
  const entries = checklist.items.flatMap(({ entry }) => (entry === null ? [] : [entry.at]))
  const said = findings.flatMap((finding) => [finding.at, ...finding.notes.map(({ at }) => at)])
  return {
    sha256: file.sha256,
    part: 0,
    series: seriesOf(plan.gpkgSha256, review.reviewer, review.startedAt, checklist.id),
    reviewId: beside.reviewId ?? record.findings[0]?.reviewId ?? null,
    onDate: latest(review.startedAt, ...entries, ...said),
    office: beside.office,
    kind: null,
    head: {
      ...namesOf(file),
      plan: { name: plan.name, nameZh: plan.nameZh },
      reviewer: review.reviewer,
      checklist: { id: checklist.id, version: checklist.version },
      round: beside.round,
      total: checklist.total,
      coverage: checklist.coverage,
      opinion: { id: checklist.opinion.id, title: checklist.opinion.title },
      dimensions: checklist.dimensions.map(({ id, score }) => ({ id, score })),
      ...countsOf(findings, items),
      seal: record.seal,
      sealState,
      differsAt: null,
    },
    reading: { items, findings, ...titlesOf(known) },
  }
}

const namesOf = ({ fileName, sizeBytes, form }: ReadFile) => ({ fileName, sizeBytes, form })

/** A memo whose record is all there is: a page, a JSON result, a PDF whose other attachments were taken out on the way. */
export const memoOfRecordAlone = (
  record: SealedResult,
  file: ReadFile,
  sealState: MemoHead['sealState'],
  find: FindChecklist,
): ReadMemo =>
  memoOfRecord(record, file, sealState, {
    checklist: find(record.checklist.id, record.checklist.version),
    notes: new Map(),
    reviewId: null,
    office: '',
    round: null,
  })

/** Every review that operations come to; one that a record tells is told by the record. */
export function memosOfOperations(
  file: ReadFile,
  ops: readonly SharedOp[],
  checklists: readonly Checklist[],
  record?: SealedResult,
): ReadMemo[] {
  const subjects = [...foldAll(ops).values()]
  const bodies = (entity: SharedEntity): Body[] =>
    subjects.flatMap((subject) => {
      const body = subject.entity === entity ? bodyOf(subject) : null
      return body === null ? [] : [body]
    })
  const remarks = bodies('remark') as unknown as Remark[]
  const notes = new Map(
    [...Map.groupBy(remarks, ({ findingId }) => String(findingId))].map(([finding, list]) => [
      finding,
      list.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(readNote),
    ]),
  )
  const office = ops.find((op) => op.office !== '')?.office ?? ''
  const rounds = new Map(bodies('round').map((round) => [round['planId'], Number(round['number'])]))
  const reviews = bodies('review')
  return reviews.map((review, part): ReadMemo => {
    const checklist = checklists.find(({ id, version }) => id === review['checklistId'] && version === review['checklistVersion'])
    const beside: Beside = {
      checklist,
      notes,
      reviewId: String(review['id']),
      office: ops.find((op) => op.entity === 'review' && op.entityId === review['id'])?.office || office,
      round: rounds.get(review['planId']) ?? null,
    }
    if (record && reviews.length === 1) return memoOfRecord(record, file, 'match', beside)
    const plan = bodies('plan').find(({ id }) => id === review['planId']) ?? {}
    const own = (entity: SharedEntity): Body[] => bodies(entity).filter(({ reviewId }) => reviewId === review['id'])
    return { ...memoOfReview(file, plan, review, own, beside), part }
  })
}

/** A review of a package: what people decided and wrote; scores follow from measurements, which do not travel. */
function memoOfReview(file: ReadFile, plan: Body, review: Body, own: (entity: SharedEntity) => Body[], beside: Beside): ReadMemo {
  const { checklist, notes } = beside
  const entries = new Map(own('item_entry').map((entry) => [String(entry['item']), entry]))
  const findings = (own('finding') as unknown as Finding[])
    .toSorted((a, b) => a.number - b.number)
    .map((finding) => readFinding(finding, notes.get(finding.id) ?? []))
  const items = [...entries].map(([id, entry]): ReadItem => {
    const level = (entry['level'] ?? null) as Level | null
    return {
      id,
      title: checklist?.items.find((item) => item.id === id)?.title ?? null,
      applicable: entry['notApplicable'] !== true,
      level,
      autoLevel: null,
      source: level === null ? 'none' : entry['document'] === null ? 'reviewer' : 'document',
      reason: [entry['reason'], entry['quote']].filter(Boolean).join('\n'),
      gap: null,
    }
  })
  const [reviewer, startedAt, checklistId] = [review['reviewer'], review['startedAt'], review['checklistId']].map(String)
  const moments = [...[...entries.values()].map(({ at }) => String(at)), ...findings.map(({ at }) => at)]
  return {
    sha256: file.sha256,
    part: 0,
    series: seriesOf(String(plan['gpkgSha256']), reviewer ?? '', startedAt ?? '', checklistId ?? ''),
    reviewId: beside.reviewId,
    onDate: latest(startedAt ?? '', ...moments),
    office: beside.office,
    kind: null,
    head: {
      ...namesOf(file),
      plan: { name: String(plan['name']), nameZh: typeof plan['nameZh'] === 'string' ? plan['nameZh'] : null },
      reviewer: reviewer ?? '',
      checklist: { id: checklistId ?? '', version: String(review['checklistVersion']) },
      round: beside.round,
      total: null,
      coverage: null,
      opinion: null,
      dimensions: [],
      ...countsOf(findings, items),
      seal: null,
      sealState: 'none',
      differsAt: null,
    },
    reading: { items: items.toSorted((a, b) => (a.id < b.id ? -1 : 1)), findings, ...titlesOf(checklist) },
  }
}
