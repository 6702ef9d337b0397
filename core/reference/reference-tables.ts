import * as z from 'zod'
import { bilingualText, provenance } from './provenance.ts'

const classCodes = z.array(z.string().regex(/^(\d{2}){1,3}$/)).min(1)
const note = bilingualText.nullable()

/** What other places reached or promised; `kind` says whether a number is relative, a target, observed … */
export const benchmarksSchema = z.strictObject({
  greenprint: z.literal('benchmarks/1'),
  date: z.string(),
  benchmarks: z.array(
    z.strictObject({
      key: z.string(),
      /** Items of the checklist beside whose measure it is shown. */
      items: z.array(z.string().regex(/^[A-Z]\d{2}$/)).min(1),
      place: bilingualText,
      plan: bilingualText,
      indicator: bilingualText,
      values: z
        .array(
          z.strictObject({
            label: bilingualText,
            value: z.number(),
            unit: z.string(),
            year: z.number().int().nullable(),
            /** Items whose measure is the same sort of number, so that both may stand on one scale; with the value in that item's unit where the source uses another. */
            strip: z
              .strictObject({
                items: z.array(z.string().regex(/^[A-Z]\d{2}$/)).min(1),
                value: z.number().optional(),
                unit: z.string().optional(),
              })
              .optional(),
          }),
        )
        .min(1),
      targetYear: z.number().int().nullable(),
      kind: z.enum(['absolute', 'relative', 'count', 'threshold', 'target', 'observed', 'list', 'norm', 'cap']),
      /** Further source keys that state the same. */
      alsoIn: z.array(z.string()),
      note,
      ...provenance,
    }),
  ),
})

/** Carbon by land class, two sets that must never be mixed; positive is a source. */
export const carbonSchema = z.strictObject({
  greenprint: z.literal('carbon-coefficients/1'),
  sign: bilingualText,
  remark: bilingualText,
  sets: z.array(
    z.strictObject({
      id: z.string(),
      title: bilingualText,
      unit: z.enum(['kgC_per_m2_year', 'tCO2_per_ha_year']),
      rows: z.array(
        z.strictObject({ classes: classCodes, low: z.number(), value: z.number(), high: z.number(), note, ...provenance }),
      ),
      oneOff: z.array(z.strictObject({ from: z.string(), to: z.string(), value: z.number(), unit: z.string(), ...provenance })),
    }),
  ),
})

const width = z.strictObject({ minM: z.number(), maxM: z.number().nullable(), effect: bilingualText, ...provenance })

/** Which width serves which function of a corridor. */
export const corridorWidthsSchema = z.strictObject({
  greenprint: z.literal('corridor-widths/1'),
  remark: bilingualText,
  widths: z.array(width),
  observations: z.array(width),
})

/** Resistance (1–100) of land classes for least-cost corridors. */
export const resistanceSchema = z.strictObject({
  greenprint: z.literal('resistance/1'),
  remark: bilingualText,
  rows: z.array(z.strictObject({ classes: classCodes, resistance: z.number().min(1).max(100), ...provenance })),
})

/** Factors and targets of the Urban Greening Factor. */
export const greeningFactorsSchema = z.strictObject({
  greenprint: z.literal('urban-greening-factors/1'),
  targets: z.array(z.strictObject({ use: z.string(), target: z.number(), title: bilingualText, ...provenance })),
  factors: z.array(z.strictObject({ id: z.string(), factor: z.number().min(0).max(1), title: bilingualText, ...provenance })),
})

const threshold = z.strictObject({ id: z.string(), value: z.number(), unit: z.string(), title: bilingualText, ...provenance })

/** How a balance of artificialised land is kept: what counts, thresholds, targets, names of the flows. */
export const zanProfilesSchema = z.strictObject({
  greenprint: z.literal('zan-profiles/1'),
  formula: bilingualText,
  remark: bilingualText,
  profiles: z.array(
    z.strictObject({
      id: z.string(),
      title: bilingualText,
      /** Group of `class-groups.json` that the profile counts as artificialised. */
      group: z.string(),
      nature: bilingualText,
      coverCategories: z.array(
        z.strictObject({
          no: z.number().int(),
          artificialised: z.boolean(),
          minAreaM2: z.number().nullable(),
          title: bilingualText,
          ...provenance,
        }),
      ),
      thresholds: z.array(threshold),
      targets: z.array(threshold),
      ...provenance,
    }),
  ),
  transitions: z.array(
    z.strictObject({
      id: z.enum(['artificialised', 'renatured', 'reused', 'kept_artificial', 'kept_natural']),
      base: z.boolean(),
      plan: z.boolean(),
      title: bilingualText,
      ...provenance,
    }),
  ),
  /** Paths that the yearly net may be held against: `change` of it per decade, or in a straight line until `byYear`. */
  trajectories: z.array(
    z.strictObject({
      id: z.enum(['per_decade', 'net_zero']),
      change: z.number().min(-100).max(0),
      unit: z.literal('percent'),
      byYear: z.number().int().nullable(),
      title: bilingualText,
      ...provenance,
    }),
  ),
})

/** Tags by which a memo can be sorted in the order of the ministry's review points. */
export const reviewPointsSchema = z.strictObject({
  greenprint: z.literal('review-points/1'),
  title: bilingualText,
  points: z.array(z.strictObject({ id: z.string(), scope: z.enum(['province', 'city']), title: bilingualText, ...provenance })),
})

/** Source keys used by every other reference file and by checklists. */
export const sourcesSchema = z.strictObject({
  greenprint: z.literal('sources/1'),
  sources: z.array(z.strictObject({ key: z.string(), text: bilingualText })),
})
