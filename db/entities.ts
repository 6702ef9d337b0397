import type { FindingId, LayerId, PlanId, ReviewId, SheetId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Sheet } from '#core/model/sheet.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Review } from '#core/review/review.ts'
import type { WritableDb } from './connection.ts'
import { entriesWriter, type StoredEntry } from './entries.ts'
import { findingsWriter } from './findings.ts'
import { layersWriter } from './layers.ts'
import { measurementsWriter, type StoredMeasurement } from './measurements.ts'
import { plansWriter } from './plans.ts'
import { recordEntity, recordsReader, type RecordTypes } from './records.ts'
import { reviewsWriter } from './reviews.ts'
import { reviewSummariesWriter, type ReviewSummary } from './review-summaries.ts'
import { sheetsWriter } from './sheets.ts'

/** What the operation log can create, change, delete and bring back, by its name in the log. */
export interface EntityTypes extends RecordTypes {
  plan: Plan
  layer: Layer
  review: Review
  item_entry: StoredEntry
  finding: Finding
  measurement: StoredMeasurement
  review_summary: ReviewSummary
  sheet: Sheet
}

export type EntityName = keyof EntityTypes

/** One kind of thing: how the log finds it, and what goes with it when it is removed (innermost first). */
export interface Entity<T> {
  id(value: T): string
  read(id: string): T | undefined
  insert(value: T): void
  update(value: T): void
  remove(id: string): void
  dependents?(id: string): [EntityName, string][]
  /** Derived data may have been recomputed since an operation touched it; state may not. */
  derived?: true
}

export type Entities = { [N in EntityName]: Entity<EntityTypes[N]> }

/** Two-part keys as the log writes them; the first part is a UUID and so holds no slash. */
const split = (id: string): [string, string] => {
  const slash = id.indexOf('/')
  return [id.slice(0, slash), id.slice(slash + 1)]
}

const splitMeasurement = (id: string): [PlanId, string, number] => {
  const [plan, rest] = split(id)
  const at = rest.lastIndexOf('@')
  return [plan as PlanId, rest.slice(0, at), Number(rest.slice(at + 1))]
}

const measurementId = (planId: PlanId, id: string, version: number): string => `${planId}/${id}@${version}`

export function entitiesOf(db: WritableDb): Entities {
  const plans = plansWriter(db)
  const layers = layersWriter(db)
  const reviews = reviewsWriter(db)
  const entries = entriesWriter(db)
  const findings = findingsWriter(db)
  const measurements = measurementsWriter(db)
  const summaries = reviewSummariesWriter(db)
  const sheets = sheetsWriter(db)
  const records = recordsReader(db)
  /** Last first, so that bringing them back keeps their order. */
  const recordsOf = (kind: 'remark' | 'attachment' | 'option' | 'option_edit', parent: string): [EntityName, string][] =>
    records
      .of(kind, parent)
      .reverse()
      .map(({ id }): [EntityName, string] => [kind, id])
  return {
    plan: {
      ...plans,
      id: (plan) => plan.id,
      read: (id) => plans.find(id as PlanId),
      remove: (id) => plans.remove(id as PlanId),
      dependents: (id) => [
        ['round', id],
        // Last first, so that bringing them back keeps their order.
        ...sheets
          .ofPlan(id as PlanId)
          .reverse()
          .map((sheet): [EntityName, string] => ['sheet', sheet.id]),
        ...reviews.ofPlan(id as PlanId).map((review): [EntityName, string] => ['review', review.id]),
        ...measurements
          .keysOfPlan(id as PlanId)
          .map((key): [EntityName, string] => ['measurement', measurementId(id as PlanId, key.id, key.version)]),
        ...layers
          .ofPlan(id as PlanId)
          .reverse()
          .map((layer): [EntityName, string] => ['layer', layer.id]),
      ],
    },
    layer: {
      ...layers,
      id: (layer) => layer.id,
      read: (id) => layers.find(id as LayerId),
      remove: (id) => layers.remove(id as LayerId),
    },
    review: {
      ...reviews,
      id: (review) => review.id,
      read: (id) => reviews.find(id as ReviewId),
      remove: (id) => reviews.remove(id as ReviewId),
      dependents: (id) => [
        ['review_summary', id],
        ...recordsOf('option', id),
        ...recordsOf('attachment', id),
        ...findings.ofReview(id as ReviewId).map((finding): [EntityName, string] => ['finding', finding.id]),
        ...entries.ofReview(id as ReviewId).map((entry): [EntityName, string] => ['item_entry', `${id}/${entry.item}`]),
      ],
    },
    item_entry: {
      ...entries,
      id: (entry) => `${entry.reviewId}/${entry.item}`,
      read: (id) => entries.find(split(id)[0] as ReviewId, split(id)[1]),
      remove: (id) => entries.remove(split(id)[0] as ReviewId, split(id)[1]),
    },
    finding: {
      ...findings,
      id: (finding) => finding.id,
      read: (id) => findings.find(id as FindingId),
      remove: (id) => findings.remove(id as FindingId),
      dependents: (id) => recordsOf('remark', id),
    },
    measurement: {
      id: (stored) => measurementId(stored.planId, stored.id, stored.version),
      read: (id) => measurements.find(...splitMeasurement(id)),
      insert: (stored) => measurements.put(stored),
      update: (stored) => measurements.put(stored),
      remove: (id) => measurements.remove(...splitMeasurement(id)),
      derived: true,
    },
    sheet: {
      ...sheets,
      id: (sheet) => sheet.id,
      read: (id) => sheets.find(id as SheetId),
      remove: (id) => sheets.remove(id as SheetId),
    },
    remark: recordEntity(db, 'remark'),
    attachment: recordEntity(db, 'attachment'),
    round: recordEntity(db, 'round'),
    option: recordEntity(db, 'option', (id) => recordsOf('option_edit', id)),
    option_edit: recordEntity(db, 'option_edit'),
    template: recordEntity(db, 'template'),
    checklist: recordEntity(db, 'checklist'),
    merge: recordEntity(db, 'merge'),
    merged_op: recordEntity(db, 'merged_op'),
    resolution: recordEntity(db, 'resolution'),
    received_checklist: recordEntity(db, 'received_checklist'),
    review_summary: {
      id: (summary) => summary.reviewId,
      read: (id) => summaries.find(id as ReviewId),
      insert: (summary) => summaries.put(summary),
      update: (summary) => summaries.put(summary),
      remove: (id) => summaries.remove(id as ReviewId),
      derived: true,
    },
  }
}
