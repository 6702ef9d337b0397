import { layerBuilder } from '../geo/build.ts'
import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { hasShape } from '../geo/edited.ts'
import { nearest } from '../geo/nearest.ts'
import { CRITERIA, CRITERION_IDS, onScale, OPPORTUNITY, type CriterionId } from './criteria.ts'
import type { Chosen, SiteCells, SiteGround } from './site-cells.ts'

/** What criteria are measured from; a criterion without its layer is left out. */
export interface Surroundings {
  centres: readonly LayerColumns[]
  stations: readonly Chosen[]
  roads: readonly Chosen[]
  green: readonly Chosen[]
}

/** Figures 0 … 1 of cells, parallel to the list of cells, by criterion. */
export type CellFigures = Partial<Record<CriterionId, Float64Array>>

/** Figures 0 … 1 at places (mm), parallel to them: concentration of stock land, and nearness to whatever the plan has layers for. */
export function figuresAt(
  site: SiteCells,
  places: readonly Place[],
  around: Surroundings,
  { stock }: Pick<SiteGround, 'stock'>,
): CellFigures {
  const frame = [...around.centres, ...[...around.stations, ...around.roads, ...around.green].map(({ layer }) => layer)][0]?.frame
  const figures: CellFigures = stock ? { stock: concentration(site, places) } : {}
  if (!frame) return figures
  const points = pointsOf(places, frame)
  const centre = centreFigures(places, around.centres)
  if (centre) figures.centre = centre
  for (const [id, chosen] of [
    ['rail', around.stations],
    ['road', around.roads],
    ['green', around.green],
  ] as const) {
    const scaled = distanceFigures(id, points, chosen)
    if (scaled) figures[id] = scaled
  }
  return figures
}

type Place = readonly [x: number, y: number]

function pointsOf(places: readonly Place[], frame: LayerColumns['frame']): LayerColumns {
  const builder = layerBuilder({ role: 'centre', name: 'places', kind: 'point', frame }, {}, 0.001)
  for (const [at, [x, y]] of places.entries()) builder.add(at, [[[x, y]]], {})
  return builder.finish('')
}

/** Usable stock land around each place, as a share of a square window of cells, on the scale of the criterion; by sums over the grid. */
function concentration(site: SiteCells, places: readonly Place[]): Float64Array {
  const { columns, rows, stockShare, cellMm, minX, minY } = site
  const wide = columns + 1
  const sums = new Float64Array(wide * (rows + 1))
  for (let row = 0; row < rows; row += 1) {
    let run = 0
    for (let column = 0; column < columns; column += 1) {
      run += stockShare[row * columns + column] ?? 0
      sums[(row + 1) * wide + column + 1] = (sums[row * wide + column + 1] ?? 0) + run
    }
  }
  const reach = Math.max(0, Math.round((OPPORTUNITY.stockWindowM.value * 1000) / cellMm))
  const { zeroAt, fullAt } = criterion('stock')
  const at = (column: number, row: number) =>
    sums[Math.max(0, Math.min(rows, row)) * wide + Math.max(0, Math.min(columns, column))] ?? 0
  return Float64Array.from(places, ([x, y]) => {
    const [column, row] = [Math.floor((x - minX) / cellMm), Math.floor((y - minY) / cellMm)]
    const [west, east, south, north] = [column - reach, column + reach + 1, row - reach, row + reach + 1]
    const inside = at(east, north) - at(west, north) - at(east, south) + at(west, south)
    return onScale(inside / (2 * reach + 1) ** 2, zeroAt ?? 0, fullAt)
  })
}

/** The best of all centres: 1 at its middle, halved with every half-distance of its rank. */
function centreFigures(places: readonly Place[], layers: readonly LayerColumns[]): Float64Array | undefined {
  const { byRank } = OPPORTUNITY.centreHalfM
  const centres = layers.flatMap((layer) =>
    Array.from({ length: layer.count }, (_, feature) => feature)
      .filter((feature) => hasShape(layer, feature))
      .map((feature) => {
        const vertex = layer.ringOff[layer.partOff[layer.featureOff[feature] ?? 0] ?? 0] ?? 0
        const rank = Math.min(byRank.length, Math.max(1, Math.round(numberAt(layer, 'rank', feature) ?? byRank.length)))
        return { x: layer.xy[2 * vertex] ?? 0, y: layer.xy[2 * vertex + 1] ?? 0, halfMm: 1000 * (byRank[rank - 1] ?? 1) }
      }),
  )
  if (centres.length === 0) return undefined
  return Float64Array.from(places, ([x, y]) =>
    centres.reduce((best, one) => Math.max(best, 0.5 ** (Math.hypot(one.x - x, one.y - y) / one.halfMm)), 0),
  )
}

/** Distance to the nearest chosen feature on the scale of the criterion; undefined where there is none at all. */
function distanceFigures(
  id: 'rail' | 'road' | 'green',
  middles: LayerColumns,
  chosen: readonly Chosen[],
): Float64Array | undefined {
  const { zeroAt, fullAt } = criterion(id)
  const farM = Math.max(zeroAt ?? 0, fullAt)
  const there = chosen.filter(({ layer, select }) =>
    Array.from({ length: layer.count }, (_, feature) => feature).some(
      (feature) => hasShape(layer, feature) && (select?.(feature) ?? true),
    ),
  )
  if (there.length === 0) return undefined
  const distances = there.map(
    ({ layer, select }) => nearest(middles, layer, { limitM: farM, ...(select ? { selectTo: select } : {}) }).distanceM,
  )
  return Float64Array.from({ length: middles.count }, (_, cell) => {
    const metres = distances.reduce((least, list) => {
      const found = list[cell] ?? NaN
      return Number.isNaN(found) ? least : Math.min(least, found)
    }, farM)
    return onScale(metres, zeroAt ?? 0, fullAt)
  })
}

function criterion(id: CriterionId) {
  const found = CRITERIA[CRITERION_IDS.indexOf(id)]
  if (!found) throw new Error(`no criterion "${id}"`)
  return found
}
