import * as z from 'zod'
import json from '../../resources/reference/land-palettes.json' with { type: 'json' }
import { CERTAINTIES } from '../checklist/schema.ts'
import type { LegendEntry, MapLayer } from '../contract/map-data.ts'
import { HATCHES } from './hatches.ts'
import { definedOnly, without } from '../without.ts'
import { roleStyleOf } from './styles.ts'

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const colour = z.string().regex(/^#[0-9A-F]{6}$/)

/** Shape of `resources/reference/land-palettes.json`. */
export const landPalettesSchema = z.strictObject({
  greenprint: z.literal('land-palettes/1'),
  note: bilingual,
  palettes: z.array(
    z.strictObject({
      id: z.enum(['safe', 'grey']),
      title: bilingual,
      /** How far apart classes of one pattern are: ΔE to the worst of three kinds of vision, or lightness alone. */
      measure: z.enum(['colour', 'lightness']),
      leastDistance: z.number().positive(),
      source: z.string().min(1),
      certainty: z.enum(CERTAINTIES),
      /** By code of the land-use class, of level 1 or 2; a class without a look has that of its first level. */
      looks: z.record(z.string(), z.strictObject({ fill: colour, hatch: z.enum(HATCHES), hatchColour: colour.optional() })),
    }),
  ),
})

/** Other ways to colour land use than the standard's. */
export const LAND_PALETTES = landPalettesSchema.parse(json).palettes

/** How land use is coloured; `standard` is that of the mapping rules. */
export const PALETTE_IDS = ['standard', ...LAND_PALETTES.map(({ id }) => id)] as const
export type PaletteId = 'standard' | (typeof LAND_PALETTES)[number]['id']

/** The legend of a layer in a palette: land use changes its looks, everything else stays. Classes and their numbers are the same. */
export function legendInPalette({ role, legend }: Pick<MapLayer, 'role' | 'legend'>, palette: PaletteId): LegendEntry[] {
  const looks = LAND_PALETTES.find(({ id }) => id === palette)?.looks
  if (looks === undefined || role === 'topology' || roleStyleOf(role).by !== 'landClass') return legend
  return legend.map((entry) => {
    const look = looks[entry.code] ?? looks[entry.code.slice(0, 2)]
    if (look === undefined) return entry
    return { ...without(entry, 'hatchColour'), ...definedOnly(look) }
  })
}
