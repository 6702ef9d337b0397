import json from '../../resources/reference/corridor-widths.json' with { type: 'json' }
import { corridorWidthsSchema } from './reference-tables.ts'

const { widths } = corridorWidthsSchema.parse(json)

/** Width bands by what they do for species, narrowest first. */
export const CORRIDOR_WIDTHS = widths.toSorted((one, other) => one.minM - other.minM)

/** What a width does, or undefined for one below every band. */
export const effectOfWidth = (widthM: number) => CORRIDOR_WIDTHS.findLast(({ minM }) => widthM >= minM)
