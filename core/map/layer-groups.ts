import * as z from 'zod'
import json from '../../resources/reference/layer-groups.json' with { type: 'json' }
import type { MapLayer } from '../contract/map-data.ts'
import { ROLE_IDS } from '../model/roles.ts'
import { bilingualText, provenance } from '../reference/provenance.ts'

/** Shape of `resources/reference/layer-groups.json`. */
export const layerGroupsSchema = z.strictObject({
  greenprint: z.literal('layer-groups/1'),
  note: bilingualText,
  ...provenance,
  groups: z.array(
    z.strictObject({ id: z.string().min(1), title: bilingualText, roles: z.array(z.enum([...ROLE_IDS, 'topology'])).min(1) }),
  ),
})

/** Groups of the layer tree, from top to bottom. */
export const LAYER_GROUPS = layerGroupsSchema.parse(json).groups
export type LayerGroup = (typeof LAYER_GROUPS)[number]

const groupOf = new Map(LAYER_GROUPS.flatMap(({ id, roles }) => roles.map((role) => [role, id] as const)))

/** The group of a role; every role has one. */
export const layerGroupOf = (role: MapLayer['role']): string => groupOf.get(role) ?? LAYER_GROUPS.at(-1)?.id ?? ''
