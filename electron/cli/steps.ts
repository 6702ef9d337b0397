import { done, integer, misuse, required, text, type Command, type Values } from './command.ts'
import { MEMO_OPTIONS, MEMO_USAGE, memoChoice } from './memo-options.ts'
import {
  applyEntry,
  choosePlan,
  IMPORT_OPTIONS,
  importPlan,
  openReview,
  OUTPUT_OPTIONS,
  OUTPUTS,
  writeOutputs,
} from './review-steps.ts'
import { SIGN_OPTIONS, SIGN_USAGE, signingOf } from './sign.ts'
import { withSession } from './session.ts'

const CATALOGUE = { catalogue: { type: 'string' }, plan: { type: 'string' } } as const
const REVIEW = { ...CATALOGUE, checklist: { type: 'string' } } as const

export const importStep: Command = {
  name: 'import',
  usage: '<manifest.json> [--datum-shift FILE] --catalogue DIR',
  does: { zh: '把方案导入目录库', en: 'imports a plan into a catalogue' },
  options: { catalogue: CATALOGUE.catalogue, ...IMPORT_OPTIONS },
  positionals: [1, 1],
  run: ([manifestFile = ''], values, around) =>
    withSession(required(values, 'catalogue'), around, async (session) => {
      const { planId } = await importPlan(session, manifestFile, text(values, 'datum-shift'))
      return done(await session.call('plans.get', { planId }))
    }),
}

export const review: Command = {
  name: 'review',
  usage:
    '--catalogue DIR [--plan ID] [--checklist ID] [--item A04 (--level 0…4 | --not-applicable) --reason TEXT] [--as-of DATE]',
  does: { zh: '查看评分，或填写一项的等级与理由', en: 'shows the scores, or enters one item’s level with its reason' },
  options: {
    ...REVIEW,
    item: { type: 'string' },
    level: { type: 'string' },
    'not-applicable': { type: 'boolean' },
    reason: { type: 'string' },
    document: { type: 'string' },
    page: { type: 'string' },
    'as-of': { type: 'string' },
  },
  positionals: [0, 0],
  run(_, values, around) {
    const entry = entryOf(values)
    const at = momentOf(text(values, 'as-of'))
    if (at !== undefined && entry !== undefined) throw misuse('--as-of 只用于查看。', '--as-of only shows.')
    return withSession(required(values, 'catalogue'), around, async (session) => {
      const planId = await choosePlan(session, text(values, 'plan'))
      const reviewId = await openReview(session, planId, text(values, 'checklist'))
      if (entry !== undefined) await applyEntry(session, reviewId, entry)
      if (at !== undefined) return done(await session.call('reviews.asOf', { reviewId, at }))
      return done(await session.call('reviews.get', { reviewId }))
    })
  },
}

/** A day means its end, in the reader's own zone; a full moment is taken as it is. @throws AppError `cli.usage` */
function momentOf(written: string | undefined): string | undefined {
  if (written === undefined) return undefined
  const moment = new Date(/^\d{4}-\d{2}-\d{2}$/.test(written) ? `${written}T23:59:59.999` : written)
  if (!/^\d{4}-/.test(written) || Number.isNaN(moment.getTime()))
    throw misuse('--as-of 写作 2026-03-01 或完整的 ISO 时刻。', '--as-of is written 2026-03-01, or as a full ISO moment.')
  return moment.toISOString()
}

function entryOf(values: Values) {
  const item = text(values, 'item')
  const level = integer(values, 'level', [0, 4])
  const notApplicable = values['not-applicable'] === true
  if (item === undefined) {
    if (level !== undefined || notApplicable) throw misuse('缺少 --item。', '--item is missing.')
    return undefined
  }
  if ((level === undefined) !== notApplicable)
    throw misuse('--level 与 --not-applicable 须且只能给出一个。', 'Give either --level or --not-applicable.')
  const page = integer(values, 'page', [1, 100_000])
  return { item, level, notApplicable, reason: required(values, 'reason'), document: text(values, 'document'), page }
}

export const memo: Command = {
  name: 'memo',
  usage: `--catalogue DIR [--plan ID] [--checklist ID] [--memo F.pdf] [--docx F.docx] [--html F.html] [--json F.json] [--gpkg F.gpkg] [--findings F.csv|F.xlsx] [--sidecar F.greenprint] [--with-plan] ${MEMO_USAGE} ${SIGN_USAGE}`,
  does: { zh: '输出评审意见书', en: 'writes the review memo' },
  options: { ...REVIEW, ...OUTPUT_OPTIONS, ...MEMO_OPTIONS, ...SIGN_OPTIONS },
  positionals: [0, 0],
  run(_, values, around) {
    const outputs = [...Object.keys(OUTPUTS), 'findings']
    if (!outputs.some((option) => text(values, option) !== undefined)) {
      const words = outputs.map((option) => `--${option}`).join('、')
      throw misuse(`请至少给出一个输出：${words}。`, `Name at least one output: ${words.replaceAll('、', ', ')}.`)
    }
    const chosen = memoChoice(values, around)
    if (text(values, 'sign') !== undefined && text(values, 'memo') === undefined)
      throw misuse('只有 PDF 可以签名：请给出 --memo。', 'Only the PDF can be signed: name it with --memo.')
    return withSession(required(values, 'catalogue'), around, async (session) => {
      const planId = await choosePlan(session, text(values, 'plan'))
      const reviewId = await openReview(session, planId, text(values, 'checklist'))
      const sign = await signingOf(session, values, around)
      const { seal } = await session.call('result.get', { reviewId })
      const files = await writeOutputs(session, reviewId, sign ? { ...chosen, sign } : chosen, values, around)
      return done({ planId, reviewId, seal, files })
    })
  },
}

export const sample: Command = {
  name: 'sample',
  usage: '<DIR> [--parcels N] [--seed N] [--revision]',
  does: { zh: '生成样例城市“青岚”及其方案清单', en: 'writes the sample city Qinglan and its manifest' },
  options: { parcels: { type: 'string' }, seed: { type: 'string' }, revision: { type: 'boolean' } },
  positionals: [1, 1],
  run([dir = ''], values, around) {
    const parcels = integer(values, 'parcels', [1000, 1_000_000]) ?? 5000
    const seed = integer(values, 'seed', [-(2 ** 31), 2 ** 31 - 1]) ?? 1
    // The same city after a revision of its plan, to compare with the first version.
    const revision = values['revision'] === true ? 1 : 0
    return withSession(undefined, around, async (session) => {
      const { files } = await session.call('sample.write', { parcels, seed, revision, target: session.save(dir) })
      return done({ dir, parcels, seed, revision, files })
    })
  },
}
