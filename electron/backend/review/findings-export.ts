import type { FindingTableFacts } from '#core/contract/finding-table-procedures.ts'
import type { CallContext, ExportedFile, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { ReviewId } from '#core/model/ids.ts'
import { findingRows, type FindingRow } from '#core/review/finding-rows.ts'
import { findingTable, findingTableOrigin } from '#core/review/finding-table.ts'
import { tableCsv } from '#core/tables/csv.ts'
import { tableWorkbook } from '#core/tables/workbook.ts'
import { bilingual, inLang } from '#core/text.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { exportFile, type ExportDependencies } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import { writeFileSafely } from '../memo/write-file.ts'
import { xlsxBytes } from '../tables/xlsx.ts'
import type { Checklists } from './checklists.ts'

export interface FindingsDesk {
  facts(reviewId: ReviewId): FindingTableFacts
  /** @throws AppError `catalogue.not-found` for a finding of another review, `import.files-gone`, `memo.cannot-write` */
  export(input: Input<'findings.export'>, call: Pick<CallContext, 'progress'>): Promise<ExportedFile>
}

interface Dependencies extends Omit<ExportDependencies, 'catalogue'> {
  catalogue: Catalogue
  checklists: Checklists
}

const WHAT = bilingual('审查意见', 'findings')

/** A review's findings as a table, on the screen and on their way out. */
export function createFindingsDesk(desk: Dependencies): FindingsDesk {
  const { catalogue, checklists } = desk
  const facts: FindingsDesk['facts'] = (reviewId) => {
    const { planId } = catalogue.reviews.get(reviewId)
    const replies: Record<string, number> = {}
    for (const { id } of catalogue.findings.ofReview(reviewId)) {
      const count = catalogue.records.of('remark', id).length
      if (count > 0) replies[id] = count
    }
    return { replies, round: catalogue.records.find('round', planId)?.number ?? 1 }
  }
  return {
    facts,
    async export({ reviewId, findingIds, format, lang, target }, call) {
      const review = catalogue.reviews.get(reviewId)
      const plan = catalogue.plans.get(review.planId)
      const checklist = checklists.version(review.checklistId, review.checklistVersion)
      const all = findingRows(catalogue.findings.ofReview(reviewId), { checklist, ...facts(reviewId) })
      const table = findingTable(findingIds === null ? all : chosen(all, findingIds))
      const reader = { lang, areaUnit: catalogue.settings.get().areaUnit }
      const planTitle = lang === 'zh' && plan.nameZh !== null ? plan.nameZh : plan.name
      const leaving = {
        target,
        fileName: exportName(planTitle, `${inLang(WHAT, lang)}.${format}`),
        action: 'findings.exported',
        object: plan.id,
        detail: { format, review: reviewId, findings: table.rows.length },
      }
      return exportFile(desk, leaving, call, async (file) =>
        writeFileSafely(
          file,
          format === 'csv'
            ? tableCsv(table, reader)
            : await xlsxBytes(tableWorkbook(table, findingTableOrigin(planTitle, checklist), reader)),
        ),
      )
    },
  }
}

function chosen(rows: readonly FindingRow[], ids: readonly string[]): FindingRow[] {
  const byId = new Map(rows.map((row) => [row.finding.id as string, row]))
  return ids.map((id) => {
    const row = byId.get(id)
    if (row === undefined) throw new AppError('catalogue.not-found', { what: id })
    return row
  })
}
