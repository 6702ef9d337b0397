import * as z from 'zod'
import json from '../../resources/reference/layer-needs.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

const need = z.strictObject({
  id: z.string(),
  title: bilingualText,
  content: bilingualText,
  /** What is done without it; null where the item cannot be judged from data. */
  fallback: bilingualText.nullable(),
  ...provenance,
})

/** Kinds of data that checklist items ask for: layer roles, rasters and documents. */
export const layerNeedsSchema = z.strictObject({ greenprint: z.literal('layer-needs/1'), needs: z.array(need) })

export type LayerNeed = z.infer<typeof need>

export const LAYER_NEEDS: readonly LayerNeed[] = layerNeedsSchema.parse(json).needs

/** What a need means to a person; undefined for an id that the table does not hold. */
export const layerNeed = (id: string): LayerNeed | undefined => LAYER_NEEDS.find((entry) => entry.id === id)

export const isLayerNeed = (id: string): boolean => layerNeed(id) !== undefined
