import { createHash } from 'node:crypto'
import type { Settings } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { MapLook } from '#core/map/look.ts'
import type { MemoId, PlanId, ReviewId, SheetId } from '#core/model/ids.ts'
import type { MappingProfile, ProfileDraft } from '#core/model/mapping-profile.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { SheetDisplay } from '#core/model/sheet.ts'
import type { Actor, Clock } from './actor.ts'
import { UNLABELLED, type Act, type AuditWriter } from './audit.ts'
import { auditedWith } from './audited.ts'
import type { WritableDb } from './connection.ts'
import { toJson } from './json.ts'
import { mapLooksWriter } from './map-looks.ts'
import { mappingProfilesWriter } from './mapping-profiles.ts'
import { measurementsWriter } from './measurements.ts'
import { memosWriter, type MemoRecord } from './memos.ts'
import { plansReader } from './plans.ts'
import { reviewSummariesWriter, type ReviewSummary } from './review-summaries.ts'
import { settingsWriter } from './settings.ts'
import { sheetsWriter } from './sheets.ts'
import type { Transact } from './transact.ts'
import { newUuid } from './uuid.ts'

export interface ActDeps {
  db: WritableDb
  audit: AuditWriter
  transact: Transact
  clock: Clock
}

/** What is stored and audited but is no step of the history: results of the machine, documents sent, preferences. */
export function acts({ db, audit, transact, clock }: ActDeps) {
  const plans = plansReader(db)
  const measurements = measurementsWriter(db)
  const memos = memosWriter(db)
  const settings = settingsWriter(db)
  const looks = mapLooksWriter(db)
  const profiles = mappingProfilesWriter(db)
  const sheets = sheetsWriter(db)
  const summaries = reviewSummariesWriter(db)

  const audited = auditedWith({ audit, transact })

  return {
    /** Adds an entry for an act outside the database: an export, a print, an opened file. */
    record: (act: Act): void => audited(act, () => undefined),

    /** Replaces measurements of the same indicator and version. */
    saveMeasurements(planId: PlanId, list: readonly Measurement[], actor: Actor): void {
      plans.get(planId)
      const sha256 = createHash('sha256').update(toJson(list)).digest('hex')
      const detail = { measurements: list.length, measurementsSha256: sha256 }
      const measuredAt = clock().toISOString()
      audited({ actor, action: 'measurements.saved', object: planId, detail }, () => {
        for (const measurement of list) measurements.put({ ...measurement, planId, measuredAt })
      })
    },

    recordMemo(
      memo: Pick<MemoRecord, 'reviewId' | 'format' | 'sha256' | 'seal'>,
      actor: Actor,
      label: string = UNLABELLED,
    ): MemoRecord {
      const record: MemoRecord = { id: newUuid() as MemoId, ...memo, by: actor.name, at: clock().toISOString() }
      const detail = { format: memo.format, fileSha256: memo.sha256, seal: memo.seal }
      audited({ actor, action: 'memo.exported', object: memo.reviewId, label, detail }, () => memos.add(record))
      return record
    },

    setSettings(patch: Partial<Settings>, actor: Actor): Settings {
      const keys = Object.keys(patch).toSorted().join(' ')
      audited({ actor, action: 'settings.set', detail: { keys } }, () => settings.set(patch))
      return settings.get()
    },

    /** How a person chose to see a plan's map: a preference that changes with every press, so not audited. @throws AppError 'catalogue.not-found' */
    setMapLook(planId: PlanId, look: MapLook): void {
      plans.get(planId)
      const same = (): boolean => toJson(looks.get(planId)) === toJson(look)
      if (!same()) transact(() => looks.set(planId, look), same)
    },

    /** Saves a mapping profile under its name; one of the same name is replaced. */
    saveProfile({ name, rules }: ProfileDraft, actor: Actor): MappingProfile[] {
      const id = profiles.list().find((profile) => profile.name === name)?.id ?? newUuid()
      const profile = { id, name, rules, by: actor.name, at: clock().toISOString() }
      audited({ actor, action: 'profile.saved', object: id, detail: { rules: rules.length } }, () => profiles.put(profile))
      return profiles.list()
    },

    /** @throws AppError 'catalogue.not-found' */
    removeProfile(id: string, actor: Actor): MappingProfile[] {
      audited({ actor, action: 'profile.removed', object: id }, () => {
        if (!profiles.remove(id)) throw new AppError('catalogue.not-found', { what: id })
      })
      return profiles.list()
    },

    /** @throws AppError 'catalogue.not-found' */
    showSheet(id: SheetId, display: SheetDisplay, actor: Actor): void {
      sheets.get(id)
      audited({ actor, action: 'sheet.shown', object: id, detail: { visible: display.visible ? 1 : 0 } }, () =>
        sheets.show(id, display),
      )
    },

    /** Derived from measurements and entries; not an act of anyone, so not audited. */
    setSummary: (reviewId: ReviewId, total: number | null, coverage: number): void => {
      const summary: ReviewSummary = { reviewId, total, coverage }
      const same = (): boolean => toJson(summaries.find(reviewId) ?? null) === toJson(summary)
      if (!same()) transact(() => summaries.put(summary), same)
    },
  }
}
