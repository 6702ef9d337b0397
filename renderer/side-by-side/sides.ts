import type { MapLayer } from '#core/contract/map-data.ts'
import type { MapLook } from '#core/map/look.ts'
import type { LayerId } from '#core/model/ids.ts'
import { visibleLayers } from '../workbench/layer-visibility.ts'

/** What was there: shown beside the plan even where the map hides it as a rule. */
const BASE_ROLES: ReadonlySet<string> = new Set(['landuse_base'])
/** What stands in its place in the plan. */
const PLAN_ROLES: ReadonlySet<string> = new Set(['landuse_plan', 'opportunity_area', 'project', 'swap', 'depaving'])

type Shown = ReadonlySet<LayerId>
type Candidate = Pick<MapLayer, 'id' | 'role' | 'visible'>

/** The layers of the base year and those of the plan; what belongs to neither (rails, green, control lines) is on both sides. */
export function sidesOf(layers: readonly Candidate[], look: Pick<MapLook, 'layers'>): { before: Shown; after: Shown } {
  const visible = visibleLayers(layers, look)
  const pick = (isShown: (layer: Candidate) => boolean) => new Set(layers.filter(isShown).map(({ id }) => id))
  return {
    before: pick(({ id, role }) => BASE_ROLES.has(role) || (visible.has(id) && !PLAN_ROLES.has(role))),
    after: pick(({ id, role }) => visible.has(id) && !BASE_ROLES.has(role)),
  }
}

/** Whether a plan has a base year to stand beside it. */
export const hasBase = (layers: readonly Candidate[]): boolean => layers.some(({ role }) => BASE_ROLES.has(role))
