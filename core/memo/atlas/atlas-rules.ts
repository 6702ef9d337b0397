import * as z from 'zod'
import json from '../../../resources/reference/memo-atlas.json' with { type: 'json' }
import { bilingualText, provenance } from '../../reference/provenance.ts'

const lengthMm = z.number().positive()
const share = z.number().positive().max(1)

/** Shape of `resources/reference/memo-atlas.json`. */
export const memoAtlasSchema = z.strictObject({
  greenprint: z.literal('memo-atlas/1'),
  note: bilingualText,
  ...provenance,
  mostFindingPages: z.number().int().positive(),
  mostUnitPages: z.number().int().positive(),
  /** A map among words: its height follows what stands above it; scales are never larger than 1 : leastScale. */
  page: z.strictObject({
    leastHeightMm: lengthMm,
    /** The same below the words of two languages, which take twice the room. */
    leastHeightBothMm: lengthMm,
    mostHeightMm: lengthMm,
    mostVertices: z.number().int().positive(),
    leastScale: z.number().int().positive(),
  }),
  /** The whole plan on a page that folds out. */
  overview: z.strictObject({
    widthMm: lengthMm,
    heightMm: lengthMm,
    marginMm: lengthMm,
    mostVertices: z.number().int().positive(),
  }),
  /** A place takes at most this share of its map's width and height: its surroundings are seen too. */
  placeShare: share,
  /** Findings nearer than this share of a map's shorter side share its page. */
  sharedShare: share,
  /** So many of what has no page are named one by one; the rest is counted. */
  mostNamed: z.number().int().positive(),
  /** The outline of the district that a page is about. */
  unit: z.strictObject({
    label: bilingualText,
    stroke: z.string().regex(/^#[0-9A-F]{6}$/),
    strokeWidthPx: z.number().positive(),
  }),
})

/** How many pages an atlas has at most, and how they look. */
export const ATLAS_RULES = memoAtlasSchema.parse(json)
