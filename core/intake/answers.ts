import * as z from 'zod'
import { CITY_KINDS, CRS_CODE, manifestSchema, PLAN_LEVELS } from '../model/manifest.ts'
import type { InspectedLayer, LayerChoice, LayerPlace } from '../model/inspection.ts'
import { ROLE_IDS } from '../model/roles.ts'
import type { ImportDraft, LayerDraft } from './draft.ts'

const short = z.string().max(300)
const words = z.record(z.string().max(300), z.string().max(300))
const { where } = manifestSchema.shape.layers.element.shape
const { parameters, quotas, entries, crs, datumShift, sheets } = manifestSchema.shape
/** A part of the manifest that the draft keeps and that is missing here does not compile. */
const keptParts = { parameters, quotas, entries, crs, datumShift, sheets } satisfies Record<keyof ImportDraft['kept'], z.ZodType>

const confirmed = z.strictObject({ role: z.boolean(), crs: z.boolean(), encoding: z.boolean(), fields: z.boolean() })
const role = z.enum([...ROLE_IDS, 'leave-out']).nullable()

/** Fixes in the order in which they were chosen, each with what it replaced: so that it can be taken back after a restart too. */
const applied = z.array(
  z.strictObject({
    key: z.string().max(100_000),
    before: z
      .strictObject({ role, crs: short, encoding: short, fields: words, classes: words, where, swapAxes: z.boolean(), confirmed })
      .partial(),
  }),
)

const layerAnswers = z.strictObject({
  path: z.string().min(1).max(2000),
  layer: z.string().max(500).nullable(),
  kind: z.enum(['polygon', 'line', 'point', 'raster']).nullable(),
  role,
  crs: short,
  encoding: short,
  fields: words,
  classes: words,
  where,
  swapAxes: z.boolean(),
  profile: short.nullable(),
  applied: applied.max(200).default([]),
  confirmed,
})

/** Everything a person has answered in the import dialog, without what the files say: it can be kept and met with them again. */
export const importAnswersSchema = z.strictObject({
  plan: z.strictObject({
    name: short,
    nameZh: short,
    city: short,
    cityKind: z.enum(CITY_KINDS).nullable(),
    population: short,
    populationYear: short,
    planLevel: z.enum(PLAN_LEVELS),
    baseYear: short,
    targetYear: short,
  }),
  layers: z.array(layerAnswers).max(2000),
  kept: z.strictObject(keptParts),
  fromManifest: z.boolean(),
})

export type ImportAnswers = z.infer<typeof importAnswersSchema>
export type LayerAnswers = ImportAnswers['layers'][number]

/** The steps before and after what is answered now, so that undo and redo outlive the dialog. */
export const answerStepsSchema = z.strictObject({
  past: z.array(importAnswersSchema).max(200),
  future: z.array(importAnswersSchema).max(200),
})
export type AnswerSteps = z.infer<typeof answerStepsSchema>

/** Reduces a draft to what was answered. */
export const answersOf = ({ plan, layers, kept, fromManifest }: ImportDraft): ImportAnswers => ({
  plan,
  layers: layers.map(
    ({
      found,
      role,
      crs: system,
      encoding,
      fields,
      classes,
      where: filter,
      swapAxes,
      profile,
      applied: fixes,
      confirmed: looked,
    }) => ({
      path: found.path,
      layer: found.layer,
      kind: found.kind,
      role,
      crs: system,
      encoding,
      fields,
      classes,
      where: filter,
      swapAxes,
      profile,
      applied: fixes.map(({ key, before }) => ({ key, before: { ...before } })),
      confirmed: looked,
    }),
  ),
  kept,
  fromManifest,
})

const keyOf = ({ path, layer, kind }: Pick<LayerAnswers, 'path' | 'layer' | 'kind'>): string =>
  JSON.stringify([path, layer, kind])

/** Puts kept answers onto what the files hold now; layers that are new keep their guesses, answers to gone layers fall away. */
export function withAnswers(fresh: ImportDraft, answers: ImportAnswers): ImportDraft {
  const kept = Map.groupBy(answers.layers, keyOf)
  const seen = new Set<string>()
  const layers = fresh.layers.flatMap((layer): LayerDraft[] => {
    const key = keyOf(layer.found)
    const own = kept.get(key)
    if (!own) return [layer]
    if (seen.has(key)) return []
    seen.add(key)
    return own.map(({ path: _path, layer: _layer, kind: _kind, ...rest }) => ({ ...layer, ...rest }))
  })
  return { plan: answers.plan, layers, kept: answers.kept, fromManifest: answers.fromManifest }
}

/** What the real reader needs to know to read a layer as answered. */
export function choiceOf({
  found,
  role,
  crs: system,
  encoding,
  fields,
  classes,
  where: filter,
  swapAxes,
}: LayerDraft): LayerChoice {
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
  const mapped = Object.fromEntries(Object.entries(classes).filter(([, value]) => value !== ''))
  return {
    path: found.path,
    layer: found.layer,
    ...(role !== null && role !== 'leave-out' ? { role } : {}),
    ...(CRS_CODE.test(system) ? { crs: system } : {}),
    ...(encoding !== '' && found.encoding.value !== null ? { encoding } : {}),
    ...(Object.keys(said).length > 0 ? { fields: said } : {}),
    ...(Object.keys(mapped).length > 0 ? { classes: mapped } : {}),
    ...(filter ? { where: filter } : {}),
    ...(swapAxes ? { swapAxes } : {}),
  }
}

/** Where the layers of other files lie by the answers: a layer that is read again is judged beside them. */
export const placesBeside = (layers: readonly LayerDraft[], path: string): LayerPlace[] =>
  layers
    .filter(({ found, role }) => found.path !== path && role !== 'leave-out')
    .map(({ found, crs: system }) => ({
      path: found.path,
      layer: found.layer,
      features: found.features,
      crs: CRS_CODE.test(system) ? system : null,
      extent: found.extent,
    }))

/** What the file itself was taken to say of an answer. */
function saidBy({ role, crs: system, encoding, fields }: InspectedLayer, key: string): unknown {
  if (key === 'role') return role.value
  if (key === 'crs') return system.value
  if (key === 'encoding') return encoding.value
  return key === 'fields' ? fields.value : undefined
}

/** The part of a layer's answers that differs from what was found: what must be read again; null when nothing does. */
export function differingChoice(layer: LayerDraft): LayerChoice | null {
  if (layer.role === 'leave-out') return null
  const { path, layer: name, ...choice } = choiceOf(layer)
  const differing = Object.entries(choice).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(saidBy(layer.found, key)),
  )
  return differing.length === 0 ? null : { path, layer: name, ...Object.fromEntries(differing) }
}
