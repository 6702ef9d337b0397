import { layerBuilder } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import type { Frame } from '../geo/frame.ts'
import { lengthsWithin, linesWithin } from '../geo/lines-within.ts'
import { lengthsM } from '../geo/measure.ts'
import { overlapTable, tableAreasWithin } from '../geo/overlap-table.ts'
import { featureOfPart, partsMeeting } from '../geo/prepared.ts'
import { OUTSIDE, partHolds, zoneAt } from '../geo/within.ts'
import type { LayerId } from '../model/ids.ts'
import type { GeometryKind, Role } from '../model/roles.ts'
import type { Mark, MarkKind } from '../review/mark.ts'
import type { StoredLayer } from './compare-plans.ts'
import type { LayerComparison } from './result.ts'

/** Where a plan changed: small enough to keep, so that a later question needs no new comparison. */
export interface ChangedGround {
  /** Newer features that are not the same as before, by role. */
  fids: Partial<Record<Role, number[]>>
  /** Boxes of every changed feature, older and newer: minX, minY, maxX, maxY … in metres of the newer plan's frame. */
  boxesM: number[]
}

/** A comparison with every change listed, and the layers it was made of. */
export interface ComparedGround {
  layers: readonly LayerComparison[]
  older: readonly StoredLayer[]
  newer: readonly StoredLayer[]
}

type Side = 'before' | 'after'
const sidesOf = ({ older, newer }: ComparedGround) => [
  { side: 'before' as const, stored: older },
  { side: 'after' as const, stored: newer },
]

/** Changed features of one side by stored layer. */
function changedFids(layers: readonly LayerComparison[], side: Side): Map<LayerId, Set<number>> {
  const found = new Map<LayerId, Set<number>>()
  for (const { changes } of layers)
    for (const change of changes) {
      const ref = change[side]
      if (ref === null) continue
      const fids = found.get(ref.layerId) ?? new Set()
      found.set(ref.layerId, fids.add(ref.fid))
    }
  return found
}

/** What changed, in short. The comparison must list every change. */
export function changedGround(ground: ComparedGround): ChangedGround {
  const fids: ChangedGround['fids'] = {}
  const boxesM: number[] = []
  for (const { side, stored } of sidesOf(ground)) {
    const changed = changedFids(ground.layers, side)
    for (const { id, columns } of stored) {
      const mine = changed.get(id)
      if (mine === undefined) continue
      if (side === 'after') (fids[columns.role] ??= []).push(...mine)
      for (let feature = 0; feature < columns.count; feature += 1)
        if (mine.has(columns.fid[feature] ?? Number.NaN)) boxesM.push(...boxM(columns, feature))
    }
  }
  return { fids, boxesM }
}

function boxM({ partBox, featureOff }: LayerColumns, feature: number): number[] {
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part += 1)
    for (const at of [0, 1, 2, 3]) {
      const value = (partBox[4 * part + at] ?? 0) / 1000
      box[at] = at < 2 ? Math.min(box[at] ?? 0, value) : Math.max(box[at] ?? 0, value)
    }
  return box.every(Number.isFinite) ? box : []
}

const KIND_OF: Record<MarkKind, GeometryKind> = {
  point: 'point',
  text: 'point',
  line: 'line',
  arrow: 'line',
  area: 'polygon',
  cloud: 'polygon',
}

/**
 * For each mark (metres of the newer frame) the share of its ground that changed, 0 … 1: of an area its surface under changed
 * features, of lines and points inside it the share that changed; of a line its length in changed areas; of a point 1 or 0. The layer
 * that changed most counts, so that layers over each other are not added up.
 */
export function changedShares(marks: readonly Mark[], ground: ComparedGround, frame: Frame): number[] {
  const shares = marks.map(() => 0)
  const changes = sidesOf(ground).map(({ side, stored }) => ({ stored, fids: changedFids(ground.layers, side) }))
  for (const kind of ['polygon', 'line', 'point'] as const) {
    const places = marks.flatMap(({ kind: of }, at) => (KIND_OF[of] === kind ? [at] : []))
    if (places.length === 0) continue
    const drawn = layerBuilder({ role: 'other', name: 'marks', kind, frame }, {})
    for (const at of places) drawn.add(at, [[marks[at]?.xyM ?? []]], {})
    const layer = drawn.finish('')
    for (const { stored, fids } of changes)
      for (const { id, columns } of stored) {
        const mine = fids.get(id)
        if (mine === undefined) continue
        const found = sharesIn(layer, columns, (feature) => mine.has(columns.fid[feature] ?? Number.NaN))
        for (const [row, at] of places.entries()) shares[at] = Math.max(shares[at] ?? 0, Math.min(1, found[row] ?? 0))
      }
  }
  return shares
}

type IsChanged = (feature: number) => boolean

/** The share of each drawn feature that one layer's changed features make up. */
function sharesIn(drawn: LayerColumns, layer: LayerColumns, isChanged: IsChanged): ArrayLike<number> {
  if (drawn.kind === 'polygon') {
    if (layer.kind === 'polygon') return divided(changedAreas(drawn, layer, isChanged), featureAreas(drawn))
    return layer.kind === 'line' ? lineShares(drawn, layer, isChanged) : pointShares(drawn, layer, isChanged)
  }
  if (layer.kind !== 'polygon') return []
  if (drawn.kind === 'line') return divided(lengthsWithin(drawn, layer, { selectZone: isChanged }), lengthsM(drawn))
  return Array.from({ length: drawn.count }, (_, at) =>
    isOnChanged(layer, drawn.xy[2 * at] ?? 0, drawn.xy[2 * at + 1] ?? 0, isChanged) ? 1 : 0,
  )
}

function changedAreas(drawn: LayerColumns, layer: LayerColumns, isChanged: IsChanged): Float64Array {
  overlapTable(drawn, layer)
  return tableAreasWithin(drawn, layer, isChanged)
}

const divided = (parts: ArrayLike<number>, wholes: ArrayLike<number>): number[] =>
  Array.from(parts, (part, at) => ((wholes[at] ?? 0) > 0 ? part / (wholes[at] ?? 1) : 0))

function lineShares(areas: LayerColumns, lines: LayerColumns, isChanged: IsChanged): number[] {
  const [changed, all] = [new Float64Array(areas.count), new Float64Array(areas.count)]
  linesWithin(lines, areas, (line, area, lengthM) => {
    all[area] = (all[area] ?? 0) + lengthM
    if (isChanged(line)) changed[area] = (changed[area] ?? 0) + lengthM
  })
  return divided(changed, all)
}

function pointShares(areas: LayerColumns, points: LayerColumns, isChanged: IsChanged): number[] {
  const [changed, all] = [new Float64Array(areas.count), new Float64Array(areas.count)]
  for (let point = 0; point < points.count; point += 1) {
    const vertex = points.ringOff[points.partOff[points.featureOff[point] ?? 0] ?? 0] ?? 0
    const area = zoneAt(areas, points.xy[2 * vertex] ?? 0, points.xy[2 * vertex + 1] ?? 0)
    if (area === OUTSIDE) continue
    all[area] = (all[area] ?? 0) + 1
    if (isChanged(point)) changed[area] = (changed[area] ?? 0) + 1
  }
  return divided(changed, all)
}

/** Unlike `zoneAt`, which knows the first zone only: unchanged features may lie over changed ones. */
function isOnChanged(zone: LayerColumns, xMm: number, yMm: number, isChanged: IsChanged): boolean {
  const owners = featureOfPart(zone)
  return partsMeeting(zone, xMm, yMm, xMm, yMm).some(
    (part) => isChanged(owners[part] ?? OUTSIDE) && partHolds(zone, part, xMm, yMm),
  )
}
