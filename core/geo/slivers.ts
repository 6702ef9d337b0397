import type { LayerColumns } from './columns.ts'
import { partAreaM2 } from './measure.ts'
import { outlinesOf } from './outlines.ts'
import { picked } from './overlay-attributes.ts'
import { PieceBuilder } from './pieces.ts'
import { featureOfPart } from './prepared.ts'
import { areaOfParts } from './snapped-parts.ts'
import { partRings } from './sound-layer.ts'

/**
 * What to do with the thin pieces that outlines drawn twice leave between them. A part is a sliver when its area or its mean
 * width (twice its area over its perimeter) is below what is given.
 */
export interface SliverPolicy {
  minAreaM2?: number
  minWidthM?: number
  /** `merge` gives each sliver to the neighbour with which it shares the longest border; without a neighbour it is kept. */
  action: 'keep' | 'drop' | 'merge'
}

export interface Sliver {
  /** Feature of the layer before anything was done. */
  feature: number
  areaM2: number
  widthM: number
  /** Middle of its box, mm. */
  x: number
  y: number
  fate: 'kept' | 'dropped' | 'merged'
}

/** Where the ground of slivers went: `areaM2` is always the sum of the other three. */
export interface SliverReport {
  policy: SliverPolicy
  areaM2: number
  keptM2: number
  droppedM2: number
  mergedM2: number
  /** Largest first. */
  slivers: Sliver[]
}

interface Made {
  layer: LayerColumns
  sourceA: Int32Array
  sourceB: Int32Array
  areaM2: Float64Array
}

/** A layer made by overlay with its slivers dealt with. What is dropped leaves `areaM2`; what is merged moves within it. */
export function withoutSlivers(made: Made, policy: SliverPolicy): { made: Made; report: SliverReport } {
  const { layer } = made
  const owners = featureOfPart(layer)
  const slivers = new Map<number, Sliver>()
  for (let part = 0; part + 1 < layer.partOff.length; part += 1) {
    const sliver = sliverOf(layer, part, owners[part] ?? 0, policy)
    if (sliver) slivers.set(part, sliver)
  }
  const hosts = policy.action === 'merge' ? hostsOf(layer, slivers) : new Map<number, number>()
  for (const [part, sliver] of slivers) {
    if (policy.action === 'drop') sliver.fate = 'dropped'
    else if (hosts.has(part)) sliver.fate = 'merged'
  }
  const all = [...slivers.values()].toSorted((one, other) => other.areaM2 - one.areaM2 || one.feature - other.feature)
  const sumOf = (fate: Sliver['fate']) => all.reduce((sum, sliver) => sum + (sliver.fate === fate ? sliver.areaM2 : 0), 0)
  const report: SliverReport = {
    policy,
    areaM2: all.reduce((sum, { areaM2 }) => sum + areaM2, 0),
    keptM2: sumOf('kept'),
    droppedM2: sumOf('dropped'),
    mergedM2: sumOf('merged'),
    slivers: all,
  }
  return { made: report.droppedM2 + report.mergedM2 > 0 ? rebuilt(made, slivers, hosts) : made, report }
}

function sliverOf(
  layer: LayerColumns,
  part: number,
  feature: number,
  { minAreaM2 = 0, minWidthM = 0 }: SliverPolicy,
): Sliver | null {
  const areaM2 = partAreaM2(layer, part)
  const widthM = (2 * areaM2) / perimeterM(layer, part)
  if (areaM2 >= minAreaM2 && widthM >= minWidthM) return null
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = layer.partBox.subarray(4 * part, 4 * part + 4)
  return { feature, areaM2, widthM, x: (minX + maxX) / 2, y: (minY + maxY) / 2, fate: 'kept' }
}

function perimeterM(layer: LayerColumns, part: number): number {
  let lengthMm = 0
  forEachEdge(layer, part, (fromX, fromY, toX, toY) => {
    lengthMm += Math.hypot(toX - fromX, toY - fromY)
  })
  return lengthMm / 1000
}

type EdgeVisitor = (fromX: number, fromY: number, toX: number, toY: number) => void

function forEachEdge(layer: LayerColumns, part: number, visit: EdgeVisitor): void {
  for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring += 1) {
    for (let at = 2 * (layer.ringOff[ring] ?? 0); at + 2 < 2 * (layer.ringOff[ring + 1] ?? 0); at += 2) {
      visit(layer.xy[at] ?? 0, layer.xy[at + 1] ?? 0, layer.xy[at + 2] ?? 0, layer.xy[at + 3] ?? 0)
    }
  }
}

/** For each sliver the part, not a sliver itself, with the longest border in common: exactly the same edges, run the other way. */
function hostsOf(layer: LayerColumns, slivers: ReadonlyMap<number, Sliver>): Map<number, number> {
  const edgeOf = new Map<string, number>()
  for (const part of slivers.keys()) {
    forEachEdge(layer, part, (fromX, fromY, toX, toY) => edgeOf.set(`${toX},${toY},${fromX},${fromY}`, part))
  }
  const borders = new Map<number, Map<number, number>>()
  for (let part = 0; part + 1 < layer.partOff.length; part += 1) {
    if (slivers.has(part)) continue
    forEachEdge(layer, part, (fromX, fromY, toX, toY) => {
      const sliver = edgeOf.get(`${fromX},${fromY},${toX},${toY}`)
      if (sliver === undefined) return
      const lengths = borders.get(sliver) ?? new Map<number, number>()
      borders.set(sliver, lengths)
      lengths.set(part, (lengths.get(part) ?? 0) + Math.hypot(toX - fromX, toY - fromY))
    })
  }
  const hosts = new Map<number, number>()
  for (const [sliver, lengths] of borders) {
    let longest = 0
    for (const [part, length] of lengths) {
      if (length <= longest) continue
      longest = length
      hosts.set(sliver, part)
    }
  }
  return hosts
}

function rebuilt(
  made: Made,

  slivers: ReadonlyMap<number, Sliver>,
  hosts: ReadonlyMap<number, number>,
): Made {
  const { layer } = made
  const guests = new Map<number, number[]>()
  for (const [sliver, host] of [...hosts].toSorted(([one], [other]) => one - other))
    guests.set(host, [...(guests.get(host) ?? []), sliver])
  const builder = new PieceBuilder()
  const kept: number[] = []
  for (let feature = 0; feature < layer.count; feature += 1) {
    let areaM2 = made.areaM2[feature] ?? 0
    let parts = 0
    for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
      const sliver = slivers.get(part)
      if (sliver && sliver.fate !== 'kept') {
        areaM2 -= sliver.areaM2
        continue
      }
      const merged = guests.get(part)
      for (const each of merged ? joined(layer, [part, ...merged]) : [partRings(layer, part)]) {
        builder.addPart(each)
        parts += 1
      }
      for (const guest of merged ?? []) areaM2 += slivers.get(guest)?.areaM2 ?? 0
    }
    if (parts === 0) continue
    builder.endFeature(made.sourceA[feature] ?? 0, made.sourceB[feature] ?? 0, areaM2)
    kept.push(feature)
  }
  const { xy, ringOff, partOff, featureOff, partBox, sourceA, sourceB, areaM2 } = builder.finish()
  const features = Int32Array.from(kept)
  const attributes = Object.fromEntries(
    Object.entries(layer.attributes).map(([name, column]) => [name, picked(column, features)]),
  )
  const fid = Float64Array.from(kept, (feature) => layer.fid[feature] ?? 0)
  return {
    layer: { ...layer, count: kept.length, fid, xy, ringOff, partOff, featureOff, partBox, attributes },
    sourceA,
    sourceB,
    areaM2,
  }
}

/** A part and the slivers beside it without the borders between them. */
function joined(layer: LayerColumns, parts: readonly number[]): Float64Array[][] {
  const edges: number[] = []
  for (const part of parts) forEachEdge(layer, part, (...edge) => edges.push(...edge))
  const whole = outlinesOf(Int32Array.from(edges))
  const before = parts.reduce((sum, part) => sum + partAreaM2(layer, part), 0)
  if (Math.abs(areaOfParts(whole) / 1e6 - before) > 1e-6) throw new Error('a merged sliver changed the area')
  return whole
}
