import path from 'node:path'
import type { Checklist } from '#core/checklist/schema.ts'
import { filterFindings, findingRows, NO_FILTER, sortFindings } from '#core/review/finding-rows.ts'
import { createFileTokens } from '#backend/file-tokens.ts'
import { createChecklists } from '#backend/review/checklists.ts'
import { createFindingsDesk } from '#backend/review/findings-export.ts'
import { createReviewService } from '#backend/review/review-service.ts'
import { findingDraft, openForTest, removeTempDirs, REVIEWER, tempDir, withReview } from '#db/testing/fixtures.ts'

/**
 * A review of 2,000 findings with 20 features each: reading it, sending it to the screen, counting replies, and ordering the table.
 * Prints CPU milliseconds, median of five.
 */
const count = Number(process.argv[2] ?? 2000)
const FEATURES_EACH = 20

function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e3
}

const median = (work: () => void): number =>
  Array.from({ length: 5 }, () => cpuMs(work)).toSorted((a, b) => a - b)[2] ?? Number.NaN

const dir = tempDir()
const catalogue = openForTest(path.join(dir, 'catalogue'))
try {
  const reviewId = withReview(catalogue).review.id
  const checklists = createChecklists(path.resolve('resources'), () => catalogue.records.of('checklist', ''))
  const desk = createFindingsDesk({
    catalogue,
    checklists,
    tokens: createFileTokens(path.join(dir, 'staged')),
    actor: () => REVIEWER,
  })
  const reviews = createReviewService(catalogue, checklists, () => REVIEWER)
  for (let number = 1; number <= count; number++) {
    const evidence = Array.from({ length: FEATURES_EACH }, (_, at) => ({ layer: 'landuse_plan', fid: number * 100 + at }))
    const mark = { kind: 'area' as const, xyM: [number, 0, number + 50, 0, number + 50, 50, number, 50] }
    const draft = { ...findingDraft(`第 ${number} 处绿地被道路切断，请补充连接。`), evidence, mark }
    const { id } = catalogue.commands.addFinding(reviewId, draft, REVIEWER).value
    if (number % 4 === 0) catalogue.commands.replyToFinding(id, '已收到，将在下一稿调整。', REVIEWER)
  }
  const view = reviews.view(reviewId)
  const wire = JSON.stringify(view)
  const checklist: Checklist = checklists.version(view.review.checklistId, view.review.checklistVersion)
  const context = { checklist, ...desk.facts(reviewId) }
  const rows = findingRows(view.findings, context)
  console.log(`${count} findings with ${FEATURES_EACH} features each: reviews.get is ${(wire.length / 1e6).toFixed(2)} MB`)
  const figures = {
    'reviews.get': median(() => void reviews.view(reviewId)),
    'to the wire and back': median(() => void JSON.parse(JSON.stringify(view))),
    'findings.facts': median(() => void desk.facts(reviewId)),
    'rows of the table': median(() => void findingRows(view.findings, context)),
    filter: median(() => void filterFindings(rows, { ...NO_FILTER, text: '切断 99' })),
    'sort by item': median(() => void sortFindings(rows, { column: 'item', down: true }, 'zh')),
  }
  for (const [what, ms] of Object.entries(figures)) console.log(`  ${what}: ${ms.toFixed(1)} ms`)
} finally {
  await catalogue.close()
  removeTempDirs()
}
