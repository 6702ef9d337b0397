import { useMemo } from 'react'
import type { FindingId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import { filterFindings, findingRows, groupFindings, sortFindings, type FindingRow } from '#core/review/finding-rows.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import type { OpenReview } from '../workbench/use-review.ts'
import { useFindings } from './findings-store.ts'

const NO_REPLIES = {}

/** Every finding of the review as a row. */
export function useFindingRows({ view, checklist }: OpenReview): FindingRow[] {
  const facts = useRead('findings.facts', { reviewId: view.review.id }).data
  return useMemo(
    () => findingRows(view.findings, { checklist, round: facts?.round ?? 1, replies: facts?.replies ?? NO_REPLIES }),
    [view.findings, checklist, facts],
  )
}

/** A line of the table: a finding, or the head of a group. */
export type TableLine = { kind: 'row'; row: FindingRow } | { kind: 'group'; key: string; count: number }

/** The rows as filter, order and grouping leave them. */
export function useTableLines(rows: readonly FindingRow[]): { listed: FindingRow[]; lines: TableLine[] } {
  const { lang } = useWords()
  const filter = useFindings((state) => state.filter)
  const sorting = useFindings((state) => state.sorting)
  const grouping = useFindings((state) => state.grouping)
  return useMemo(() => {
    const sorted = sortFindings(filterFindings(rows, filter), sorting, lang)
    if (grouping === 'none') return { listed: sorted, lines: sorted.map((row): TableLine => ({ kind: 'row', row })) }
    const groups = groupFindings(sorted, grouping)
    return {
      listed: groups.flatMap((group) => group.rows),
      lines: groups.flatMap((group): TableLine[] => [
        { kind: 'group', key: group.key, count: group.rows.length },
        ...group.rows.map((row): TableLine => ({ kind: 'row', row })),
      ]),
    }
  }, [rows, filter, sorting, grouping, lang])
}

/** Opens a finding's detail and takes the map to its place: its mark, else its features. */
export function openFinding(finding: Finding): void {
  const { openFinding: open, goToMark } = useFindings.getState()
  const { showTab, showEvidenceOf, clearEvidence } = useUi.getState()
  open(finding.id)
  showTab('findings')
  if (finding.evidence.length > 0) showEvidenceOf(finding.evidence)
  else clearEvidence()
  if (finding.mark) goToMark(finding.id)
}

/** The same for one that is only known by its id: a click on the map. */
export function openFindingById(findings: readonly Finding[], id: string): void {
  const finding = findings.find((one) => one.id === (id as FindingId))
  if (finding) openFinding(finding)
}
