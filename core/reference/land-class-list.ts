import * as z from 'zod'
import json from '../../resources/reference/land-classes.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/**
 * C construction, G green, W blue, A agricultural, E ecological, M marine, S carbon sink (s: small or of disputed sign),
 * X artificialised (X*: partly), ?: by actual cover. Calculations use `class-groups.json`, people read the flags.
 */
export const LAND_CLASS_FLAGS = ['C', 'G', 'W', 'A', 'E', 'M', 'S', 's', 'X', 'X*', '?'] as const

const landClassSchema = z.strictObject({
  code: z.string().regex(/^(\d{2}){1,3}$/),
  zh: z.string().min(1),
  en: z.string().min(1),
  parent: z.string().nullable(),
  colour: z.string().regex(/^#[0-9A-F]{6}$/),
  /** standard: the mapping rules name it; parent: taken from the level above; suggested: our choice where they name none. */
  colourFrom: z.enum(['standard', 'parent', 'suggested']),
  flags: z.array(z.enum(LAND_CLASS_FLAGS)),
  ...provenance,
})

/** The 2023 classification (自然资发〔2023〕234号) as a data file. */
export const landClassesSchema = z.strictObject({
  greenprint: z.literal('land-classes/1'),
  title: bilingualText,
  date: z.string(),
  remarks: z.array(z.strictObject({ about: z.string(), ...bilingualText.shape, ...provenance })),
  classes: z.array(landClassSchema),
})

export type LandClass = z.infer<typeof landClassSchema>

/** Every class of the three levels, in code order. */
export const LAND_CLASSES: readonly LandClass[] = landClassesSchema.parse(json).classes

const byCode = new Map(LAND_CLASSES.map((entry) => [entry.code, entry]))

/** True for a code that the classification itself lists. */
export const isLandClass = (code: string): boolean => byCode.has(code)

/** The class of a code; a longer code (a province's own subdivision) gets its nearest listed ancestor. */
export function landClass(code: string): LandClass | undefined {
  for (let length = Math.min(code.length - (code.length % 2), 6); length >= 2; length -= 2) {
    const found = byCode.get(code.slice(0, length))
    if (found !== undefined) return found
  }
  return undefined
}

/** Map colour of a code, or a neutral grey for what the classification does not know. */
export const classColour = (code: string): string => landClass(code)?.colour ?? '#9AA0A6'
