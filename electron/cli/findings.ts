import { FINDING_STATUSES, SEVERITIES } from '#core/review/finding.ts'
import { filterFindings, findingRows, isPending, NO_FILTER, statusWord } from '#core/review/finding-rows.ts'
import type { ReviewId } from '#core/model/ids.ts'
import { choice, done, misuse, required, text, type Command, type Values } from './command.ts'
import { choosePlan, openReview, tableFormatOf } from './review-steps.ts'
import { withSession, type Session } from './session.ts'

/** A review by its id, or the review of a plan by the plan's; without either, of the plan imported last. */
export async function chooseReview(
  session: Session,
  wanted: string | undefined,
  checklist: string | undefined,
): Promise<ReviewId> {
  const plans = await session.call('plans.list', {})
  if (wanted === undefined || plans.some(({ id }) => id === wanted))
    return openReview(session, await choosePlan(session, wanted), checklist)
  return (await session.call('reviews.get', { reviewId: wanted as ReviewId })).review.id
}

const filterOf = (values: Values) => {
  const status = choice(values, 'status', FINDING_STATUSES)
  const severity = choice(values, 'severity', SEVERITIES)
  const item = text(values, 'item')
  return {
    ...NO_FILTER,
    statuses: status === undefined ? [] : [status],
    severities: severity === undefined ? [] : [severity],
    items: item === undefined ? [] : [item],
    onlyOpen: values['open'] === true,
  }
}

/** A review's findings: listed as JSON, or written as the table that the screen exports. */
export const findings: Command = {
  name: 'findings',
  usage:
    '[<plan>|<review>] --catalogue DIR [--status …] [--severity must|should|note] [--item A04] [--open] [--json | --out F.csv|F.xlsx]',
  does: { zh: '列出或导出审查意见（CSV、XLSX）', en: 'lists a review’s findings, or writes them as CSV or XLSX' },
  options: {
    catalogue: { type: 'string' },
    checklist: { type: 'string' },
    status: { type: 'string' },
    severity: { type: 'string' },
    item: { type: 'string' },
    open: { type: 'boolean' },
    json: { type: 'boolean' },
    out: { type: 'string', short: 'o' },
  },
  positionals: [0, 1],
  run([wanted], values, around) {
    const out = text(values, 'out')
    const format = tableFormatOf(out, 'out')
    if (format !== undefined && values['json'] === true)
      throw misuse('--json 与 --out 只能给出一个。', 'Give either --json or --out.')
    const filter = filterOf(values)
    return withSession(required(values, 'catalogue'), around, async (session) => {
      const reviewId = await chooseReview(session, wanted, text(values, 'checklist'))
      const view = await session.call('reviews.get', { reviewId })
      const { checklistId, checklistVersion: version } = view.review
      const checklist = await session.call('checklists.version', { checklistId, version })
      const facts = await session.call('findings.facts', { reviewId })
      const all = findingRows(view.findings, { checklist, ...facts })
      const rows = filterFindings(all, filter)
      const pending = rows.filter(isPending).length
      around.say({
        zh: `${rows.length} 条意见（共 ${all.length} 条），其中 ${pending} 条待办。`,
        en: `${rows.length} findings of ${all.length}, ${pending} of them pending.`,
      })
      if (out === undefined || format === undefined) {
        const listed = rows.map((row) => ({ ...row.finding, status: row.status, round: row.round, replies: row.replies, statusWord: statusWord(row, around.lang) })) // prettier-ignore
        return done({ reviewId, total: all.length, pending, findings: listed })
      }
      const findingIds = rows.map(({ finding }) => finding.id)
      const file = await session.call('findings.export', { reviewId, findingIds, format, lang: around.lang, target: session.save(out) }) // prettier-ignore
      around.say({ zh: `已写入 ${out}`, en: `Wrote ${out}` })
      return done({ reviewId, findings: rows.length, file: { path: out, sizeBytes: file.sizeBytes, sha256: file.sha256 } })
    })
  },
}
