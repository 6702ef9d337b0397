import type { Checklist } from '../checklist/schema.ts'
import { inLang, type Bilingual, type Lang } from '../text.ts'
import {
  FINDING_STATUSES,
  findingName,
  SEVERITIES,
  statusOf,
  type Finding,
  type FindingStatus,
  type Severity,
} from './finding.ts'
import { reviewPointById } from './review-points.ts'
import { STATUS_WORDS, WITHDRAWN_WORD } from './words.ts'

/** A finding with everything that a table shows of it. */
export interface FindingRow {
  finding: Finding
  status: FindingStatus
  item: { id: string; title: Bilingual | null; dimension: string | null } | null
  point: { id: string; title: Bilingual | null } | null
  /** The round in which it was first raised. */
  round: number
  replies: number
}

/** What rows are made of beside the findings themselves. */
export interface FindingContext {
  checklist: Pick<Checklist, 'items'>
  /** The review's own round: 1 for a first submission. */
  round: number
  /** Answers under findings by their id; steps of status count too. */
  replies: Readonly<Record<string, number>>
}

/** Findings as rows in the order of their numbers. */
export function findingRows(findings: readonly Finding[], { checklist, round, replies }: FindingContext): FindingRow[] {
  const items = new Map(checklist.items.map((item) => [item.id, item]))
  return findings
    .map((finding): FindingRow => {
      const item = finding.item === null ? undefined : items.get(finding.item)
      return {
        finding,
        status: statusOf(finding),
        item: finding.item === null ? null : { id: finding.item, title: item?.title ?? null, dimension: item?.dimension ?? null },
        point:
          finding.reviewPoint === undefined
            ? null
            : { id: finding.reviewPoint, title: reviewPointById(finding.reviewPoint)?.title ?? null },
        round: finding.carried?.firstRound ?? round,
        replies: replies[finding.id] ?? 0,
      }
    })
    .toSorted((a, b) => a.finding.number - b.finding.number)
}

/** Which findings are listed; empty lists leave nothing out. */
export interface FindingFilter {
  statuses: readonly FindingStatus[]
  severities: readonly Severity[]
  items: readonly string[]
  points: readonly string[]
  /** Neither verified nor withdrawn: what still asks for something. */
  onlyOpen: boolean
  /** Words that must occur somewhere in it; upper and lower case are the same. */
  text: string
}

export const NO_FILTER: FindingFilter = { statuses: [], severities: [], items: [], points: [], onlyOpen: false, text: '' }

const holds = <T>(chosen: readonly T[], value: T | null | undefined): boolean =>
  chosen.length === 0 || (value != null && chosen.includes(value))

/** True while somebody still has to do something about it. */
export const isPending = ({ finding, status }: FindingRow): boolean => !finding.withdrawn && status !== 'verified'

const textOf = ({ finding, item, point }: FindingRow): string =>
  [
    `#${findingName(finding)}`,
    finding.text,
    finding.action,
    finding.by,
    finding.item,
    item?.title?.zh,
    item?.title?.en,
    point?.title?.zh,
    point?.title?.en,
    finding.quote?.text,
    finding.quote?.document,
  ]
    .filter((part) => part != null)
    .join('\n')
    .toLowerCase()

/** The rows that pass the filter, in their order. */
export function filterFindings(rows: readonly FindingRow[], filter: FindingFilter): FindingRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    const { finding } = row
    if (filter.onlyOpen && !isPending(row)) return false
    if (!holds(filter.statuses, row.status) || !holds(filter.severities, finding.severity)) return false
    if (!holds(filter.items, finding.item) || !holds(filter.points, finding.reviewPoint)) return false
    if (words.length === 0) return true
    const text = textOf(row)
    return words.every((word) => text.includes(word))
  })
}

/** THE LIST of columns that a table of findings can show, in their usual order. */
export const FINDING_COLUMNS = [
  'number',
  'status',
  'severity',
  'text',
  'item',
  'point',
  'action',
  'by',
  'at',
  'round',
  'replies',
] as const
export type FindingColumn = (typeof FINDING_COLUMNS)[number]

export interface FindingSorting {
  column: FindingColumn
  down: boolean
}

/** What a column is sorted by: kinds and statuses by their rank, not by their words. */
function rankOf(row: FindingRow, column: FindingColumn): number | string {
  const { finding } = row
  switch (column) {
    case 'number':
      return finding.number
    case 'status':
      return finding.withdrawn ? FINDING_STATUSES.length : FINDING_STATUSES.indexOf(row.status)
    case 'severity':
      return SEVERITIES.indexOf(finding.severity)
    case 'item':
      return finding.item ?? '\uffff'
    case 'point':
      return row.point?.id ?? '\uffff'
    case 'round':
    case 'replies':
      return row[column]
    default:
      return finding[column]
  }
}

/** Sorted stably: rows that are equal keep the order of their numbers. */
export function sortFindings(rows: readonly FindingRow[], { column, down }: FindingSorting, lang: Lang): FindingRow[] {
  const collator = new Intl.Collator(lang === 'zh' ? 'zh-CN' : 'en-GB', { numeric: true })
  const ranked = rows.map((row) => ({ row, rank: rankOf(row, column) }))
  const compare = (a: number | string, b: number | string) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return ranked
    .toSorted((a, b) => (down ? -1 : 1) * compare(a.rank, b.rank) || a.row.finding.number - b.row.finding.number)
    .map(({ row }) => row)
}

export const FINDING_GROUPINGS = ['none', 'severity', 'status', 'item', 'dimension', 'point'] as const
export type FindingGrouping = (typeof FINDING_GROUPINGS)[number]

export interface FindingGroup {
  /** Empty: findings without an item, dimension or review point. */
  key: string
  rows: FindingRow[]
}

const groupKey = (row: FindingRow, by: Exclude<FindingGrouping, 'none'>): string => {
  if (by === 'severity') return row.finding.severity
  if (by === 'status') return row.finding.withdrawn ? 'withdrawn' : row.status
  if (by === 'dimension') return row.item?.dimension ?? ''
  return (by === 'item' ? row.finding.item : row.point?.id) ?? ''
}

/** Rows in groups, each in the order in which they came; what belongs to none comes last. */
export function groupFindings(rows: readonly FindingRow[], by: Exclude<FindingGrouping, 'none'>): FindingGroup[] {
  const groups = [...Map.groupBy(rows, (row) => groupKey(row, by))].map(([key, members]) => ({ key, rows: members }))
  const order: readonly string[] = by === 'severity' ? SEVERITIES : by === 'status' ? [...FINDING_STATUSES, 'withdrawn'] : []
  const placeOf = ({ key }: FindingGroup) => (key === '' ? Number.POSITIVE_INFINITY : order.indexOf(key))
  return groups.toSorted((a, b) => {
    const [first, second] = [placeOf(a), placeOf(b)]
    if (first !== second) return first - second
    return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
  })
}

/** The status as people read it; a withdrawn finding is just that. */
export const statusWord = ({ finding, status }: Pick<FindingRow, 'finding' | 'status'>, lang: Lang): string =>
  inLang(finding.withdrawn ? WITHDRAWN_WORD : STATUS_WORDS[status], lang)
