import { TABLE_FORMATS } from '#core/contract/table-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import { choice, done, required, text, type Command, type Surroundings, type Values } from './command.ts'
import { withPlan } from './plan-argument.ts'
import { ANALYSIS_OPTIONS, analysePlan, openReview } from './review-steps.ts'
import type { Session } from './session.ts'

const FORMATS = ['json', ...TABLE_FORMATS] as const

/** Every table of the plan that the options let through, whole: cells in base units, as they are stored. */
async function tablesOf(session: Session, planId: PlanId, values: Values) {
  const reviewId = await openReview(session, planId, undefined)
  const { measurements } = await session.call('reviews.get', { reviewId })
  const [indicator, table] = [text(values, 'indicator'), text(values, 'table')]
  const tables = measurements
    .filter(({ id }) => indicator === undefined || id === indicator)
    .flatMap((measurement) =>
      (measurement.tables ?? [])
        .filter(({ id }) => table === undefined || id === table)
        .map((found) => ({ indicator: measurement.id, ...found })),
    )
  if (tables.length === 0 && (indicator !== undefined || table !== undefined))
    throw new AppError('tables.not-found', { indicator: indicator ?? '*', table: table ?? '*' })
  return tables
}

async function written(
  session: Session,
  planId: PlanId,
  format: (typeof TABLE_FORMATS)[number],
  values: Values,
  around: Surroundings,
) {
  const out = required(values, 'out')
  const asked = { planId, indicator: required(values, 'indicator'), table: required(values, 'table'), format, lang: around.lang }
  const { sizeBytes, sha256 } = await session.call('analysis.exportTable', { ...asked, target: session.save(out) })
  around.say({ zh: `已写入 ${out}`, en: `Wrote ${out}` })
  return done({ ...asked, path: out, sizeBytes, sha256 })
}

async function answer(session: Session, planId: PlanId, values: Values, around: Surroundings) {
  const format = choice(values, 'format', FORMATS) ?? 'json'
  if (format !== 'json') return written(session, planId, format, values, around)
  const tables = await tablesOf(session, planId, values)
  for (const { indicator, id, title, rows } of tables)
    around.say({
      zh: `${indicator} ${id}：${title.zh}（${rows.length} 行）`,
      en: `${indicator} ${id}: ${title.en} (${rows.length} rows)`,
    })
  return done({ planId, tables })
}

/** Result tables of a stored plan, or of a manifest without keeping anything: listed as JSON or written as a file. */
export const tables: Command = {
  name: 'tables',
  usage:
    '<manifest.json> | --catalogue DIR [--plan ID] [--indicator S02] [--table transition] [--format json|csv|xlsx|gpkg -o FILE]',
  does: { zh: '列出或导出结果表（CSV、XLSX、GeoPackage）', en: 'lists result tables, or writes one as CSV, XLSX or GeoPackage' },
  options: {
    catalogue: { type: 'string' },
    plan: { type: 'string' },
    indicator: { type: 'string' },
    table: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string', short: 'o' },
    ...ANALYSIS_OPTIONS,
  },
  positionals: [0, 1],
  run([manifestFile], values, around) {
    return withPlan(manifestFile, values, around, async (session, planId) => {
      if (manifestFile !== undefined) await analysePlan(session, planId, values, around)
      return answer(session, planId, values, around)
    })
  },
}
