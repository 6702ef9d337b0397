import type { LayerColumns } from '../geo/columns.ts'
import { shapeIds } from '../geo/shape-ids.ts'
import type { OnLink, Source } from '../network/attach.ts'
import { NO_GATES, sourcesAt } from '../network/packed-sources.ts'
import { respread } from '../network/respread.ts'
import type { Spread } from '../network/spread.ts'
import type { WalkNetwork } from '../network/walk-network.ts'
import type { PlaceGates, PlaceSpread } from './place-spread.ts'

/** A spread that was made of an earlier one, and where walks may be others than they were. */
export interface SpreadChange {
  near: Spread
  onLink: OnLink
  before: PlaceSpread
  /** 1 for links along which somebody may walk another way. */
  isLinkChanged: Uint8Array
  /** Boxes around places that were or are another shape, mm: min x, min y, max x, max y of each. */
  boxes: Float64Array
}

/** With more changed places than this a whole spread is as cheap. */
const MOST_CHANGED = 100
/** Changed links are kept beside those of the first spread, until they are as many. */
const MOST_CHANGED_LINKS = 5000

/** The spread from the places of an edited layer, made of an earlier one; undefined where too much was edited for that. */
export function changedSpread(
  before: PlaceSpread,
  oldGates: PlaceGates,
  layer: LayerColumns,
  gates: PlaceGates,
): SpreadChange | undefined {
  const changed = changedFeatures(oldGates, gates)
  const { roads, near, limitM, places } = before
  const [old] = places
  if (!old || changed.length > MOST_CHANGED) return undefined
  const owners = new Set(changed)
  const sourcesOf = (all: PlaceGates) => changed.flatMap((feature) => sourcesAt(all[feature] ?? NO_GATES, feature))
  const added = sourcesOf(gates)
  const links = new Set([...sourcesOf(oldGates), ...added].map(({ at }) => at.link))
  const onLink = changedLinks(before.onLink, links, owners, added)
  if (!onLink) return undefined
  const next = respread(roads.network, near, { changed: owners, added, onLink }, limitM)
  const isLinkChanged = linksOfChangedNodes(roads.network, near, next)
  for (const link of links) isLinkChanged[link] = 1
  return { near: next, onLink, before, isLinkChanged, boxes: boxesOfChanged(old, layer) }
}

/** Features whose gates are others. */
function changedFeatures(old: PlaceGates, gates: PlaceGates): number[] {
  const changed: number[] = []
  for (let feature = 0; feature < Math.max(old.length, gates.length); feature += 1) {
    const [was, is] = [old[feature], gates[feature]]
    if (was !== is && (was?.length ?? 0) + (is?.length ?? 0) > 0) changed.push(feature)
  }
  return changed
}

/** Sources by link: those of a whole spread, but for links that have changed since. */
class ChangedLinks implements OnLink {
  readonly whole: OnLink
  readonly changes: ReadonlyMap<number, readonly Source[]>
  constructor(whole: OnLink, changes: ReadonlyMap<number, readonly Source[]>) {
    this.whole = whole
    this.changes = changes
  }
  get(link: number): readonly Source[] | undefined {
    return this.changes.get(link) ?? this.whole.get(link)
  }
}

function changedLinks(
  before: OnLink,
  links: ReadonlySet<number>,
  owners: ReadonlySet<number>,
  added: readonly Source[],
): OnLink | undefined {
  const [whole, known] = before instanceof ChangedLinks ? [before.whole, before.changes] : [before, new Map<never, never>()]
  const changes = new Map<number, readonly Source[]>(known)
  for (const link of links) {
    const kept = (before.get(link) ?? []).filter(({ owner }) => !owners.has(owner))
    changes.set(link, [...kept, ...added.filter(({ at }) => at.link === link)])
  }
  return changes.size > MOST_CHANGED_LINKS ? undefined : new ChangedLinks(whole, changes)
}

function linksOfChangedNodes({ graph, ends }: WalkNetwork, old: Spread, now: Spread): Uint8Array {
  const isChanged = new Uint8Array(graph.links)
  for (let link = 0; link < graph.links; link += 1) {
    const [first, second] = [ends[2 * link] ?? 0, ends[2 * link + 1] ?? 0]
    if (old.distance[first] !== now.distance[first] || old.distance[second] !== now.distance[second]) isChanged[link] = 1
  }
  return isChanged
}

function boxesOfChanged(old: LayerColumns, layer: LayerColumns): Float64Array {
  const [before, now] = [shapeIds(old), shapeIds(layer)]
  const boxes: number[] = []
  const add = ({ featureOff, partBox, count }: LayerColumns, feature: number) => {
    if (feature >= count) return
    for (let box = 4 * (featureOff[feature] ?? 0); box < 4 * (featureOff[feature + 1] ?? 0); box += 1) {
      boxes.push(partBox[box] ?? 0)
    }
  }
  for (let feature = 0; feature < Math.max(before.length, now.length); feature += 1) {
    if (before[feature] === now[feature]) continue
    add(old, feature)
    add(layer, feature)
  }
  return Float64Array.from(boxes)
}
