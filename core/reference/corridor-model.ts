import * as z from 'zod'
import json from '../../resources/reference/corridor-model.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

const figure = z.strictObject({ value: z.number().positive(), ...provenance })
const cells = {
  /** Cells along the longer side of the land, and the size below which cells are not made. */
  cellsAcross: figure,
  leastCellM: figure,
  /** A way belongs to a corridor if it costs at most so many times the least. */
  cutoff: figure,
}

/** How corridors between patches of habitat are modelled, and what counts as a pinch point. */
export const corridorModelSchema = z.strictObject({
  greenprint: z.literal('corridor-model/1'),
  title: bilingualText,
  remark: bilingualText,
  /** The largest patches that corridors are modelled between, and the smallest that is one. */
  patches: figure,
  leastPatchM2: figure,
  /** How far apart patches are that a corridor may join. */
  reachM: figure,
  corridor: z.strictObject(cells),
  /** `widestM`: up to which effective width of the way a place is narrow; `tolerance` of the solver; `most` places are listed. */
  pinch: z.strictObject({ ...cells, widestM: figure, tolerance: figure, most: figure }),
})

export const CORRIDOR_MODEL = corridorModelSchema.parse(json)
