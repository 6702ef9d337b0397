import type { Checklist } from '../checklist/schema.ts'
import type { Layer, Plan } from '../model/plan.ts'
import type { ResultInput, ReviewResult } from '../model/result.ts'
import type { ReviewView } from '../review/review.ts'
import { canonicalJson } from './canonical.ts'
import { sealOf, type Sha256 } from './seal.ts'

export interface ResultSource {
  engineVersion: string
  plan: Plan
  layers: readonly Layer[]
  view: ReviewView
  /** What is judged by; without it the record names the checklist by id and version alone. */
  checklist?: Checklist
  sha256: Sha256
}

/** One review as a plain, sealed record: what the command line prints and what a memo carries with it. */
export function buildResult({ engineVersion, plan, layers, view, checklist, sha256 }: ResultSource): ReviewResult {
  const content: Omit<ReviewResult, 'seal'> = {
    schema: 'review-result/1',
    engine: { name: 'greenprint', version: engineVersion },
    plan: {
      name: plan.name,
      nameZh: plan.nameZh,
      city: { name: plan.cityName, kind: plan.cityKind, population: plan.population, populationYear: plan.populationYear },
      planLevel: plan.planLevel,
      baseYear: plan.baseYear,
      targetYear: plan.targetYear,
      crs: plan.crs,
      importedAt: plan.importedAt,
      gpkgSha256: plan.gpkgSha256,
    },
    review: { reviewer: view.review.reviewer, startedAt: view.review.startedAt },
    inputs: layers.map(resultInput),
    indicators: view.measurements,
    checklist: view.result,
    ...(checklist && { checklistSha256: sha256(canonicalJson(checklist)) }),
    findings: [...view.findings].sort((a, b) => a.number - b.number),
    ...(view.stale.length > 0 && { stale: [...view.stale] }),
  }
  return { ...content, seal: sealOf(content, sha256) }
}

/** The hash is that of the source file: a reader can check it with any tool. Content hashes stand in each measurement. */
const resultInput = (layer: Layer): ResultInput => ({
  role: layer.role,
  path: layer.sourcePath,
  sha256: layer.sourceSha256,
  features: layer.features,
  areaM2: layer.areaM2,
  lengthM: layer.lengthM,
  crs: layer.sourceCrs,
  encoding: layer.encoding,
  notes: layer.notes,
})

/** The day a memo speaks of: the last judgement in the record, never the clock of the printer. ISO date and time. */
export function recordDate(result: ReviewResult): string {
  const entries = result.checklist.items.flatMap((item) => (item.entry === null ? [] : [item.entry.at]))
  const moments = [result.review.startedAt, ...entries, ...result.findings.map((finding) => finding.at)]
  return moments.reduce((latest, at) => (at > latest ? at : latest))
}
