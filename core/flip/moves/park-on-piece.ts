import { boxOfFeature } from '../../geo/feature-box.ts'
import type { LayerColumns } from '../../geo/columns.ts'
import { partHolds } from '../../geo/within.ts'
import { box } from '../../geo/sketch.ts'
import type { Candidate } from '../change.ts'
import { coverOrder } from '../cover.ts'
import { PARK_CLASS, PIECE_MARGIN } from '../flip-rules.ts'
import { convertibleParcels, costOf } from '../park-places.ts'
import { partsInMetres, type Shortfall } from '../plan-places.ts'
import { drawnPark, tiersOf } from './park-on-parcel.ts'
import type { Move, MoveInput } from './move.ts'

/** How many places of a parcel are tried in each direction. */
const GRID = 7

/** A square of the least size that counts, cut out of a larger parcel near the people who lack a park: the smallest change of land use. */
export const parkOnPiece: Move = {
  id: 'park-on-piece',
  candidates(input) {
    const parcels = input.plan.layer('landuse_plan')
    if (!parcels || input.shortfalls.length === 0) return []
    const places = tiersOf(input).flatMap(({ minimumM2, reachM }) => {
      if (!(minimumM2 > 0)) return []
      const sideM = Math.ceil(Math.sqrt(minimumM2 * (1 + PIECE_MARGIN)))
      return convertibleParcels(input.plan, parcels, input.rule.within)
        .filter(({ areaM2 }) => areaM2 > 1.5 * sideM * sideM)
        .flatMap(({ parcel, code, rank }) => {
          const corner = cornerFor(parcels, parcel, 1000 * sideM, nearestShortfall(parcels, parcel, input.shortfalls))
          return corner ? [{ parcel, code, rank, sideM, reachM, corner }] : []
        })
    })
    const things = places.map(({ corner: [x, y], sideM, reachM, rank }) => ({
      box: [x, y, x + 1000 * sideM, y + 1000 * sideM] as const,
      reachMm: 1000 * reachM,
      cost: costOf(sideM * sideM, rank),
    }))
    return coverOrder(things, input.shortfalls).flatMap(({ at, gain }) => {
      const place = places[at]
      return place ? [asPiece(input, parcels, place, gain / (place.sideM * place.sideM))] : []
    })
  },
}

interface Piece {
  parcel: number
  code: string
  sideM: number
  /** Lower left corner in mm. */
  corner: [x: number, y: number]
}

function asPiece(input: MoveInput, parcels: LayerColumns, { parcel, code, sideM, corner }: Piece, worth: number): Candidate {
  const at = input.address(parcels, parcel)
  const ring = box(corner[0] / 1000, corner[1] / 1000, sideM, sideM).flat()
  const [shell, ...others] = partsInMetres(parcels, parcel)
  const park = [[ring]]
  return {
    move: 'park-on-piece',
    edits: [
      // the square lies wholly inside: taking it out of the parcel is one more hole
      { ...at, change: 'geometry', parts: [[...(shell ?? []), ring], ...others] },
      { role: 'landuse_plan', kind: parcels.kind, change: 'add', parts: park, attributes: { class: PARK_CLASS } },
      ...drawnPark(input.plan, park),
    ],
    features: [{ layer: parcels.role, fid: at.fid }],
    shapes: [{ kind: 'polygon', parts: park }],
    size: { unit: 'm2', value: sideM * sideM },
    from: code,
    to: PARK_CLASS,
    note: null,
    worth,
  }
}

/** Where to look first: the middle of what lies within the parcel's box, or else the nearest place of all. */
function nearestShortfall(parcels: LayerColumns, parcel: number, lacking: readonly Shortfall[]): Shortfall | undefined {
  const [minX, minY, maxX, maxY] = boxOfFeature(parcels, parcel)
  let [best, least]: [Shortfall | undefined, number] = [undefined, Infinity]
  for (const one of lacking) {
    const [dx, dy] = [Math.max(minX - one.x, 0, one.x - maxX), Math.max(minY - one.y, 0, one.y - maxY)]
    const far = dx * dx + dy * dy
    if (far < least) [best, least] = [one, far]
  }
  return best
}

/** The corner of a square that lies inside the parcel's first part, as near as a coarse grid allows to where it is needed. */
function cornerFor(
  parcels: LayerColumns,
  parcel: number,
  sideMm: number,
  towards: Shortfall | undefined,
): [x: number, y: number] | undefined {
  const part = parcels.featureOff[parcel] ?? 0
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = parcels.partBox.subarray(4 * part, 4 * part + 4)
  const [spanX, spanY] = [maxX - minX - sideMm, maxY - minY - sideMm]
  if (!towards || spanX <= 0 || spanY <= 0) return undefined
  const corners = Array.from({ length: GRID * GRID }, (_, at): [number, number] => [
    Math.round(minX + (spanX * ((at % GRID) + 0.5)) / GRID),
    Math.round(minY + (spanY * (Math.floor(at / GRID) + 0.5)) / GRID),
  ])
  const far = ([x, y]: [number, number]) => Math.hypot(x + sideMm / 2 - towards.x, y + sideMm / 2 - towards.y)
  return corners.toSorted((one, other) => far(one) - far(other)).find(([x, y]) => isInside(parcels, part, x, y, sideMm))
}

/** Whether a square lies inside a part: its outline at close steps, and no vertex of the part inside it. */
function isInside(parcels: LayerColumns, part: number, x: number, y: number, sideMm: number): boolean {
  const STEPS = 8
  for (let step = 0; step < STEPS; step += 1) {
    const along = (step / STEPS) * sideMm
    const rim: [number, number][] = [
      [x + along, y],
      [x + sideMm, y + along],
      [x + sideMm - along, y + sideMm],
      [x, y + sideMm - along],
    ]
    if (!rim.every(([px, py]) => partHolds(parcels, part, Math.round(px), Math.round(py)))) return false
  }
  const { xy, ringOff, partOff } = parcels
  for (let vertex = ringOff[partOff[part] ?? 0] ?? 0; vertex < (ringOff[partOff[part + 1] ?? 0] ?? 0); vertex += 1) {
    const [vx, vy] = [xy[2 * vertex] ?? 0, xy[2 * vertex + 1] ?? 0]
    if (vx >= x && vx <= x + sideMm && vy >= y && vy <= y + sideMm) return false
  }
  return true
}
