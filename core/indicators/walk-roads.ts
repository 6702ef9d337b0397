import { textAt, type LayerColumns } from '../geo/columns.ts'
import { geometryOf, perLayer, shapeCount } from '../geo/edited.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { placesWithin } from '../geo/places-within.ts'
import { attacher, type Attachment } from '../network/attach.ts'
import { catchmentsOf } from '../network/catchments.ts'
import { walkNetwork, type WalkNetwork } from '../network/walk-network.ts'
import { isWalkable, WALKING } from '../reference/walking.ts'
import type { PlanData } from './indicator.ts'

/** Roads of a plan that people walk along. */
export interface WalkRoads {
  layer: LayerColumns
  network: WalkNetwork
  /** The nearest place of the network for a point in mm, no farther than people may live from a road. */
  attach: (x: number, y: number) => Attachment | undefined
  /** Catchments one by one. */
  search: ReturnType<typeof catchmentsOf>
}

/**
 * The walking network of a plan; undefined where it draws no roads, none to walk along, or roads that pass few of its people by (main
 * roads of a region, say). Built once per road layer.
 */
export function walkRoads(plan: PlanData): WalkRoads | undefined {
  const layer = plan.layer('road_network')
  const roads = layer && shapeCount(layer) > 0 ? roadsOf(layer) : undefined
  if (!roads) return undefined
  const people = plan.layers('population').filter((one) => shapeCount(one) > 0)
  const isUsable = people.length === 0 || people.some((one) => shareNearRoads(one, roads) >= WALKING.usableFrom.value)
  return isUsable ? roads : undefined
}

const nearKept = keptByObjects<number>()

/** How much of the features of people has a road near. */
const shareNearRoads = (people: LayerColumns, roads: WalkRoads): number =>
  nearKept.of([geometryOf(people), roads.layer], () => {
    const { link } = attachedPeople(people, roads)
    const { share } = peoplePlaces(people)
    return share.reduce((sum, part, place) => ((link[place] ?? -1) >= 0 ? sum + part : sum), 0) / shapeCount(people)
  })

const roadsOf = perLayer((layer): WalkRoads | undefined => {
  if (layer.kind !== 'line') return undefined
  const select = (feature: number) => isWalkable(textAt(layer, 'roadClass', feature))
  const network = walkNetwork(layer, { snapM: WALKING.snapM.value, select })
  if (network.graph.links === 0) return undefined
  return { layer, network, attach: attacher(network, WALKING.attachWithinM.value), search: catchmentsOf(network) }
})

/** Where the places of people step onto the network, parallel to the places. */
export interface Attached {
  /** Negative where no road is near. */
  link: Int32Array
  share: Float64Array
  offM: Float64Array
}

const known = keptByObjects<Attached>()

/** Attachments of the places of a layer of people (`peoplePlaces`); found once for as long as people and roads stay. */
export const attachedPeople = (people: LayerColumns, roads: WalkRoads): Attached =>
  known.of([geometryOf(people), roads.layer], () => {
    const { xy, share: shares } = peoplePlaces(people)
    const link = new Int32Array(shares.length).fill(-1)
    const [share, offM] = [new Float64Array(shares.length), new Float64Array(shares.length)]
    for (let place = 0; place < shares.length; place += 1) {
      const at = roads.attach(xy[2 * place] ?? 0, xy[2 * place + 1] ?? 0)
      if (!at) continue
      link[place] = at.link
      share[place] = at.share
      offM[place] = at.offM
    }
    return { link, share, offM }
  })

/** Where people of a layer are taken to live: points themselves, polygons by even places inside. */
export const peoplePlaces = (people: LayerColumns) => placesWithin(people, WALKING.sampleSpacingM.value)
