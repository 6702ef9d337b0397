import { answersOf, withAnswers, type AnswerSteps, type ImportAnswers } from './answers.ts'
import type { ImportDraft } from './draft.ts'
import { startSteps, type Steps } from './draft-history.ts'

/** Steps that are kept of a draft: many of a small one, few of one with hundreds of layers. */
const MOST_STEPS = 50
const MOST_LAYERS = 4000

/** What is kept of undo and redo, the nearest steps first to stay. */
export function keptSteps({ past, present, future }: Steps<ImportDraft>): AnswerSteps {
  const most = Math.max(3, Math.min(MOST_STEPS, Math.floor(MOST_LAYERS / Math.max(1, present.layers.length))))
  return { past: past.slice(-most).map(answersOf), future: future.slice(0, most).map(answersOf) }
}

/** A draft taken up again: its answers, and the steps around them, on what the files hold now. */
export function resumedSteps(fresh: ImportDraft, answers: ImportAnswers, kept: AnswerSteps | null): Steps<ImportDraft> {
  const on = (step: ImportAnswers): ImportDraft => withAnswers(fresh, step)
  const steps = startSteps(on(answers))
  return kept === null ? steps : { ...steps, past: kept.past.map(on), future: kept.future.map(on) }
}
