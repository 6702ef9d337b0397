import * as z from 'zod'
import { SEVERITIES } from '../review/finding.ts'

const bilingual = z.looseObject({ zh: z.string(), en: z.string() })
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
const parameters = z.record(z.string(), z.number())
const note = z.looseObject({ severity: z.enum(['info', 'warning']), text: bilingual })

const evidence = z.looseObject({ layer: z.string(), fid: z.number(), note: bilingual.optional(), value: z.number().optional() })

const measurement = z.looseObject({
  id: z.string(),
  version: z.number(),
  outcome: z.discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('value'), value: z.number(), unit: z.string() }),
    z.looseObject({ kind: z.literal('missing'), why: bilingual, needs: z.array(z.string()) }),
  ]),
  method: bilingual,
  basis: z.enum(['ellipsoidal', 'planar']),
  parameters,
  details: z.record(z.string(), z.unknown()),
  evidence: z.array(evidence),
  evidenceTotal: z.number(),
  inputs: z.record(z.string(), z.string()),
  notes: z.array(bilingual),
})

const entry = z.looseObject({
  item: z.string(),
  level: level.nullable(),
  notApplicable: z.boolean(),
  reason: z.string(),
  document: z.string().nullable(),
  page: z.number().nullable(),
  by: z.string(),
  at: z.string(),
})

const item = z.looseObject({
  id: z.string(),
  dimension: z.string(),
  applicable: z.boolean(),
  notApplicableReason: bilingual.nullable(),
  level: level.nullable(),
  source: z.enum(['auto', 'reviewer', 'document', 'none']),
  autoLevel: level.nullable(),
  entry: entry.nullable(),
  weight: z.number(),
  score: z.number().nullable(),
  gate: z.boolean(),
  gap: bilingual.nullable(),
})

const checklist = z.looseObject({
  id: z.string(),
  version: z.string(),
  items: z.array(item),
  dimensions: z.array(
    z.looseObject({ id: z.string(), weight: z.number(), judgedWeight: z.number(), score: z.number().nullable() }),
  ),
  gates: z.array(z.looseObject({ item: z.string(), state: z.enum(['passed', 'failed', 'not_checked']) })),
  total: z.number().nullable(),
  coverage: z.number(),
  opinion: z.looseObject({ id: z.string(), title: bilingual, cappedByGate: z.boolean() }),
})

const finding = z.looseObject({
  id: z.string(),
  reviewId: z.string(),
  number: z.number(),
  item: z.string().nullable(),
  severity: z.enum(SEVERITIES),
  text: z.string(),
  action: z.string(),
  evidence: z.array(evidence),
  withdrawn: z.boolean(),
  by: z.string(),
  at: z.string(),
})

/** Shape of a review record as files carry it; `verify` trusts no file before it has this shape. Members it does not know stay and count for the seal. */
export const sealedResultSchema = z.looseObject({
  schema: z.literal('review-result/1'),
  engine: z.looseObject({ name: z.literal('greenprint'), version: z.string() }),
  plan: z.looseObject({
    name: z.string(),
    nameZh: z.string().nullable(),
    city: z.looseObject({
      name: z.string().nullable(),
      kind: z.string().nullable(),
      population: z.number().nullable(),
      populationYear: z.number().nullable(),
    }),
    planLevel: z.string(),
    baseYear: z.number().nullable(),
    targetYear: z.number().nullable(),
    crs: z.string(),
    importedAt: z.string(),
    gpkgSha256: hash,
  }),
  review: z.looseObject({ reviewer: z.string(), startedAt: z.string() }),
  inputs: z.array(
    z.looseObject({
      role: z.string(),
      path: z.string(),
      sha256: z.string(),
      features: z.number(),
      areaM2: z.number().nullable(),
      lengthM: z.number().nullable(),
      crs: z.string(),
      encoding: z.string().nullable(),
      notes: z.array(note),
    }),
  ),
  indicators: z.array(measurement),
  checklist,
  checklistSha256: hash.optional(),
  findings: z.array(finding),
  seal: hash,
  digests: z.record(z.string(), z.string()).optional(),
})
