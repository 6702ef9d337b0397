import * as z from 'zod'
import presetsJson from '../../resources/intake/layer-presets.json' with { type: 'json' }
import { ROLE_IDS, roleInfo, type Role } from '../model/roles.ts'

const certainty = z.enum(['A', 'B', 'C'])
const name = z.string().regex(/^[A-Z0-9_\p{Script=Han}]+$/u)

/** How Chinese plan databases call their layers and fields; the file carries source and certainty. */
export const presetsSchema = z.strictObject({
  greenprint: z.literal('layer-presets/1'),
  source: z.string(),
  layers: z.array(
    z.strictObject({
      names: z.array(name).min(1),
      zh: z.string(),
      en: z.string(),
      role: z.enum(ROLE_IDS),
      certainty,
      remark: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
    }),
  ),
  fields: z.array(z.strictObject({ roles: z.array(z.enum(ROLE_IDS)), attribute: z.string(), names: z.array(name), certainty })),
  declaredArea: z.array(z.strictObject({ names: z.array(name), certainty })),
})

const presets = presetsSchema.parse(presetsJson)

export type LayerPreset = z.infer<typeof presetsSchema>['layers'][number]

/** How sure a name makes us, by how sure the convention is. */
const CONFIDENCE: Record<z.infer<typeof certainty>, number> = { A: 0.95, B: 0.88, C: 0.8 }

export const presetConfidence = ({ certainty: level }: Pick<LayerPreset, 'certainty'>): number => CONFIDENCE[level]

const byName = new Map(presets.layers.flatMap((preset) => preset.names.map((code) => [code, preset] as const)))

/** The convention that one of a layer name's words follows ("330100ZXCQGHYDYH", "STBHHX_2021"); the longest code wins. */
export function presetFor(words: readonly string[]): LayerPreset | undefined {
  const found = words.filter((word) => byName.has(word)).toSorted((a, b) => b.length - a.length)
  return byName.get(found[0] ?? '')
}

/** Place of a field's name among those that conventions give an attribute of this role, 0 first; undefined for none. */
export function presetFieldRank(role: Role, attribute: string, field: string): { rank: number; confidence: number } | undefined {
  for (const preset of presets.fields) {
    const rank = preset.roles.includes(role) && preset.attribute === attribute ? preset.names.indexOf(field) : -1
    if (rank >= 0) return { rank, confidence: presetConfidence(preset) }
  }
  return undefined
}

const areaNames = presets.declaredArea.flatMap(({ names }) => names)

/** The field in which features declare their own area, by the names that offices use, the most usual first. */
export function declaredAreaField(fields: readonly string[]): string | undefined {
  const byUpper = new Map(fields.map((field) => [field.toUpperCase(), field]))
  const found = areaNames.find((known) => byUpper.has(known))
  return found === undefined ? undefined : byUpper.get(found)
}

/** Attributes that a preset names but the table of roles does not have; empty unless the data file is wrong. */
export const unknownPresetAttributes = (): string[] =>
  presets.fields.flatMap(({ roles, attribute }) =>
    roles.filter((role) => !Object.hasOwn(roleInfo(role).fields, attribute)).map((role) => `${role}.${attribute}`),
  )
