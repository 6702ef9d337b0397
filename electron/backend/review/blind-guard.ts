import type { Handlers, History, ProcedureName } from '#core/contract/procedures.ts'
import type { AttachmentId, FindingId, OptionId, ReviewId } from '#core/model/ids.ts'
import { bilingual } from '#core/text.ts'
import type { Catalogue } from '#db/catalogue.ts'

/** What the lead does with members as a whole tells nothing of what they wrote. */
const OPEN_TO_ALL: readonly ProcedureName[] = ['panel.submit', 'panel.reopen', 'panel.removeExpert']

const HIDDEN = bilingual('背靠背评审中的一步', 'A step in the blind round')

/** The parts of an input that lead to a review. */
interface Named {
  reviewId?: ReviewId | null
  referenceId?: ReviewId
  findingId?: FindingId
  findingIds?: readonly FindingId[]
  attachmentId?: AttachmentId
  optionId?: OptionId
  opId?: string
}

type GuardedCatalogue = Pick<Catalogue, 'findings' | 'records' | 'past'>

/** Reviews that an input names, directly or by something that hangs on them; what does not exist is left to the handler. */
function reviewsNamed({ findings, records, past }: GuardedCatalogue, input: Named): ReviewId[] {
  const ofFindings = [...(input.findingId === undefined ? [] : [input.findingId]), ...(input.findingIds ?? [])]
  const found: (ReviewId | null | undefined)[] = [
    input.reviewId,
    input.referenceId,
    ...ofFindings.map((id) => findings.find(id)?.reviewId),
  ]
  if (input.attachmentId !== undefined) found.push(records.find('attachment', input.attachmentId)?.reviewId)
  if (input.optionId !== undefined) found.push(records.find('option', input.optionId)?.reviewId)
  if (input.opId !== undefined) {
    const { entity, id } = past.stateAfter(input.opId)
    found.push(entity === 'finding' ? findings.find(id as FindingId)?.reviewId : (id.split('/')[0] as ReviewId))
  }
  return found.filter((id) => id !== undefined && id !== null)
}

/**
 * Every handler, refusing what names another's review while its blind round is on: by the input's members and not procedure by
 * procedure, so that a later procedure is guarded without anybody remembering to.
 */
export function guardBlind(handlers: Handlers, catalogue: GuardedCatalogue, assertVisible: (id: ReviewId) => void): Handlers {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    if (OPEN_TO_ALL.some((one) => one === name)) return [name, handler]
    const call = handler as (input: unknown, ...rest: unknown[]) => unknown
    const checked = (input: unknown, ...rest: unknown[]): unknown => {
      for (const reviewId of new Set(reviewsNamed(catalogue, (input ?? {}) as Named))) assertVisible(reviewId)
      return call(input, ...rest)
    }
    return [name, checked]
  })
  // The same names with the same inputs and outputs.
  return Object.fromEntries(guarded) as Handlers
}

/** The history without the words of others' steps, while any blind round is on: a step's title tells the level that was given. */
export function blindHistory(history: History, isBlind: boolean, me: string): History {
  if (!isBlind) return history
  const { undo, redo, steps } = history
  // What undo and redo would turn around: the newest step that stands, and the newest that was taken back.
  const isMine = (undone: boolean) => steps.find((step) => step.undone === undone)?.by === me
  return {
    undo: undo === null || isMine(false) ? undo : HIDDEN,
    redo: redo === null || isMine(true) ? redo : HIDDEN,
    steps: steps.map((step) => (step.by === me ? step : { ...step, title: HIDDEN, by: '—' })),
  }
}
