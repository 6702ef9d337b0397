import type { LayerColumns } from './columns.ts'
import { editedOf, geometryOf, lastStepOf, type Edited } from './edited.ts'
import { keptByObjects } from './per-objects.ts'

/** Places on the plane, x, y, x, y … in mm. */
export type Places = ArrayLike<number>

/** For every place what a layer has there; −1 and the like are the caller's. `at` must depend only on what lies within `withinMm` of the place. */
export interface PlaceRule {
  places: Places
  withinMm: number
  at(layer: LayerColumns, place: number): number
}

const known = keptByObjects<Map<string, Int32Array>>()

/**
 * A number for every place, from the features of a layer near it: asked again after an edit, only places near what was edited are asked
 * anew. Kept under a name for as long as the layer and what the places were made of (`owner`) live. Read only.
 */
export function atPlaces(layer: LayerColumns, owner: object, name: string, rule: PlaceRule): Int32Array {
  const byName = known.of([geometryOf(layer), owner], () => new Map<string, Int32Array>())
  const found = byName.get(name) ?? findAt(layer, owner, name, rule)
  byName.set(name, found)
  return found
}

function findAt(layer: LayerColumns, owner: object, name: string, rule: PlaceRule): Int32Array {
  const count = rule.places.length / 2
  const step = lastStepOf(layer)
  const before = step && known.of([geometryOf(step.root), owner], () => new Map<string, Int32Array>()).get(name)
  const edited = before ? step : editedOf(layer)
  if (!edited) return Int32Array.from({ length: count }, (_, place) => rule.at(layer, place))
  const numbers = (before ?? atPlaces(edited.root, owner, name, rule)).slice()
  const boxes = boxesOfEdits(edited, rule.withinMm)
  for (let place = 0; place < count; place += 1) {
    if (isInAny(boxes, rule.places[2 * place] ?? 0, rule.places[2 * place + 1] ?? 0)) numbers[place] = rule.at(layer, place)
  }
  return numbers
}

/** Boxes around what edited features were and are, grown: min x, min y, max x, max y of each. */
function boxesOfEdits({ root, present, placeOf }: Edited, byMm: number): Float64Array {
  const boxes: number[] = []
  const add = ({ featureOff, partBox }: LayerColumns, feature: number) => {
    for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part += 1) {
      const [minX = 0, minY = 0, maxX = 0, maxY = 0] = partBox.subarray(4 * part, 4 * part + 4)
      boxes.push(minX - byMm, minY - byMm, maxX + byMm, maxY + byMm)
    }
  }
  for (const [feature, place] of placeOf) {
    if (feature < root.count) add(root, feature)
    add(present, place)
  }
  return Float64Array.from(boxes)
}

function isInAny(boxes: Float64Array, x: number, y: number): boolean {
  for (let at = 0; at < boxes.length; at += 4) {
    if (x >= (boxes[at] ?? 0) && y >= (boxes[at + 1] ?? 0) && x <= (boxes[at + 2] ?? 0) && y <= (boxes[at + 3] ?? 0)) return true
  }
  return false
}
