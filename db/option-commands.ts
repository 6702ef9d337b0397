import { AppError } from '#core/errors.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import type { SessionEdit } from '#core/contract/analysis-procedures.ts'
import type { OptionEditId, OptionId, ReviewId, TemplateId } from '#core/model/ids.ts'
import type { OptionEdit, PlanOption } from '#core/review/option.ts'
import type { RemarkTemplate } from '#core/review/template.ts'
import type { Bilingual } from '#core/text.ts'
import { without } from '#core/without.ts'
import type { Actor, Clock } from './actor.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { ReadableDb } from './connection.ts'
import { recordsReader } from './records.ts'
import { reviewsReader } from './reviews.ts'
import { titles } from './titles.ts'
import { newUuid } from './uuid.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')

/** What is given of a template; id, author and time are ours. */
export type TemplateDraft = Omit<RemarkTemplate, 'id' | 'by' | 'at'>

/** A name, or a recommendation with its reason and what the option came to then. */
export type OptionChange = Partial<Pick<PlanOption, 'name' | 'recommended' | 'summary'>>

const unrecommended = (option: PlanOption): PlanOption => without({ ...option, recommended: null }, 'summary')

/** What a person can do to what-if options, to frequent remarks and to the office's checklists. Each is one undoable step. */
export function optionCommands(db: ReadableDb, { run }: CommandRunner, clock: Clock) {
  const reviews = reviewsReader(db)
  const records = recordsReader(db)
  const now = (): string => clock().toISOString()

  const freeLetter = (reviewId: ReviewId): string => {
    const taken = new Set(records.of('option', reviewId).map(({ letter }) => letter))
    const letter = LETTERS.find((one) => !taken.has(one))
    if (letter === undefined) throw new AppError('option.letters-used-up', { most: LETTERS.length })
    return letter
  }

  return {
    /** Gets the first free letter; with `copyOf` it starts with that option's steps. @throws AppError 'option.letters-used-up' */
    addOption(reviewId: ReviewId, name: string, copyOf: OptionId | null, actor: Actor): Committed<PlanOption> {
      reviews.get(reviewId)
      const id = newUuid() as OptionId
      const letter = freeLetter(reviewId)
      const option: PlanOption = { id, reviewId, letter, name, recommended: null, by: actor.name, at: now() }
      const steps = copyOf === null ? [] : records.of('option_edit', copyOf)
      return run(
        titles.addOption(letter),
        actor,
        (changes) => {
          changes.put('option', option)
          for (const step of steps) changes.put('option_edit', { ...step, id: newUuid() as OptionEditId, optionId: id })
          return option
        },
        'option.added',
      )
    },

    /** A new name, or a recommendation with its reason; null takes it back. One option of a review is recommended at most. */
    changeOption(id: OptionId, change: OptionChange, actor: Actor): Committed<PlanOption> {
      const before = records.get('option', id)
      const option: PlanOption = { ...(change.recommended === null ? unrecommended(before) : before), ...change }
      const isChosen = typeof change.recommended === 'string'
      const others = isChosen
        ? records.of('option', before.reviewId).filter((one) => one.id !== id && one.recommended !== null)
        : []
      const title = titles.changeOption(option.letter, change.recommended !== undefined)
      return run(
        title,
        actor,
        (changes) => {
          for (const other of others) changes.put('option', unrecommended(other))
          changes.put('option', option)
          return option
        },
        'option.changed',
      )
    },

    removeOption: (id: OptionId, actor: Actor): Committed<void> =>
      run(
        titles.removeOption(records.get('option', id).letter),
        actor,
        (changes) => changes.remove('option', id),
        'option.removed',
      ),

    /** One step of an option: undo takes exactly these edits back. */
    editOption(optionId: OptionId, title: Bilingual, edits: SessionEdit[], actor: Actor): Committed<OptionEdit> {
      const { letter } = records.get('option', optionId)
      const position = (records.of('option_edit', optionId).at(-1)?.position ?? 0) + 1
      const id = newUuid() as OptionEditId
      const step: OptionEdit = { id, optionId, position, title, edits, by: actor.name, at: now() }
      const named = titles.editOption(letter, title)
      return run(named, actor, (changes) => (changes.put('option_edit', step), step), 'option.edited')
    },

    /** Keeps a frequent remark; with an id it replaces that one. */
    putTemplate(id: TemplateId | null, draft: TemplateDraft, actor: Actor): Committed<RemarkTemplate> {
      const template = { ...draft, id: id ?? (newUuid() as TemplateId), by: actor.name, at: now() }
      const title = titles.putTemplate(draft.title)
      return run(title, actor, (changes) => (changes.put('template', template), template), 'template.put')
    },

    removeTemplate(id: TemplateId, actor: Actor): Committed<void> {
      const { title } = records.get('template', id)
      return run(titles.removeTemplate(title), actor, (changes) => changes.remove('template', id), 'template.removed')
    },

    /** A published version is never changed. @throws AppError 'checklist.version-taken' */
    publishChecklist(checklist: Checklist, actor: Actor): Committed<Checklist> {
      const { id, version } = checklist
      if (records.find('checklist', `${id}@${version}`)) throw new AppError('checklist.version-taken', { checklist: id, version })
      const title = titles.publishChecklist(checklist.title, version)
      return run(title, actor, (changes) => (changes.put('checklist', checklist), checklist), 'checklist.published')
    },
  }
}
