import type { SheetId } from '#core/model/ids.ts'
import type { Sheet } from '#core/model/sheet.ts'
import type { Actor, Clock } from './actor.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { ReadableDb } from './connection.ts'
import { plansReader } from './plans.ts'
import { sheetsReader } from './sheets.ts'
import { titles } from './titles.ts'
import { newUuid } from './uuid.ts'

/** What a person decides about a sheet; id, author and time are ours. */
export type SheetDraft = Omit<Sheet, 'id' | 'by' | 'at'>

/** What a person can do to plan sheets. Each is one step that can be undone; the file itself stays in the catalogue. */
export function sheetCommands(db: ReadableDb, { run }: CommandRunner, clock: Clock) {
  const plans = plansReader(db)
  const sheets = sheetsReader(db)
  return {
    /** Call it when the sheet's file already lies under its final name. */
    addSheet(draft: SheetDraft, actor: Actor): Committed<Sheet> {
      plans.get(draft.planId)
      const sheet: Sheet = { ...draft, id: newUuid() as SheetId, by: actor.name, at: clock().toISOString() }
      return run(titles.addSheet(sheet.name), actor, (changes) => (changes.put('sheet', sheet), sheet), 'sheet.added')
    },

    /** Lays it anew: other points, another page or another way of fitting. */
    placeSheet(id: SheetId, draft: SheetDraft, actor: Actor): Committed<Sheet> {
      const before = sheets.get(id)
      const sheet: Sheet = { ...draft, planId: before.planId, id, by: actor.name, at: clock().toISOString() }
      return run(titles.placeSheet(sheet.name), actor, (changes) => (changes.put('sheet', sheet), sheet), 'sheet.placed')
    },

    /** Undo brings it back where it lay. */
    removeSheet: (id: SheetId, actor: Actor): Committed<void> =>
      run(titles.removeSheet(sheets.get(id).name), actor, (changes) => changes.remove('sheet', id), 'sheet.removed'),
  }
}
