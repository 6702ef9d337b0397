import type { EditedLayer } from '../analysis/plan-session.ts'
import type { Parts } from '../geo/build.ts'
import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { partsOf } from '../geo/edit-layer.ts'
import { hasShape } from '../geo/edited.ts'
import { boxOfFeature } from '../geo/feature-box.ts'
import type { Measurement } from '../model/measurement.ts'
import type { AttributeValue } from '../geo/build.ts'

/** Names a feature of a merged layer as edits do: by the source layer that it came from, and its id there. */
export type Address = (layer: LayerColumns, feature: number) => EditedLayer & { fid: number }

/** How features of the given source layers are named after merging by role and kind. */
export function addresses(sources: readonly LayerColumns[]): Address {
  const counts = Map.groupBy(sources, ({ role, kind }) => `${role}/${kind}`)
  return (layer, feature) => {
    const { role, kind } = layer
    let first = 0
    let source = 0
    for (const { count } of counts.get(`${role}/${kind}`) ?? []) {
      if (feature < first + count) break
      first += count
      source += 1
    }
    return { role, kind, source, fid: layer.fid[feature] ?? 0 }
  }
}

/** The geometry of a feature in metres of the frame, as edits take it. */
export const partsInMetres = (layer: LayerColumns, feature: number): Parts =>
  partsOf(layer, feature).map((part) => part.map((ring) => Array.from(ring, (mm) => mm / 1000)))

/** A place in mm where something is lacking, and how much. */
export interface Shortfall {
  x: number
  y: number
  amount: number
}

/** The features that a measurement names as evidence, as places: the middle of their boxes. */
export function shortfalls(layersOf: (role: string) => readonly LayerColumns[], { evidence }: Measurement): Shortfall[] {
  return evidenceFeatures(layersOf, evidence).map(({ layer, feature, value }) => {
    const [minX, minY, maxX, maxY] = boxOfFeature(layer, feature)
    return { x: (minX + maxX) / 2, y: (minY + maxY) / 2, amount: value }
  })
}

/** Evidence as features of the plan's layers, in its order; of an id that several merged layers share, the first. */
export function evidenceFeatures(
  layersOf: (role: string) => readonly LayerColumns[],
  evidence: Measurement['evidence'],
): { layer: LayerColumns; feature: number; value: number }[] {
  const byRole = new Map<string, Map<number, { layer: LayerColumns; feature: number }>>()
  const indexOf = (role: string) => {
    const found = byRole.get(role) ?? new Map<number, { layer: LayerColumns; feature: number }>()
    if (!byRole.has(role)) {
      for (const layer of layersOf(role)) {
        for (const [feature, fid] of layer.fid.entries()) {
          if (!found.has(fid) && hasShape(layer, feature)) found.set(fid, { layer, feature })
        }
      }
      byRole.set(role, found)
    }
    return found
  }
  return evidence.flatMap(({ layer: role, fid, value }) => {
    const found = indexOf(role).get(fid)
    return found ? [{ ...found, value: value ?? 0 }] : []
  })
}

/** The value of any attribute of one feature; undefined where it has none. */
export const attributeOf = (layer: LayerColumns, field: string, feature: number): AttributeValue =>
  textAt(layer, field, feature) ?? numberAt(layer, field, feature)

/** Only attributes that a layer knows: an edit must not give all other features an empty column. */
export const knownAttributes = <V>(layer: LayerColumns, attributes: Readonly<Record<string, V>>): Record<string, V> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => layer.attributes[name] !== undefined))
