import * as z from 'zod'
import { CITY_KINDS, PLAN_LEVELS } from '../model/manifest.ts'
import { UNITS, type UnitId } from '../model/units.ts'

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const unit = z.enum(Object.keys(UNITS) as [UnitId, ...UnitId[]])

/** How sure a number is: confirmed in a public text, stated by the seed article, from memory, or our own interpolation. */
export const CERTAINTIES = ['verified', 'seed', 'unverified', 'interpolated'] as const
const certainty = z.enum(CERTAINTIES)

/** One condition on a measurement: `path` is `value` or `details.<key>`, in base units. */
const condition = z.strictObject({
  path: z.string().regex(/^(value|details\.[A-Za-z0-9_]+)$/),
  is: z.enum(['<', '<=', '>', '>=', '=', '!=', 'true', 'false', 'absent']),
  than: z.number().optional(),
})

/**
 * From measurement to level. `edges`: lower edges (upper edges where lower is better) of levels 1–4 in `unit`; null skips a
 * level; `open` lists levels whose edge is excluded (">0"). `cases`: the first case whose conditions all hold wins; without any the
 * measurement is only shown beside the item, and a reviewer chooses the level.
 */
const rule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('edges'),
    indicator: z.string(),
    unit,
    better: z.enum(['higher', 'lower']),
    edges: z.tuple([z.number().nullable(), z.number().nullable(), z.number().nullable(), z.number().nullable()]),
    open: z.array(z.number().int().min(1).max(4)),
  }),
  z.strictObject({
    kind: z.literal('cases'),
    indicator: z.string(),
    cases: z.array(z.strictObject({ level: z.number().int().min(0).max(4), all: z.array(condition) })),
  }),
])

/** A case that proves a rule: with this value (in the rule's unit; null: nothing could be measured) the item is at this level. */
const ruleTest = z.strictObject({
  value: z.number().nullable(),
  /** Parts of the measurement that the rule reads, in base units. */
  details: z.record(z.string(), z.union([z.number(), z.boolean(), z.null()])).optional(),
  level: z.number().int().min(0).max(4).nullable(),
})

const levelText = z.strictObject({
  level: z.number().int().min(0).max(4),
  text: bilingual,
  source: bilingual,
  certainty,
})

const item = z.strictObject({
  id: z.string().regex(/^[A-Z]\d{2}$/),
  dimension: z.string(),
  title: bilingual,
  question: bilingual,
  /** auto: an indicator measures it; overlay: map overlay; document: a reviewer reads and quotes. */
  evidence: z.array(z.enum(['auto', 'overlay', 'document'])).min(1),
  formula: bilingual,
  unit,
  weight: z.number().positive(),
  gate: z.boolean(),
  applies: z.strictObject({ cities: z.array(z.enum(CITY_KINDS)).min(1), planLevels: z.array(z.enum(PLAN_LEVELS)).min(1) }),
  seed: z.array(z.string()),
  /** Where the question comes from, and how sure that is. */
  anchor: z.strictObject({ text: bilingual, source: z.string(), certainty }),
  levels: z.array(levelText).length(5),
  rule: rule.nullable(),
  /** Cases that the rule must hold; checked when a checklist is published or imported. */
  tests: z.array(ruleTest).max(200).optional(),
  /** Roles whose data the item needs; used to say what is missing. */
  needs: z.array(z.string()),
})

/** A checklist file (`resources/checklists/*.json`): data, not code. */
export const checklistSchema = z.strictObject({
  greenprint: z.literal('checklist/1'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string(),
  title: bilingual,
  description: bilingual,
  dimensions: z.array(z.strictObject({ id: z.string(), title: bilingual, weight: z.number().positive() })).min(1),
  /** Bands from best to worst; the first whose `min` is reached is the suggested opinion. Null: only a failed gate leads there. */
  opinions: z
    .array(z.strictObject({ id: z.string(), min: z.number().nullable(), title: bilingual, source: bilingual, certainty }))
    .min(1),
  /** Opinion that a failed gate caps at. */
  gateOpinion: z.string(),
  /** What is said instead of an opinion while nothing, or less than `minCoverage` (0..1) of the applicable weight, is judged. */
  notJudged: z.strictObject({
    id: z.string(),
    title: bilingual,
    minCoverage: z.strictObject({ value: z.number().min(0).max(1), source: bilingual, certainty }).optional(),
  }),
  items: z.array(item).min(1),
})

export type Checklist = z.infer<typeof checklistSchema>
export type ChecklistItem = z.infer<typeof item>
export type RuleTest = z.infer<typeof ruleTest>
export type LevelRule = z.infer<typeof rule>
export type Certainty = (typeof CERTAINTIES)[number]
