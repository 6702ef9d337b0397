import { AppError } from '#core/errors.ts'
import type { FindingId, ReviewId } from '#core/model/ids.ts'
import type { Carried, Finding, FindingStatus, Quote } from '#core/review/finding.ts'
import type { Mark } from '#core/review/mark.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'

type Base = Omit<Finding, 'evidence' | 'withdrawn' | 'mark' | 'reviewPoint' | 'status' | 'quote' | 'carried' | 'origin'>
type Row = Base & { evidence: string; withdrawn: 0 | 1 } & {
  mark: string | null
  reviewPoint: string | null
  status: FindingStatus | null
  quote: string | null
  carried: string | null
  origin: string | null
}

const COLUMNS = `id, review_id AS reviewId, number, item, severity, text, action, evidence, withdrawn, entered_by AS "by",
  entered_at AS at, mark, review_point AS reviewPoint, status, quote, carried, origin`

const toFinding = ({ mark, reviewPoint, status, quote, carried, origin, ...row }: Row): Finding => ({
  ...row,
  evidence: fromJson(row.evidence),
  withdrawn: row.withdrawn === 1,
  ...(mark !== null && { mark: fromJson<Mark>(mark) }),
  ...(reviewPoint !== null && { reviewPoint }),
  ...(status !== null && { status }),
  ...(quote !== null && { quote: fromJson<Quote>(quote) }),
  ...(carried !== null && { carried: fromJson<Carried>(carried) }),
  ...(origin !== null && { origin }),
})

const orNull = (value: unknown): string | null => (value === undefined ? null : toJson(value))

export const findingsReader = (db: ReadableDb) => {
  const ofReview = db.prepare<[ReviewId], Row>(`SELECT ${COLUMNS} FROM findings WHERE review_id = ? ORDER BY number, origin`)
  const byId = db.prepare<[FindingId], Row>(`SELECT ${COLUMNS} FROM findings WHERE id = ?`)
  // Asks the log, not the table: a number that was given once stays given, also when its finding was undone.
  const lastNumber = db.prepare<[ReviewId], { last: number | null }>(
    `SELECT max(json_extract(after, '$.number')) AS last FROM op
     WHERE entity = 'finding' AND after IS NOT NULL AND json_extract(after, '$.reviewId') = ?`,
  )
  const find = (id: FindingId): Finding | undefined => {
    const row = byId.get(id)
    return row && toFinding(row)
  }
  return {
    /** By number, the withdrawn ones too. */
    ofReview: (reviewId: ReviewId): Finding[] => ofReview.all(reviewId).map(toFinding),
    find,
    /** @throws AppError 'catalogue.not-found' */
    get(id: FindingId): Finding {
      const finding = find(id)
      if (!finding) throw new AppError('catalogue.not-found', { what: id })
      return finding
    },
    /** @param after the highest number of earlier rounds, 0 when there was none */
    nextNumber: (reviewId: ReviewId, after: number): number => Math.max(after, lastNumber.get(reviewId)?.last ?? 0) + 1,
  }
}

export const findingsWriter = (db: WritableDb) => {
  const insert = db.prepare<
    unknown[]
  >(`INSERT INTO findings (review_id, number, item, severity, text, action, evidence, withdrawn,
    entered_by, entered_at, mark, review_point, status, quote, carried, origin, id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`)
  const update = db.prepare<
    unknown[]
  >(`UPDATE findings SET review_id=?, number=?, item=?, severity=?, text=?, action=?, evidence=?,
    withdrawn=?, entered_by=?, entered_at=?, mark=?, review_point=?, status=?, quote=?, carried=?, origin=? WHERE id=?`)
  const remove = db.prepare<[FindingId]>('DELETE FROM findings WHERE id = ?')
  const values = (finding: Finding) => [
    finding.reviewId,
    finding.number,
    finding.item,
    finding.severity,
    finding.text,
    finding.action,
    toJson(finding.evidence),
    finding.withdrawn ? 1 : 0,
    finding.by,
    finding.at,
    orNull(finding.mark),
    finding.reviewPoint ?? null,
    finding.status ?? null,
    orNull(finding.quote),
    orNull(finding.carried),
    finding.origin ?? null,
    finding.id,
  ]
  return {
    ...findingsReader(db),
    insert: (finding: Finding) => insert.run(...values(finding)),
    update: (finding: Finding) => update.run(...values(finding)),
    remove: (id: FindingId) => remove.run(id),
  }
}
