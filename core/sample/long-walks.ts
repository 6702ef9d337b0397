import { attacher, byLink, reached, startsOf, type Source } from '../network/attach.ts'
import { spread } from '../network/spread.ts'
import { walkNetwork } from '../network/walk-network.ts'
import { WALKING } from '../reference/walking.ts'
import { sampleColumns, SAMPLE_ORIGIN } from './columns.ts'
import { giveGreen, isServedHome } from './gardens.ts'
import { parks } from './land.ts'
import { blockPoint, type Lattice } from './lattice.ts'
import { roads } from './network.ts'
import { walkParcels, type Parcel } from './parcels.ts'
import type { Zoning } from './planted-blocks.ts'

/** A review asks for a park within a walk of 800 m; a little less keeps clear of rounding. */
const WITHIN_M = 780

/**
 * Gives a green of their own to homes that have one at hand but walk a long way round to it, so that only the planted quarter is left
 * out along the roads too. How many blocks were changed.
 */
export function mendLongWalks(lattice: Lattice, zoning: Zoning, seed: number): number {
  const network = walkNetwork(sampleColumns(roads(lattice, zoning)), { snapM: WALKING.snapM.value })
  const attach = attacher(network, WALKING.attachWithinM.value)
  const [originX, originY] = SAMPLE_ORIGIN
  const onRoad = (x: number, y: number) => attach(Math.round(1000 * (x - originX)), Math.round(1000 * (y - originY)))
  const sources = gatesOf(lattice, zoning, seed).flatMap(([x, y]): Source[] => {
    const at = onRoad(x, y)
    return at ? [{ at, owner: 0 }] : []
  })
  const near = spread(network.graph, startsOf(network, sources), WITHIN_M)
  const onLink = byLink(sources)
  let mended = 0
  for (const block of zoning.plan.keys()) {
    if (!isServedHome(lattice, zoning, block)) continue
    const at = onRoad(...blockPoint(lattice, block % lattice.blocks, Math.floor(block / lattice.blocks)))
    const isFar = !at || reached(network, near, onLink, at, WITHIN_M).distance > WITHIN_M
    if (isFar && giveGreen(lattice, zoning, block)) mended += 1
  }
  return mended
}

/** Where people enter public parks: their drawn entrances; corners of those of the ring, which have none. */
function gatesOf(lattice: Lattice, zoning: Zoning, seed: number): [x: number, y: number][] {
  const green: Parcel[] = []
  walkParcels(lattice, zoning.plan, seed, (parcel) => {
    if (parcel.code === '1401' || parcel.code === '0301') green.push(parcel)
  })
  const [drawn, entrances] = parks(lattice, zoning, green)
  const ring = [...(drawn?.features ?? [])].filter(({ values }) => values[1] === 2)
  return [...(entrances?.features ?? []), ...ring].flatMap(({ parts }) => {
    const xy = parts[0]?.[0] ?? new Float64Array()
    return Array.from({ length: xy.length / 2 }, (_, at): [number, number] => [xy[2 * at] ?? 0, xy[2 * at + 1] ?? 0])
  })
}
