import * as z from 'zod'
import { tableLookSchema } from '../attributes/table-look.ts'
import { PALETTE_IDS } from './palettes.ts'

const layerId = z.string().min(1).max(100)
const denominator = z.number().positive().max(1e10)

/** How one layer is shown, where not as the map styles say. */
const layerLook = z.strictObject({
  visible: z.boolean().optional(),
  /** 0 … 1. */
  opacity: z.number().min(0).max(1).optional(),
  /** Only features that meet this expression (`core/attributes/expression.ts`) are drawn, labelled and asked. */
  where: z.string().min(1).max(2000).optional(),
  /** Shown at scales between 1:`farthest` and 1:`nearest`. */
  farthest: denominator.optional(),
  nearest: denominator.optional(),
})
export type LayerLook = z.infer<typeof layerLook>

const drawn = {
  palette: z.enum(PALETTE_IDS),
  labels: z.boolean(),
  /** Groups and layers that were moved, the topmost first; what is not named here stays where the styles have it. */
  groups: z.array(z.string().max(40)).max(100),
  order: z.array(layerId).max(500),
  layers: z.record(layerId, layerLook),
}

const name = z.string().trim().min(1).max(80)
const theme = z.strictObject({ name, ...drawn })
export type MapTheme = z.infer<typeof theme>

const bookmark = z.strictObject({
  name,
  centre: z.tuple([z.number(), z.number()]),
  metresPerPx: z.number().positive(),
})
export type MapBookmark = z.infer<typeof bookmark>

/** Everything that a person chose for the map of one plan; kept with the plan in the catalogue. */
export const mapLookSchema = z.strictObject({
  ...drawn,
  /** Groups that are closed in the tree. */
  closed: z.array(z.string().max(40)).max(100),
  graticule: z.boolean(),
  /** The system that coordinates are told in: `map.systems` lists them; null is its first. */
  system: z.string().max(400).nullable(),
  /** Legends name only the classes that are in sight. */
  seenOnly: z.boolean(),
  /** What a person calls layers, by layer; the others have the name of their role. */
  names: z.record(layerId, name).default({}),
  /** How attribute tables are looked at, by layer. */
  tables: z.record(layerId, tableLookSchema).default({}),
  themes: z.array(theme).max(60),
  bookmarks: z.array(bookmark).max(200),
})
export type MapLook = z.infer<typeof mapLookSchema>

/** How a plan is shown that nobody has changed yet. */
export const FRESH_LOOK: MapLook = {
  palette: 'standard',
  labels: true,
  groups: [],
  order: [],
  layers: {},
  closed: [],
  graticule: false,
  system: null,
  seenOnly: false,
  names: {},
  tables: {},
  themes: [],
  bookmarks: [],
}

/** Metres on the ground per pixel of the screen (96 to the inch, as browsers count) as the number below the line of a scale. */
export const scaleOf = (metresPerPx: number): number => (metresPerPx * 96) / 0.0254

/** The inverse of `scaleOf`. */
export const resolutionOf = (denominatorOfScale: number): number => (denominatorOfScale * 0.0254) / 96

/** A scale as people write it: `1:5000`, `1：5 000`, `5000`, `1:2.5万`, `1/5000`; null where it is none. */
export function readScale(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s,]/g, '')
    .replace(/^1[:/]/, '')
  const match = /^(\d+(?:\.\d+)?)(万|k)?$/i.exec(plain)
  if (match === null) return null
  const value = Number(match[1]) * (match[2] === undefined ? 1 : match[2] === '万' ? 10_000 : 1000)
  return value > 0 && value <= 1e9 ? value : null
}

/** Why a layer is not drawn at a scale: the map is too far away or too near; null where it is drawn. */
export function outOfScale({ farthest, nearest }: Pick<LayerLook, 'farthest' | 'nearest'>, scale: number): 'far' | 'near' | null {
  // A hair of tolerance, so that a typed 1:5000 counts as 1:5000.
  if (farthest !== undefined && scale > farthest * 1.001) return 'far'
  return nearest !== undefined && scale < nearest / 1.001 ? 'near' : null
}
