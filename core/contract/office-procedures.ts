import * as z from 'zod'
import type { ChecklistChange } from '../checklist/compare-versions.ts'
import type { FailedRuleTest } from '../checklist/rule-tests.ts'
import type { Checklist } from '../checklist/schema.ts'
import type { FileToken, ReviewId, TemplateId } from '../model/ids.ts'
import { SEVERITIES } from '../review/finding.ts'
import type { ReviewView } from '../review/review.ts'
import type { RemarkTemplate } from '../review/template.ts'
import type { Bilingual } from '../text.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

/** One version of a checklist that this catalogue knows. */
export interface ChecklistVersion {
  version: string
  title: Bilingual
  /** With the program, or published by the office. */
  origin: 'shipped' | 'office'
  items: number
  /** New reviews start with it. */
  isCurrent: boolean
}

/** What is wrong with a checklist before it is published; nothing at all means that it can be. */
export interface ChecklistCheck {
  /** The first wrong place, or null. */
  problem: { path: string; problem: string } | null
  failedTests: FailedRuleTest[]
}

const checklistId = z.string().min(1).max(100)
const version = z.string().min(1).max(40)
/** Read by `parseChecklist`, which names the wrong place. */
const draft = z.strictObject({ checklist: z.unknown() })

/** What belongs to the office: frequent remarks, and its own versions of checklists. */
export const officeProcedures = {
  'templates.list': procedure(z.strictObject({})).returns<RemarkTemplate[]>(),
  'templates.put': procedure(
    z.strictObject({
      templateId: id<TemplateId>().nullable(),
      title: z.string().trim().min(1).max(80),
      item: z.string().min(1).max(10).nullable(),
      reviewPoint: z.string().min(1).max(20).nullable(),
      severity: z.enum(SEVERITIES),
      text: z.string().trim().min(1).max(4000),
      action: z.string().trim().max(4000),
    }),
  ).returns<RemarkTemplate[]>(),
  'templates.remove': procedure(z.strictObject({ templateId: id<TemplateId>() })).returns<RemarkTemplate[]>(),
  'checklists.versions': procedure(z.strictObject({ checklistId })).returns<ChecklistVersion[]>(),
  'checklists.version': procedure(z.strictObject({ checklistId, version })).returns<Checklist>(),
  'checklists.compare': procedure(z.strictObject({ checklistId, before: version, after: version })).returns<ChecklistChange[]>(),
  'checklists.check': procedure(draft).returns<ChecklistCheck>(),
  /** Refuses a draft that `checklists.check` finds fault with, and a version that exists. */
  'checklists.publish': procedure(draft).returns<ChecklistVersion[]>(),
  /** A checklist from a file, to be looked at before it is published. */
  'checklists.read': procedure(z.strictObject({ files: id<FileToken>() })).returns<Checklist>(),
  'checklists.export': procedure(
    z.strictObject({ checklistId, version, target: id<FileToken>().nullable() }),
  ).returns<ExportedFile>(),
  /** Judges a review, and its panel, by another version of its checklist: one step, and back with undo. */
  'reviews.moveToChecklist': procedure(z.strictObject({ reviewId: id<ReviewId>(), version })).returns<ReviewView>(),
}
