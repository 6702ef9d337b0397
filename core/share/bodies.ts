import * as z from 'zod'
import { sessionEdit } from '../contract/analysis-procedures.ts'
import { CITY_KINDS, CRS_CODE, manifestSchema, PLAN_LEVELS } from '../model/manifest.ts'
import { ROLE_IDS } from '../model/roles.ts'
import { CHANGE_KINDS } from '../plan-diff/result.ts'
import { ADOPTIONS, FINDING_STATUSES, SEVERITIES } from '../review/finding.ts'
import { mark } from '../review/mark.ts'
import { CARRY_CLASSES } from '../review/round.ts'
import { SHARED_ENTITIES, type SharedEntity } from './operation.ts'

/** Ids become names of rows and parts of keys: nothing but a UUID is taken. */
export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const moment = z.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/)
/** A name of a person or a file; the words of a person are longer. */
export const line = z.string().max(400)
const words = z.string().max(20_000)
const code = z.string().min(1).max(40)
export const bilingual = z.strictObject({ zh: words, en: words })
const finite = z.number().min(-1e15).max(1e15)
const count = z.number().int().min(0).max(1e12)
const level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).nullable()
const by = { by: line, at: moment }
const page = z.number().int().positive().max(1_000_000).nullable()

const note = z.strictObject({
  severity: z.enum(['info', 'warning']),
  text: bilingual,
  code: line.optional(),
  params: z.record(line, z.unknown()).optional(),
})

const frame = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('equal-area'),
    lonDeg: z.number().min(-180).max(180),
    latDeg: z.number().min(-90).max(90),
    semiMajorM: z.number().min(6e6).max(7e6),
    inverseFlattening: z.number().min(200).max(400),
  }),
  z.strictObject({ kind: z.literal('planar'), originX: finite, originY: finite }),
])

const plan = z.strictObject({
  id: uuid,
  name: line.min(1),
  nameZh: line.nullable(),
  cityName: line.nullable(),
  cityKind: z.enum(CITY_KINDS).nullable(),
  population: finite.nullable(),
  populationYear: finite.nullable(),
  planLevel: z.enum(PLAN_LEVELS),
  baseYear: finite.nullable(),
  targetYear: finite.nullable(),
  crs: z.string().regex(CRS_CODE).max(2000),
  frame,
  extent: z.tuple([finite, finite, finite, finite]),
  gpkgSha256: sha256,
  manifest: manifestSchema,
  importedAt: moment,
})

const layer = z.strictObject({
  id: uuid,
  planId: uuid,
  role: z.enum(ROLE_IDS),
  name: line,
  kind: z.enum(['polygon', 'line', 'point', 'raster']),
  // Becomes the name of a table in a query.
  table: z.string().regex(/^[a-z][a-z0-9_]{0,79}$/i),
  features: count,
  areaM2: finite.nullable(),
  lengthM: finite.nullable(),
  sha256,
  sourcePath: words,
  sourceSha256: line,
  sourceCrs: z.string().max(2000),
  crsReason: bilingual,
  encoding: line.nullable(),
  notes: z.array(note).max(10_000),
  unknownClasses: z.record(line, count),
  raster: z
    .strictObject({
      columns: count,
      rows: count,
      cellX: finite,
      cellY: finite,
      crs: z.string().max(2000),
      noDataShare: z.number().min(0).max(1),
      min: z.number(),
      max: z.number(),
      mean: z.number(),
    })
    .optional(),
})

const round = z.strictObject({
  planId: uuid,
  previousPlanId: uuid,
  number: z.number().int().min(2).max(1000),
  changes: z
    .array(z.strictObject({ role: z.enum(ROLE_IDS), counts: z.record(z.enum(CHANGE_KINDS), count) }))
    .max(1000)
    .optional(),
})

const review = z.strictObject({
  id: uuid,
  planId: uuid,
  checklistId: line.min(1),
  checklistVersion: line.min(1),
  reviewer: line,
  startedAt: moment,
  role: z.literal('expert').optional(),
  blind: z.literal(true).optional(),
  submittedAt: moment.optional(),
  numbersAfter: count.min(1).optional(),
})

const itemEntry = z.strictObject({
  reviewId: uuid,
  item: code,
  level,
  notApplicable: z.boolean(),
  reason: words,
  document: line.nullable(),
  page,
  quote: words.optional(),
  ...by,
  settled: z
    .strictObject({
      how: z.enum(['median', 'lead']),
      levels: z.array(z.strictObject({ reviewer: line, level })).max(200),
    })
    .optional(),
})

const evidence = z.strictObject({ layer: line, fid: count, note: bilingual.optional(), value: finite.optional() })

const finding = z.strictObject({
  id: uuid,
  reviewId: uuid,
  number: z.number().int().min(1).max(1_000_000),
  item: code.nullable(),
  severity: z.enum(SEVERITIES),
  text: words,
  action: words,
  evidence: z.array(evidence).max(20_000),
  withdrawn: z.boolean(),
  ...by,
  mark: mark.optional(),
  reviewPoint: code.optional(),
  status: z.enum(FINDING_STATUSES).optional(),
  quote: z.strictObject({ document: line, page, text: words }).optional(),
  carried: z
    .strictObject({
      from: uuid,
      firstRound: z.number().int().min(1).max(1000),
      class: z.enum(CARRY_CLASSES),
      overlapShare: finite.nullable(),
      movedM: finite.nullable(),
    })
    .optional(),
  origin: line.optional(),
})

const remark = z.strictObject({
  id: uuid,
  findingId: uuid,
  text: words,
  step: z.strictObject({ from: z.enum(FINDING_STATUSES), to: z.enum(FINDING_STATUSES) }).optional(),
  adoption: z.enum(ADOPTIONS).optional(),
  late: z.literal(true).optional(),
  reply: z
    .strictObject({
      pack: z.string().regex(/^[0-9a-f]{32}$/),
      file: line,
      sha256,
      on: line.nullable(),
      says: z.enum(ADOPTIONS).nullable(),
    })
    .optional(),
  ...by,
})

const attachment = z.strictObject({
  id: uuid,
  reviewId: uuid,
  item: code.nullable(),
  findingId: uuid.nullable(),
  sha256,
  name: line.min(1),
  sizeBytes: count,
  kind: z.enum(['file', 'snapshot']),
  caption: words,
  ...by,
})

const opinion = z.strictObject({ id: line, title: bilingual, cappedByGate: z.boolean() })
const outcome = z.strictObject({ total: finite.nullable(), opinion })
const standing = z.strictObject({ level, value: finite.nullable() })

const option = z.strictObject({
  id: uuid,
  reviewId: uuid,
  letter: z.string().regex(/^[A-Z]$/),
  name: line,
  recommended: words.nullable(),
  summary: z
    .strictObject({
      before: outcome,
      after: outcome,
      items: z.array(z.strictObject({ item: code, before: standing, after: standing })).max(1000),
      steps: z.array(z.strictObject({ id: uuid, title: bilingual, ...by })).max(10_000),
    })
    .optional(),
  ...by,
})

const optionEdit = z.strictObject({
  id: uuid,
  optionId: uuid,
  position: count.min(1),
  title: bilingual,
  edits: z.array(sessionEdit).max(1000),
  ...by,
})

const resolution = z.strictObject({
  id: uuid,
  planId: uuid,
  entity: z.enum(SHARED_ENTITIES).exclude(['resolution']),
  entityId: z.string().min(1).max(100),
  member: z.string().regex(/^(\*|[a-zA-Z0-9]{1,40})$/),
  chosen: uuid,
  value: z.unknown().optional(),
  ...by,
})

/** THE LIST: what a thing of each kind may hold. A member that this version does not know is refused, never dropped. */
export const BODIES = {
  plan,
  layer,
  round,
  review,
  item_entry: itemEntry,
  finding,
  remark,
  attachment,
  option,
  option_edit: optionEdit,
  resolution,
} satisfies Record<SharedEntity, z.ZodType>

/** How the log names a thing of each kind; the name that is written must be the one that its members give. */
export const idOfBody = (entity: SharedEntity, body: Readonly<Record<string, unknown>>): string => {
  if (entity === 'item_entry') return `${String(body['reviewId'])}/${String(body['item'])}`
  return String(entity === 'round' ? body['planId'] : body['id'])
}
