import * as z from 'zod'
import { ORIENTATIONS, PAPER_IDS, type SizeMm } from '../map-sheet/page.ts'
import { PALETTE_IDS } from '../map/palettes.ts'
import type { FileToken, LayerId, PlanId, ReviewId } from '../model/ids.ts'
import type { Bilingual } from '../text.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'
import { signingSchema } from './sign-procedures.ts'

/** Files that a map leaves as. A picture (PNG) is drawn without a screen; on the screen it is made of the PDF, which needs no canvas of its own. */
export const MAP_FORMATS = ['pdf', 'svg', 'png'] as const
export type MapFormat = (typeof MAP_FORMATS)[number]

/** A PNG that one message can carry. */
export const MOST_PICTURE_BYTES = 7 * 1024 * 1024

const coordinate = z.number().min(-1e9).max(1e9)

/** An overlay as it is drawn: parameters in their own units, where not the plan's own. */
const sheetOverlay = z.strictObject({
  id: z.string().min(1).max(40),
  parameters: z.record(z.string().min(1).max(40), z.number()).optional(),
  opacity: z.number().min(0).max(1),
})
export type SheetOverlay = z.infer<typeof sheetOverlay>

const sheet = z.strictObject({
  planId: id<PlanId>(),
  paper: z.enum(PAPER_IDS),
  orientation: z.enum(ORIENTATIONS),
  /** The number below the line; null takes a round one that shows the whole plan. */
  scale: z.number().min(50).max(1e8).nullable(),
  /** What lies in the middle, metres of the plan's frame; null is the middle of the plan. */
  centreM: z.tuple([coordinate, coordinate]).nullable(),
  /** Layers that are drawn; null takes those that the plan's own look switches on. Order, colours, opacity and filters are always that look's. */
  layerIds: z.array(id<LayerId>()).max(500).nullable(),
  /** The name of a theme, in the place of what the map shows now; unknown ones are refused: `map.no-theme`. */
  theme: z.string().min(1).max(80).optional(),
  /** Grids of the plan are drawn even where they are switched off. */
  grids: z.boolean(),
  /** Analysis overlays over the layers, the topmost first. */
  overlays: z.array(sheetOverlay).max(50),
  /** Overlays have the numbers of their lists. */
  numbered: z.boolean(),
  /** The plan's layers step back under overlays. */
  faded: z.boolean(),
  /** The review whose findings are drawn with their numbers. */
  reviewId: id<ReviewId>().nullable(),
  /** The basemap of the catalogue lies under everything. */
  basemap: z.boolean(),
  /** Null takes the plan's name. */
  title: z.string().trim().max(200).nullable(),
  /** Where the data come from. */
  source: z.string().trim().max(200),
  names: z.boolean(),
  /** How land use is coloured; null is the look's own. */
  palette: z.enum(PALETTE_IDS).nullable(),
  /** The printer's paper, where the sheet is cut into overlapping pieces. */
  printer: z.enum(PAPER_IDS).nullable(),
  lang: z.enum(['zh', 'en']),
})

/** What a printed map is like. */
export interface SheetFacts {
  /** The number below the line. */
  scale: number
  sizeMm: SizeMm
  pages: number
  /** Layers drawn merged by class, because they have too many shapes to draw one by one. */
  merged: { title: Bilingual; features: number }[]
  /** What was asked for and is not on paper: an overlay that lacks data, a basemap that cannot be printed. */
  leftOut: Bilingual[]
  /** The PDF says where on Earth its map lies; not for plans in a plane without a place, or of an unknown system. */
  isRegistered: boolean
}

/** The map on paper: part of `procedures`. Refuses with `map.nothing-to-print` where no layer is left to draw. */
export const mapSheetProcedures = {
  /** How a sheet will look: one drawing per page, the same that the file has. */
  'map.sheet': procedure(sheet).returns<SheetFacts & { drawings: { svg: string; name: string; sizeMm: SizeMm }[] }>(),
  'map.print': procedure(
    sheet.extend({
      format: z.enum(MAP_FORMATS),
      /** Signs a PDF with a key file. */
      sign: signingSchema.optional(),
      /** A save token from the host's dialog; null lets the host offer a download. */
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile & SheetFacts>(),
  /** The PDF itself, for the screen to make a picture of. */
  'map.sheetPdf': procedure(sheet).returns<{ pdf: Uint8Array }>(),
  /** Writes a picture that the screen made of a sheet. */
  'map.savePicture': procedure(
    z.strictObject({
      planId: id<PlanId>(),
      png: z.instanceof(Uint8Array).refine(({ length }) => length > 8 && length <= MOST_PICTURE_BYTES),
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),
}
