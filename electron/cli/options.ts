import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { sessionEdit, type SessionEdit } from '#core/contract/analysis-procedures.ts'
import type { OptionView } from '#core/contract/option-procedures.ts'
import { AppError } from '#core/errors.ts'
import { toFrame } from '#core/geo/frame.ts'
import type { OptionId, ReviewId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import { done, misuse, required, text, type Command, type Surroundings, type Values } from './command.ts'
import { choosePlan, openReview } from './review-steps.ts'
import { withSession, type Session } from './session.ts'

const words = z.string().trim().min(1).max(200)

/** A file of edits: one step. An edit names its layer by role, table, name or id; shapes are metres of the plan's frame, or degrees. */
const editsFile = z.strictObject({
  title: z.union([words, z.strictObject({ zh: words, en: words })]).optional(),
  coordinates: z.enum(['frame', 'degrees']).default('frame'),
  edits: z
    .array(z.looseObject({ change: z.string(), layer: z.string().optional() }))
    .min(1)
    .max(1000),
})

const refused = (file: string, why: string) =>
  misuse(`${file} 不是可用的改动文件：${why}`, `${file} is not a usable file of edits: ${why}`)

/** @throws AppError `cli.usage`, `import.file-missing` */
function readEdits(file: string, plan: Plan, layers: readonly Layer[]) {
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(path.resolve(file), 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw refused(file, error.message)
    throw new AppError('import.file-missing', { file })
  }
  const parsed = editsFile.safeParse(raw)
  if (!parsed.success) throw refused(file, z.prettifyError(parsed.error))
  const { title = `试算：${path.basename(file)}`, coordinates, edits } = parsed.data
  const read = z.array(sessionEdit).safeParse(edits.map((edit) => withLayerId(edit, layers)))
  if (!read.success) throw refused(file, z.prettifyError(read.error))
  return {
    title: typeof title === 'string' ? bilingual(title, title) : title,
    edits: coordinates === 'degrees' ? read.data.map((edit) => inFrame(edit, plan)) : read.data,
  }
}

/** The same edit with the id of the layer that it names. */
function withLayerId({ layer: wanted, ...edit }: { layer?: string | undefined }, layers: readonly Layer[]) {
  if (wanted === undefined) return edit
  const found = layers.find(({ id, role, table, name }) => [id, role, table, name].some((one) => one === wanted))
  if (found) return { ...edit, layerId: found.id }
  const known = layers.map(({ role }) => role).join(', ')
  throw misuse(`方案没有图层“${wanted}”。可选：${known}。`, `The plan has no layer “${wanted}”. Known: ${known}.`)
}

function inFrame(edit: SessionEdit, plan: Plan): SessionEdit {
  if (!('parts' in edit)) return edit
  const into = toFrame(plan.frame)
  const moved = (ring: readonly number[]) =>
    Array.from({ length: ring.length >> 1 }, (_, at) => into(ring[2 * at] ?? 0, ring[2 * at + 1] ?? 0)).flat()
  return { ...edit, parts: edit.parts.map((rings) => rings.map(moved)) }
}

/** The option with a letter; without one a new option. @throws AppError `cli.usage` */
async function optionOf(session: Session, reviewId: ReviewId, letter: string | undefined): Promise<OptionId> {
  if (letter === undefined) return (await session.call('options.add', { reviewId, name: '', copyOf: null })).id
  const options = await session.call('options.list', { reviewId })
  const found = options.find((option) => option.letter === letter.toUpperCase())
  if (found) return found.id
  const known = options.map((option) => option.letter).join(', ')
  throw misuse(`没有方案 ${letter}。已有：${known}。`, `There is no option ${letter}. There are: ${known}.`)
}

function tell({ option, base, result, deltas, waiting }: OptionView, around: Surroundings): void {
  const points = (total: number | null) => total?.toFixed(1) ?? '—'
  around.say({
    zh: `方案 ${option.letter}：总分 ${points(base.total)} → ${points(result.total)}，${deltas.length} 项有变化（试算，提交方案未改动）。`,
    en: `Option ${option.letter}: total ${points(base.total)} → ${points(result.total)}, ${deltas.length} items change (a what-if; the submitted plan is not altered).`,
  })
  if (waiting.length > 0)
    around.say({
      zh: `未测算的慢指标：${waiting.join('、')}；加 --settle 一并测算。`,
      en: `Slow indicators not measured: ${waiting.join(', ')}; --settle measures them too.`,
    })
}

async function applied(session: Session, file: string, values: Values, around: Surroundings, wanted: string | undefined) {
  const planId = await choosePlan(session, wanted)
  const { plan, layers } = await session.call('plans.get', { planId })
  const { title, edits } = readEdits(file, plan, layers)
  const reviewId = await openReview(session, planId, text(values, 'checklist'))
  const optionId = await optionOf(session, reviewId, text(values, 'option'))
  const edited = await session.call('options.edit', { optionId, title, edits })
  const view = values['settle'] === true ? await session.call('options.settle', { optionId }) : edited
  tell(view, around)
  return done({ planId, reviewId, ...view })
}

/** What-if options of a stored plan: listed and compared, or one more step from a file. */
export const options: Command = {
  name: 'options',
  usage: '[<plan>] --catalogue DIR [--checklist ID] [--apply edits.json [--option A]] [--settle] [--json]',
  does: {
    zh: '列出并比较方案的比选方案（试算），或从文件试改一步',
    en: 'lists and compares what-if options of a plan, or tries edits from a file',
  },
  options: {
    catalogue: { type: 'string' },
    checklist: { type: 'string' },
    apply: { type: 'string' },
    option: { type: 'string' },
    settle: { type: 'boolean' },
    // What is printed is JSON anyway; the word is understood because people write it.
    json: { type: 'boolean' },
  },
  positionals: [0, 1],
  run([wanted], values, around) {
    const file = text(values, 'apply')
    return withSession(required(values, 'catalogue'), around, async (session) => {
      if (file !== undefined) return applied(session, file, values, around, wanted)
      const planId = await choosePlan(session, wanted)
      const reviewId = await openReview(session, planId, text(values, 'checklist'))
      const listed = await session.call('options.list', { reviewId })
      const stepsOf = await Promise.all(listed.map(({ id }) => session.call('options.changes', { optionId: id })))
      const comparison =
        listed.length === 0 ? null : await session.call('options.compare', { reviewId, settle: values['settle'] === true })
      around.say({ zh: `${listed.length} 个比选方案。`, en: `${listed.length} what-if options.` })
      return done({
        planId,
        reviewId,
        options: listed.map((option, at) => ({ ...option, steps: stepsOf[at] ?? [] })),
        comparison,
      })
    })
  },
}
