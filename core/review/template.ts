import type { TemplateId } from '../model/ids.ts'
import type { Severity } from './finding.ts'

/** A remark that is made often: chosen in the dialog, then changed to fit. Of the office, not of one review. */
export interface RemarkTemplate {
  id: TemplateId
  title: string
  item: string | null
  reviewPoint: string | null
  severity: Severity
  text: string
  action: string
  by: string
  at: string
}
