import { AppError } from '#core/errors.ts'
import type { PlanId, SheetId } from '#core/model/ids.ts'
import type { Sheet, SheetDisplay } from '#core/model/sheet.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'
import { firstOp } from './operations.ts'

type Placing = Pick<Sheet, 'method' | 'points' | 'neatline' | 'placedFrom' | 'reason'>
type Row = Omit<Sheet, keyof Placing> & { placing: string }

const COLUMNS = `id, plan_id AS planId, name, file_sha256 AS fileSha256, kind, page, width, height, placing, placed_by AS "by",
  placed_at AS at`
const FIRST: SheetDisplay = { visible: true, above: false, opacity: 0.7 }

const toSheet = ({ placing, ...row }: Row): Sheet => ({ ...row, ...fromJson<Placing>(placing) })

export const sheetsReader = (db: ReadableDb) => {
  const ofPlan = db.prepare<[PlanId], Row>(`SELECT ${COLUMNS} FROM sheets WHERE plan_id = ? ORDER BY ${firstOp('sheet', 'id')}`)
  const byId = db.prepare<[SheetId], Row>(`SELECT ${COLUMNS} FROM sheets WHERE id = ?`)
  const display = db.prepare<[SheetId], { visible: 0 | 1; above: 0 | 1; opacity: number }>(
    'SELECT visible, above, opacity FROM sheet_display WHERE sheet_id = ?',
  )
  const files = db.prepare<[], { sha256: string }>(
    `SELECT DISTINCT json_extract(coalesce(after, before), '$.fileSha256') AS sha256 FROM op WHERE entity = 'sheet'`,
  )
  const find = (id: SheetId): Sheet | undefined => {
    const row = byId.get(id)
    return row && toSheet(row)
  }
  return {
    /** The one laid first, first. */
    ofPlan: (planId: PlanId): Sheet[] => ofPlan.all(planId).map(toSheet),
    find,
    /** @throws AppError 'catalogue.not-found' */
    get(id: SheetId): Sheet {
      const sheet = find(id)
      if (!sheet) throw new AppError('catalogue.not-found', { what: id })
      return sheet
    },
    displayOf(id: SheetId): SheetDisplay {
      const row = display.get(id)
      return row ? { visible: row.visible === 1, above: row.above === 1, opacity: row.opacity } : FIRST
    },
    /** Content hashes of every file that some operation can bring back. */
    fileSha256s: (): Set<string> => new Set(files.all().map(({ sha256 }) => sha256)),
  }
}

export const sheetsWriter = (db: WritableDb) => {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO sheets (plan_id, name, file_sha256, kind, page, width, height, placing, placed_by, placed_at, id)
     VALUES (?,?,?,?,?,?,?,?,?,?,?)`,
  )
  const update = db.prepare<unknown[]>(
    `UPDATE sheets SET plan_id=?, name=?, file_sha256=?, kind=?, page=?, width=?, height=?, placing=?, placed_by=?, placed_at=?
     WHERE id=?`,
  )
  const remove = db.prepare<[SheetId]>('DELETE FROM sheets WHERE id = ?')
  const show = db.prepare<[SheetId, number, number, number]>(
    `INSERT INTO sheet_display (sheet_id, visible, above, opacity) VALUES (?,?,?,?)
     ON CONFLICT (sheet_id) DO UPDATE SET visible = excluded.visible, above = excluded.above, opacity = excluded.opacity`,
  )
  const values = ({ method, points, neatline, placedFrom, reason, ...sheet }: Sheet) => [
    sheet.planId,
    sheet.name,
    sheet.fileSha256,
    sheet.kind,
    sheet.page,
    sheet.width,
    sheet.height,
    toJson({ method, points, neatline, placedFrom, reason } satisfies Placing),
    sheet.by,
    sheet.at,
    sheet.id,
  ]
  return {
    ...sheetsReader(db),
    insert: (sheet: Sheet) => insert.run(...values(sheet)),
    update: (sheet: Sheet) => update.run(...values(sheet)),
    remove: (id: SheetId) => remove.run(id),
    show: (id: SheetId, { visible, above, opacity }: SheetDisplay) => void show.run(id, visible ? 1 : 0, above ? 1 : 0, opacity),
  }
}
