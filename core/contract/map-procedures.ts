import * as z from 'zod'
import { featureSetSchema } from '../attributes/feature-set.ts'
import type { MapSystem } from '../map/coordinates.ts'
import { mapLookSchema, type MapLook } from '../map/look.ts'
import type { LayerId, PlanId } from '../model/ids.ts'
import type { FeatureGeometry, IdentifiedFeature, MapLabel, MapSetup, RasterTile, SeenLayer, TileData } from './map-data.ts'
import { id, procedure } from './procedure.ts'

const plan = z.strictObject({ planId: id<PlanId>() })
const tileOfLayer = plan.extend({
  layerId: id<LayerId>(),
  z: z.number().int().min(0).max(24),
  x: z.number().int(),
  y: z.number().int(),
})
/** An expression as people write it: only features that meet it. */
const where = z.string().min(1).max(2000)
/** Such expressions by layer. */
const filters = z.record(z.string().min(1).max(100), where)
const metres = z.number().min(-1e9).max(1e9)
/** minX, minY, maxX, maxY in metres of the plan's frame. */
const view = z.tuple([metres, metres, metres, metres]).refine(([minX, minY, maxX, maxY]) => minX <= maxX && minY <= maxY)
const layerIds = z.array(id<LayerId>()).max(500)

/** What the map asks, and how a person chose to see it; part of `procedures`. Filters that cannot be read are refused: `attributes.*`. */
export const mapProcedures = {
  'map.setup': procedure(plan).returns<MapSetup>(),
  /** With `only`, these features alone: a selection of any number is drawn from tiles too. */
  'map.tile': procedure(tileOfLayer.extend({ where: where.optional(), only: featureSetSchema.optional() })).returns<TileData>(),
  /** The same place of a layer that is a grid. */
  'map.raster': procedure(tileOfLayer).returns<RasterTile>(),
  'map.identify': procedure(
    plan.extend({ xM: z.number(), yM: z.number(), toleranceM: z.number().min(0).max(10_000), filters: filters.optional() }),
  ).returns<IdentifiedFeature[]>(),
  'map.features': procedure(
    plan.extend({ layerId: id<LayerId>(), fids: z.array(z.number().int()).max(20_000) }),
  ).returns<FeatureGeometry>(),
  /** The box around some features of a layer, frame metres; null where none of them is there. */
  'map.extentOf': procedure(plan.extend({ layerId: id<LayerId>(), features: featureSetSchema })).returns<
    [number, number, number, number] | null
  >(),
  /** The names that have room in a view, of some layers. */
  'map.labels': procedure(
    plan.extend({ view, metresPerPx: z.number().positive().max(1e6), layerIds, filters, lang: z.enum(['zh', 'en']) }),
  ).returns<MapLabel[]>(),
  /** Which classes of some layers are in a view. */
  'map.seen': procedure(plan.extend({ view, layerIds, filters })).returns<SeenLayer[]>(),
  /** The systems in which places of the plan can be told, its own first. */
  'map.systems': procedure(plan).returns<MapSystem[]>(),
  /** What was chosen for the plan's map; a look that nobody changed where there is none. */
  'map.look': procedure(plan).returns<MapLook>(),
  'map.setLook': procedure(plan.extend({ look: mapLookSchema })).returns<void>(),
}
