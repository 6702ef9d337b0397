import { layerBuilder } from '../../geo/build.ts'
import { hasShape } from '../../geo/edited.ts'
import { lengthsM } from '../../geo/measure.ts'
import { textAt, type LayerColumns } from '../../geo/columns.ts'
import { nearest } from '../../geo/nearest.ts'
import { isWalkable } from '../../reference/walking.ts'
import type { Role } from '../../model/roles.ts'
import type { Candidate } from '../change.ts'
import { partsInMetres } from '../plan-places.ts'
import { byWorth, type Move, type MoveInput } from './move.ts'

/** Lines beside which greenways are led, best first. */
const ALONG: readonly Role[] = ['waterway', 'street', 'road_network']
/** A line whose middle is this near to a greenway is taken to be one; one that comes this near to one goes on from it. */
const IS_ONE_M = 10
const GOES_ON_M = 200

/** A greenway along a waterway, a main street or a road that has none yet, going on from one that there is. */
export const addGreenway: Move = {
  id: 'add-greenway',
  candidates(input) {
    const greenways = input.plan.layer('greenway')
    if (greenways?.kind !== 'line') return []
    return byWorth(
      ALONG.flatMap((role, rank) =>
        input.plan
          .layers(role)
          .filter(({ kind }) => kind === 'line')
          .flatMap((layer) => along(input, layer, greenways, rank)),
      ),
    )
  },
}

function along(input: MoveInput, layer: LayerColumns, greenways: LayerColumns, rank: number): Candidate[] {
  const lengths = lengthsM(layer)
  const ends = nearest(layer, greenways, { limitM: GOES_ON_M })
  const middles = nearest(middlesOf(layer), greenways, { limitM: IS_ONE_M })
  const found: Candidate[] = []
  for (let feature = 0; feature < layer.count; feature += 1) {
    const lengthM = lengths[feature] ?? 0
    const isOne = (middles.distanceM[feature] ?? NaN) <= IS_ONE_M
    const goesOn = (ends.distanceM[feature] ?? NaN) <= GOES_ON_M
    if (!hasShape(layer, feature) || !(lengthM > IS_ONE_M) || isOne) continue
    if (!isWalkable(textAt(layer, 'roadClass', feature))) continue
    found.push({
      move: 'add-greenway',
      edits: [{ role: 'greenway', kind: greenways.kind, change: 'add', parts: partsInMetres(layer, feature), attributes: {} }],
      features: [{ layer: layer.role, fid: input.address(layer, feature).fid }],
      shapes: [],
      size: { unit: 'm', value: lengthM },
      from: null,
      to: null,
      note: null,
      // whatever goes on from a greenway comes first, then waterways before streets before roads, then the longer one
      worth: lengthM - 1e9 * rank - (goesOn ? 0 : 1e10),
    })
  }
  return found
}

/** The middle vertex of every line: where it lies on a greenway, the line is one already, and does not merely cross one. */
function middlesOf(layer: LayerColumns): LayerColumns {
  const builder = layerBuilder({ role: layer.role, name: 'middles', kind: 'point', frame: layer.frame }, {}, 0.001)
  for (let feature = 0; feature < layer.count; feature += 1) {
    const first = layer.ringOff[layer.partOff[layer.featureOff[feature] ?? 0] ?? 0] ?? 0
    const end = layer.ringOff[layer.partOff[layer.featureOff[feature + 1] ?? 0] ?? 0] ?? 0
    // of a straight line of two vertices the point between them
    const [low, high] = [first + Math.floor((end - 1 - first) / 2), first + Math.ceil((end - 1 - first) / 2)]
    const middle = [0, 1].map((axis) => ((layer.xy[2 * low + axis] ?? 0) + (layer.xy[2 * high + axis] ?? 0)) / 2)
    builder.add(feature, hasShape(layer, feature) ? [[middle]] : [], {})
  }
  return builder.finish('')
}
