import * as z from 'zod'
import json from '../../resources/reference/paper-sizes.json' with { type: 'json' }
import { bilingualText, provenance } from '../reference/provenance.ts'

/** Sizes of paper, from small to large. */
export const PAPER_IDS = ['A4', 'A3', 'A2', 'A1', 'A0'] as const
export type PaperId = (typeof PAPER_IDS)[number]
export const ORIENTATIONS = ['landscape', 'portrait'] as const
export type Orientation = (typeof ORIENTATIONS)[number]
export type SizeMm = readonly [widthMm: number, heightMm: number]

const millimetres = z.number().positive()

/** Shape of `resources/reference/paper-sizes.json`. */
export const paperSizesSchema = z.strictObject({
  greenprint: z.literal('paper-sizes/1'),
  note: bilingualText,
  papers: z.record(z.enum(PAPER_IDS), z.tuple([millimetres, millimetres])),
  ...provenance,
  /** How a sheet that is larger than the printer's paper is cut: what a printer leaves white, and what is printed twice. */
  pieces: z.strictObject({ edgeMm: millimetres, overlapMm: millimetres, ...provenance }),
})

const SIZES = paperSizesSchema.parse(json)

/** Margins and overlap of the pieces of a cut sheet, mm. */
export const PIECES = SIZES.pieces

/** Width and height of a paper as it lies, mm. Source: ISO 216. */
export function pageMm(paper: PaperId, orientation: Orientation): SizeMm {
  const [short, long] = SIZES.papers[paper]
  return orientation === 'portrait' ? [short, long] : [long, short]
}
