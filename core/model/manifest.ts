import * as z from 'zod'
import { FIT_METHODS } from '../geo/sheet-fit.ts'
import { ROLE_IDS } from './roles.ts'

export const CITY_KINDS = ['super', 'mega', 'large', 'medium', 'small', 'shrinking'] as const
export const PLAN_LEVELS = ['master', 'special', 'unit', 'parcel'] as const

/** How a system is written: a code, a plane without a place, or a projection of its own on a coded datum (`core/crs/custom.ts`). */
export const CRS_CODE = /^(EPSG:\d{4,6}|LOCAL:metre|PROJ:EPSG:\d{4,6}( \+[a-z]+(_(\d|meter))?=[-+\w.]+)+)$/

const crs = z.string().regex(CRS_CODE, 'must be "EPSG:<code>", "LOCAL:metre" or "PROJ:EPSG:<base> +proj=…"')
const scalar = z.union([z.string(), z.number(), z.boolean()])

const layer = z.strictObject({
  role: z.enum(ROLE_IDS),
  path: z.string().min(1),
  layer: z.string().nullish(),
  crs: crs.nullish(),
  encoding: z.string().nullish(),
  /** True where the file gives north before east (y, x): both are exchanged when it is read. */
  swapAxes: z.boolean().nullish(),
  where: z.record(z.string(), z.union([scalar, z.array(scalar)])).nullish(),
  fields: z.record(z.string(), z.string()).nullish(),
  classes: z.record(z.string(), z.string()).nullish(),
})

const entry = z.strictObject({
  item: z.string(),
  level: z.number().int().min(0).max(4).nullish(),
  notApplicable: z.boolean().nullish(),
  reason: z.string().min(1),
  document: z.string().nullish(),
  page: z.number().int().positive().nullish(),
})

const pair = z.tuple([z.number(), z.number()])

/** A picture or PDF page under the plan: laid as its file says, or by three or more points known on both. */
const sheet = z.strictObject({
  path: z.string().min(1),
  page: z.number().int().positive().nullish(),
  name: z.string().min(1).max(200).nullish(),
  /** System of the places; the plan's where absent. Without points: of a file that does not name its own. */
  crs: crs.nullish(),
  method: z.enum(FIT_METHODS).nullish(),
  /** `sheet`: x to the right, y down, in pixels (PDF: points of 1/72 inch); `place`: east, north. */
  controlPoints: z
    .array(z.strictObject({ sheet: pair, place: pair }))
    .min(3)
    .max(200)
    .nullish(),
})

/** The plan manifest: what the import dialog collects and what an office may write by hand (DESIGN.md §4). */
export const manifestSchema = z.strictObject({
  greenprint: z.literal('plan-manifest/1'),
  name: z.string().min(1),
  nameZh: z.string().min(1).nullish(),
  city: z
    .strictObject({
      name: z.string().min(1),
      kind: z.enum(CITY_KINDS).nullish(),
      population: z.number().positive().nullish(),
      populationYear: z.number().int().nullish(),
    })
    .nullish(),
  planLevel: z.enum(PLAN_LEVELS).nullish(),
  baseYear: z.number().int().min(1900).max(2200).nullish(),
  targetYear: z.number().int().min(1900).max(2200).nullish(),
  crs: crs.nullish(),
  /** File with the seven parameters of a local datum shift (`core/crs/datum-shift.ts`), relative like every path. */
  datumShift: z.string().min(1).nullish(),
  layers: z.array(layer).min(1),
  sheets: z.array(sheet).max(100).nullish(),
  parameters: z.record(z.string(), z.number()).nullish(),
  quotas: z.record(z.string(), z.number()).nullish(),
  entries: z.array(entry).nullish(),
})

export type Manifest = z.infer<typeof manifestSchema>
export type ManifestLayer = z.infer<typeof layer>
export type ManifestEntry = z.infer<typeof entry>
export type CityKind = (typeof CITY_KINDS)[number]
export type PlanLevel = (typeof PLAN_LEVELS)[number]
