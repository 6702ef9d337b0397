import type { Finding, Quote, Severity } from '#core/review/finding.ts'
import type { Mark } from '#core/review/mark.ts'
import type { RemarkTemplate } from '#core/review/template.ts'
import type { FindingDraft } from '../state/ui-store.ts'

/** The contract takes no more places than this with one finding. */
const MOST_PLACES = 2000

/** What is written in the dialog, as it stands in its fields. */
export interface FindingFields {
  item: string | null
  severity: Severity
  text: string
  action: string
  reviewPoint: string | null
  document: string
  page: string
  words: string
  mark: Mark | null
}

const EMPTY: FindingFields = {
  item: null,
  severity: 'must',
  text: '',
  action: '',
  reviewPoint: null,
  document: '',
  page: '',
  words: '',
  mark: null,
}

/** The fields as the dialog opens. */
export function firstFields(draft: FindingDraft): FindingFields {
  if (draft.kind === 'new') return { ...EMPTY, item: draft.item, mark: draft.mark ?? null }
  const { item, severity, text, action, reviewPoint, quote, mark } = draft.finding
  return {
    item,
    severity,
    text,
    action,
    reviewPoint: reviewPoint ?? null,
    document: quote?.document ?? '',
    page: quote?.page?.toString() ?? '',
    words: quote?.text ?? '',
    mark: draft.mark ?? mark ?? null,
  }
}

/** A template's words in place of those in the fields; places, quote and what the template leaves open stay. */
export const withTemplate = (
  fields: FindingFields,
  { item, reviewPoint, severity, text, action }: RemarkTemplate,
): FindingFields => ({
  ...fields,
  severity,
  text,
  action,
  item: item ?? fields.item,
  reviewPoint: reviewPoint ?? fields.reviewPoint,
})

export type FieldProblem = 'text' | 'document' | 'page'

const pageOf = (page: string): number | null => (/^[1-9]\d{0,5}$/.test(page.trim()) ? Number(page.trim()) : null)

/** What must be mended before it can be saved. */
export function problemsOf({ text, document, page, words }: FindingFields): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (text.trim() === '') problems.push('text')
  if (document.trim() === '' && (words.trim() !== '' || page.trim() !== '')) problems.push('document')
  if (page.trim() !== '' && pageOf(page) === null) problems.push('page')
  return problems
}

/** What is sent of the fields; members that say nothing are left out. */
export function contentOf(fields: FindingFields, evidence: Finding['evidence'] | { layer: string; fid: number }[]) {
  const { item, severity, text, action, reviewPoint, document, page, words, mark } = fields
  const { label = '', ...shape } = mark ?? { kind: 'point' as const, xyM: [] }
  const quote: Quote | null =
    document.trim() === '' ? null : { document: document.trim(), page: pageOf(page), text: words.trim() }
  return {
    item,
    severity,
    text: text.trim(),
    action: action.trim(),
    evidence: evidence.slice(0, MOST_PLACES).map(({ layer, fid }) => ({ layer, fid })),
    ...(reviewPoint === null ? {} : { reviewPoint }),
    ...(quote === null ? {} : { quote }),
    ...(mark === null ? {} : { mark: label.trim() === '' ? shape : { ...shape, label: label.trim() } }),
  }
}
