import * as z from 'zod'
import json from '../../resources/reference/flip-moves.json' with { type: 'json' }
import { UNITS, type UnitId } from '../model/units.ts'
import { ROLE_IDS } from '../model/roles.ts'
import { bilingualText, provenance } from '../reference/provenance.ts'

/** Every kind of change that a search may try; each is one file in `moves/`. */
export const MOVE_IDS = [
  'park-on-parcel',
  'park-on-piece',
  'keep-base-use',
  'set-attributes',
  'protect-land',
  'add-greenway',
  'close-gap',
  'widen-corridor',
  'raise-greening',
  'add-services',
  'add-shelter',
  'withdraw-project',
] as const
export type MoveId = (typeof MOVE_IDS)[number]

/** A number of metres or m²: stated, or read from the measurement's parameters or details. */
const amount = z.union([z.number().positive(), z.strictObject({ parameter: z.string() }), z.strictObject({ detail: z.string() })])
export type RuleAmount = z.infer<typeof amount>

const codes = z.array(z.string().regex(/^\d{2,6}$/))
const fieldValue = z.union([z.string(), z.number()])

const ruleSchema = z.strictObject({
  indicator: z.string(),
  moves: z.array(z.enum(MOVE_IDS)).min(1),
  /** True where the indicator's evidence names those who lack something, by how much: the search looks near them. */
  shortfall: z.boolean().optional(),
  /** The indicator whose evidence names them instead. */
  shortfallOf: z.string().optional(),
  /** Smallest useful size of a new park and how far it reaches, smallest first. */
  tiers: z.array(z.strictObject({ minimumM2: amount, reachM: amount.optional() })).optional(),
  /** Ground within which new parks count. */
  within: z.enum(['central_city', 'whole']).optional(),
  /** Whether only features that the measurement names as evidence may be changed. */
  among: z.enum(['evidence', 'all']).optional(),
  /** Base-year classes that land may go back to, as prefixes; all that are no construction land where absent. */
  baseCodes: codes.optional(),
  /** Class for land inside a line whose base year was built on already. */
  insteadInLine: z.partialRecord(z.enum(ROLE_IDS), z.string()).optional(),
  set: z
    .strictObject({
      role: z.enum(ROLE_IDS),
      attributes: z.record(z.string(), z.union([fieldValue, z.strictObject({ parameter: z.string() })])),
      /** Features that have all fields of any of these are left alone; `*` is any value. */
      unless: z.array(z.record(z.string(), fieldValue)).min(1),
      says: bilingualText,
    })
    .optional(),
  /** Sum and divisor among the details whose quotient is the value: gives the least that must be added or taken away. */
  amount: z
    .strictObject({
      of: z.string(),
      per: z.string(),
      unit: z.enum(Object.keys(UNITS) as [UnitId, ...UnitId[]]),
      title: bilingualText,
    })
    .optional(),
  ...provenance,
})

const noneSchema = z.strictObject({ indicator: z.string(), because: bilingualText, ...provenance })

/** What may be changed for each indicator, and why some have no search. */
export const flipMovesSchema = z.strictObject({
  greenprint: z.literal('flip-moves/1'),
  remark: bilingualText,
  /** What people call each kind of change. */
  moves: z.record(z.enum(MOVE_IDS), bilingualText),
  /** Class of a new park. */
  parkClass: z.string(),
  /** Land that is looked at first for a new park; the first row whose prefix fits decides. What no row names is left alone. */
  convertible: z.array(z.strictObject({ codes: codes.min(1), title: bilingualText, ...provenance })).min(1),
  /** Land that may serve as an emergency shelter. */
  shelterCodes: codes.min(1),
  /** How much more each step down that list costs: a square on industry must serve that many times more than one on white land. */
  costPerRank: z.number().min(1).max(10),
  /** A piece cut from a parcel is this much larger than the least, so that rounding never makes it too small. */
  pieceMargin: z.number().min(0).max(1),
  rules: z.array(ruleSchema),
  none: z.array(noneSchema),
})

export type FlipRule = z.infer<typeof ruleSchema>

const data = flipMovesSchema.parse(json)

/** What people call each kind of change. */
export const MOVE_TITLES = data.moves
export const PARK_CLASS = data.parkClass
export const CONVERTIBLE = data.convertible
export const SHELTER_CODES = data.shelterCodes
export const COST_PER_RANK = data.costPerRank
export const PIECE_MARGIN = data.pieceMargin
export const FLIP_RULES: readonly FlipRule[] = data.rules
export const NO_SEARCH: readonly z.infer<typeof noneSchema>[] = data.none

/** What may be changed for an indicator; undefined where nothing of the vocabulary helps. */
export const flipRuleOf = (indicator: string): FlipRule | undefined => FLIP_RULES.find((rule) => rule.indicator === indicator)

/** Place of a class among land that may become a park, 0 first; undefined for land that may not. */
export function convertibleRank(code: string | undefined): number | undefined {
  if (code === undefined) return undefined
  const rank = CONVERTIBLE.findIndex(({ codes: list }) => list.some((prefix) => code.startsWith(prefix)))
  return rank === -1 ? undefined : rank
}
