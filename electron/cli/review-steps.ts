import path from 'node:path'
import type { AnalysisSummary } from '#core/contract/procedures.ts'
import { AppError, fromWire } from '#core/errors.ts'
import type { FileToken, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Manifest, ManifestEntry } from '#core/model/manifest.ts'
import type { Level } from '#core/checklist/result.ts'
import { mainLang } from '#core/memo/compose.ts'
import type { MemoLang, MemoOptions } from '#core/memo/memo-options.ts'
import type { Signing } from '#core/contract/sign-procedures.ts'
import { misuse, text, type Surroundings, type Values } from './command.ts'
import type { Session } from './session.ts'

/* The steps that `run` takes one after the other and the other commands take one at a time. */

export const OUTPUTS = { memo: 'pdf', docx: 'docx', html: 'html', json: 'json', gpkg: 'gpkg', sidecar: 'greenprint' } as const
export const OUTPUT_OPTIONS = {
  memo: { type: 'string' },
  docx: { type: 'string' },
  html: { type: 'string' },
  json: { type: 'string' },
  gpkg: { type: 'string' },
  sidecar: { type: 'string' },
  findings: { type: 'string' },
  'with-plan': { type: 'boolean' },
} as const

/** Reads and checks a manifest in the killable process, as any untrusted file. */
export async function readManifest(session: Session, file: string): Promise<{ manifest: Manifest; files: FileToken }> {
  const files = session.files([file])
  const inspection = await session.call('import.inspect', { files })
  const failed = inspection.files.find(({ error }) => error !== null)?.error
  if (failed) throw fromWire(failed)
  if (inspection.manifest === null) throw new AppError('cli.not-a-manifest', { file })
  return { manifest: inspection.manifest, files }
}

/** Options of every command that imports. */
export const IMPORT_OPTIONS = { 'datum-shift': { type: 'string' } } as const

/** Imports a manifest's plan; a parameter file named on the command line takes the place of the manifest's. */
export async function importPlan(session: Session, file: string, datumShift?: string): Promise<{ planId: PlanId }> {
  const { manifest, files } = await readManifest(session, file)
  const shift = datumShift === undefined ? {} : { datumShift: path.relative(path.dirname(file), datumShift) }
  return session.call('import.run', { files, manifest: { ...manifest, ...shift } })
}

/** Options of every command that measures: run where the estimate is above what memory is free. */
export const ANALYSIS_OPTIONS = { 'even-if-short': { type: 'boolean' } } as const

/** Measures a plan, and says which given parameters this version does not use. */
export async function analysePlan(
  session: Session,
  planId: PlanId,
  values: Values,
  around: Surroundings,
): Promise<AnalysisSummary> {
  const summary = await session.call('analysis.run', { planId, evenIfShort: values['even-if-short'] === true })
  const names = summary.unusedParameters.join(', ')
  if (names !== '') around.say({ zh: `已给出但本版本未使用的参数：${names}`, en: `Given but not used by this version: ${names}` })
  return summary
}

/** The named plan, or the one imported last. */
export async function choosePlan(session: Session, wanted: string | undefined): Promise<PlanId> {
  const plans = await session.call('plans.list', {})
  const latest = plans.toSorted((a, b) => b.importedAt.localeCompare(a.importedAt))[0]
  const plan = wanted === undefined ? latest : plans.find(({ id }) => id === wanted)
  if (plan === undefined) throw new AppError('cli.no-plan', { plan: wanted ?? null })
  return plan.id
}

/** Opens the review of a plan against the named checklist, or the first one there is. */
export async function openReview(session: Session, planId: PlanId, wanted: string | undefined): Promise<ReviewId> {
  const checklistId = wanted ?? (await session.call('checklists.list', {}))[0]?.id ?? ''
  return (await session.call('reviews.open', { planId, checklistId })).review.id
}

export async function applyEntry(session: Session, reviewId: ReviewId, entry: ManifestEntry): Promise<void> {
  await session.call('reviews.setEntry', {
    reviewId,
    item: entry.item,
    level: (entry.level ?? null) as Level | null,
    notApplicable: entry.notApplicable ?? false,
    reason: entry.reason,
    document: entry.document ?? null,
    page: entry.page ?? null,
  })
}

/** Formats of tables by the ending of their file. @throws AppError `cli.usage` for another ending of what an option names */
export function tableFormatOf(out: string | undefined, option: string): 'csv' | 'xlsx' | undefined {
  const format = /\.(csv|xlsx)$/i.exec(out ?? '')?.[1]?.toLowerCase()
  if (out !== undefined && format === undefined)
    throw misuse(`--${option} 须以 .csv 或 .xlsx 结尾。`, `--${option} must end in .csv or .xlsx.`)
  return format as 'csv' | 'xlsx' | undefined
}

/** What the plan's data would add to a memo is said before it is written. */
async function sayPlanSize(session: Session, reviewId: ReviewId, around: Surroundings): Promise<void> {
  const { bytes } = await session.call('memo.planSize', { reviewId })
  const size = `${(bytes / 2 ** 20).toFixed(1)} MiB`
  around.say({ zh: `随附规划数据：压缩前 ${size}`, en: `With the plan’s data: ${size} before compression` })
}

/** Writes every output that was asked for, and says where. */
export async function writeOutputs(
  session: Session,
  reviewId: ReviewId,
  chosen: { lang: MemoLang; options?: MemoOptions; sign?: Signing },
  values: Values,
  around: Surroundings,
) {
  const files: { format: string; path: string; sizeBytes: number; sha256: string }[] = []
  const findings = text(values, 'findings')
  const table = tableFormatOf(findings, 'findings')
  if (values['with-plan'] === true) await sayPlanSize(session, reviewId, around)
  for (const [option, format] of Object.entries(OUTPUTS)) {
    const target = text(values, option)
    if (target === undefined) continue
    const withPlan = values['with-plan'] === true
    const { sign, ...how } = chosen
    const signed = sign && format === 'pdf' ? { sign } : {}
    const input = { reviewId, ...how, ...signed, format, withPlan, target: session.save(target) }
    const { sizeBytes, sha256 } = await session.call('memo.export', input)
    files.push({ format, path: target, sizeBytes, sha256 })
    around.say({ zh: `已写入 ${target}`, en: `Wrote ${target}` })
  }
  if (findings !== undefined && table !== undefined) {
    const input = { reviewId, findingIds: null, format: table, lang: mainLang(chosen.lang), target: session.save(findings) }
    const { sizeBytes, sha256 } = await session.call('findings.export', input)
    files.push({ format: table, path: findings, sizeBytes, sha256 })
    around.say({ zh: `已写入 ${findings}`, en: `Wrote ${findings}` })
  }
  return files
}
