import type { LayerColumns } from '../geo/columns.ts'
import { connectedPieces } from '../geo/connected.ts'
import { dissolvePieces, dissolveResult, type DissolveGroup } from '../geo/dissolve.ts'
import { geometryOf } from '../geo/edited.ts'
import type { Geos } from '../geo/geos.ts'
import { nearest } from '../geo/nearest.ts'
import type { CandidateLink } from './link-gains.ts'
import { componentsOf, graphOf, type Graph } from './graph.ts'

/** Connected ground of habitat, largest first, and the features that it is made of. */
export interface Patches {
  /** One feature for each patch. */
  layer: LayerColumns
  areaM2: Float64Array
  members: readonly (readonly number[])[]
  /** All habitat, patches that are too small among it. */
  wholeM2: number
}

/** Patches with their links by edge-to-edge distance. */
export interface HabitatNetwork extends Patches {
  graph: Graph
  links: readonly CandidateLink[]
}

/** Nearest neighbours that every patch is linked with; farther ones are reached through those. */
const NEIGHBOURS = 12

const known = new WeakMap<Geos, WeakMap<object, Map<string, unknown>>>()

/** What was found for a geometry under a name, kept for as long as both live. */
function kept<T>(geos: Geos, layer: LayerColumns, name: string, find: () => T): T {
  const ofGeos = known.get(geos) ?? new WeakMap<object, Map<string, unknown>>()
  known.set(geos, ofGeos)
  const ofLayer = ofGeos.get(geometryOf(layer)) ?? new Map<string, unknown>()
  ofGeos.set(geometryOf(layer), ofLayer)
  if (!ofLayer.has(name)) ofLayer.set(name, find())
  return ofLayer.get(name) as T // the name says what was stored
}

/** Areas of the connected pieces of habitat in m², largest first: what a least area that keeps only so many of them is read from. */
export function patchAreas(geos: Geos, habitat: LayerColumns): Float64Array {
  const { areaM2 } = connectedPieces(geos, habitat)
  return areaM2.filter((area) => area > 0).toSorted((one, other) => other - one)
}

/** Connected pieces of a polygon layer of at least `minimumM2`, each dissolved into one feature. */
export function patchesOf(geos: Geos, habitat: LayerColumns, minimumM2: number): Patches {
  return kept(geos, habitat, `patches ${minimumM2}`, () => {
    const { pieceOf, areaM2 } = connectedPieces(geos, habitat)
    const members = new Map<number, number[]>()
    for (let feature = 0; feature < habitat.count; feature += 1) {
      const piece = pieceOf[feature] ?? -1
      if (piece < 0 || (areaM2[piece] ?? 0) < minimumM2) continue
      const own = members.get(piece)
      if (own) own.push(feature)
      else members.set(piece, [feature])
    }
    const pieces = [...members].toSorted(([one], [other]) => (areaM2[other] ?? 0) - (areaM2[one] ?? 0) || one - other)
    const groups = pieces.map(([piece, features]): DissolveGroup => ({ key: piece, features }))
    const { layer } = dissolveResult(habitat, groups, [dissolvePieces(geos, habitat, groups)])
    return {
      layer,
      areaM2: Float64Array.from(pieces, ([piece]) => areaM2[piece] ?? 0),
      members: groups.map(({ features }) => features),
      wholeM2: areaM2.reduce((sum, area) => sum + area, 0),
    }
  })
}

/**
 * The habitat graph of a polygon layer: patches of at least `minimumM2`, each linked with its twelve nearest neighbours within
 * `limitM` (edge to edge), and groups that are then still apart with what is nearest to them, so that whatever lies within reach is joined.
 * Kept for as long as the geometry lives.
 */
export function habitatNetwork(geos: Geos, habitat: LayerColumns, minimumM2: number, limitM: number): HabitatNetwork {
  return kept(geos, habitat, `network ${minimumM2} ${limitM}`, () => {
    const patches = patchesOf(geos, habitat, minimumM2)
    const links = linksWithin(patches.layer, limitM)
    return { ...patches, links, graph: graphFrom(patches.layer.count, links) }
  })
}

/** A graph of patches from its links. */
export const graphFrom = (nodes: number, links: readonly CandidateLink[]): Graph =>
  graphOf(nodes, {
    from: links.map(({ from }) => from),
    to: links.map(({ to }) => to),
    length: links.map(({ lengthM }) => lengthM),
  })

function linksWithin(layer: LayerColumns, limitM: number): CandidateLink[] {
  const links = new Map<string, CandidateLink>()
  const add = (one: number, other: number, lengthM: number) => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)]
    if (from !== to) links.set(`${from}/${to}`, { from, to, lengthM })
  }
  const found = nearest(layer, layer, { count: NEIGHBOURS + 1, limitM })
  found.neighbour.forEach((other, at) => {
    if (other >= 0) add(Math.floor(at / found.count), other, found.distanceM[at] ?? 0)
  })
  // every round joins each group with the nearest one outside it, as Borůvka does
  for (;;) {
    const { component, count } = componentsOf(graphFrom(layer.count, [...links.values()]))
    const before = links.size
    if (count > 1) joinGroups(layer, component, count, limitM, add)
    if (links.size === before) break
  }
  return [...links.values()].toSorted((one, other) => one.from - other.from || one.to - other.to)
}

function joinGroups(
  layer: LayerColumns,
  component: Uint32Array,
  count: number,
  limitM: number,
  add: (one: number, other: number, lengthM: number) => void,
): void {
  const best: { from: number; to: number; lengthM: number }[] = Array.from({ length: count }, () => ({
    from: 0,
    to: 0,
    lengthM: Infinity,
  }))
  for (let patch = 0; patch < layer.count; patch += 1) {
    const own = component[patch] ?? 0
    const { neighbour, distanceM } = nearest(layer, layer, {
      from: patch,
      to: patch + 1,
      limitM,
      selectTo: (other) => component[other] !== own,
    })
    const [other = -1, lengthM = Infinity] = [neighbour[patch], distanceM[patch]]
    if (other >= 0 && lengthM < (best[own]?.lengthM ?? 0)) best[own] = { from: patch, to: other, lengthM }
  }
  for (const { from, to, lengthM } of best) if (lengthM < Infinity) add(from, to, lengthM)
}
