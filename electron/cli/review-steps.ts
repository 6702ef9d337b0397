import path from 'node:path'
import type { AnalysisSummary } from '#core/contract/procedures.ts'
import { AppError, fromWire } from '#core/errors.ts'
import type { FileToken, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Manifest, ManifestEntry } from '#core/model/manifest.ts'
import type { Level } from '#core/checklist/result.ts'
import type { MemoLang, MemoOptions } from '#core/memo/memo-options.ts'
import type { Signing } from '#core/contract/sign-procedures.ts'
import { text, type Surroundings, type Values } from './command.ts'
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

/** Writes every output that was asked for, and says where. */
export async function writeOutputs(
  session: Session,
  reviewId: ReviewId,
  chosen: { lang: MemoLang; options?: MemoOptions; sign?: Signing },
  values: Values,
  around: Surroundings,
) {
  const files: { format: string; path: string; sizeBytes: number; sha256: string }[] = []
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
  return files
}
