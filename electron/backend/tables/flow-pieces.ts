import type { Progress } from '#core/contract/procedures.ts'
import { textAt, type LayerColumns } from '#core/geo/columns.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { planData } from '#core/indicators/measure-plan.ts'
import { isVector } from '#core/model/plan.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import { bilingual } from '#core/text.ts'
import { overlayOnThreads } from '../analysis/overlay-threads.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import { frameToPlan } from '../store/topology-table.ts'
import type { PiecesTask } from './messages.ts'

/** The ground of one flow: a piece of a base-year parcel and a planned one, in the plan's CRS. */
export interface FlowPiece {
  row: string
  column: string
  areaM2: number
  baseFid: number
  planFid: number
  parts: Float64Array[][]
}

const BEFORE = 'landuse_base'
const AFTER = 'landuse_plan'

/** How many digits of a class code name the rows of a matrix of land use; null for any other table. */
export function classDigits(indicator: string, { kind, rows, columns }: ResultTable): number | null {
  const overlaid = INDICATORS.find(({ id }) => id === indicator)?.overlays ?? []
  if (kind !== 'flows' || !overlaid.some(([a, b]) => a === BEFORE && b === AFTER)) return null
  const keys = [...rows, ...columns].map(({ key }) => key).filter((key) => /^\d+$/.test(key))
  const lengths = new Set(keys.map(({ length }) => length))
  const [digits] = lengths
  return lengths.size === 1 && digits !== undefined ? digits : null
}

/** Overlays base-year and planned land use: the pieces behind a matrix, each with its exact area. Reads only. */
export async function flowPieces(
  { plan, layers, gpkg, cacheDir, digits }: PiecesTask,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): Promise<FlowPiece[]> {
  const wanted = layers.filter(isVector).filter(({ role }) => role === BEFORE || role === AFTER)
  const geos = await loadGeos()
  const data = planData(
    plan,
    wanted.map((layer) => loadLayerColumns({ gpkg, cacheDir, log }, layer, plan)),
    geos,
  )
  const [base, planned] = [data.layer(BEFORE), data.layer(AFTER)]
  if (!base || !planned) return []
  const label = bilingual('叠加基期与规划用地', 'Overlaying base and planned land use')
  const { layer, sourceA, sourceB, areaM2 } = await overlayOnThreads(geos, base, planned, 'intersection', {
    report: (done, total) => report({ done, total, label }),
  })
  const place = frameToPlan(plan)
  return Array.from(sourceA, (before, at): FlowPiece[] => {
    const after = sourceB[at] ?? -1
    const [from, to] = [textAt(base, 'class', before), textAt(planned, 'class', after)]
    if (!from || !to) return []
    return [
      {
        row: from.slice(0, digits),
        column: to.slice(0, digits),
        areaM2: areaM2[at] ?? 0,
        baseFid: base.fid[before] ?? 0,
        planFid: planned.fid[after] ?? 0,
        parts: placedParts(layer, at, place),
      },
    ]
  }).flat()
}

/** The parts of one feature in another system, as a writer takes them. */
export function placedParts(layer: LayerColumns, feature: number, place: ReturnType<typeof frameToPlan>): Float64Array[][] {
  const parts: Float64Array[][] = []
  for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part++) {
    const rings: Float64Array[] = []
    for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring++) {
      const [first, end] = [layer.ringOff[ring] ?? 0, layer.ringOff[ring + 1] ?? 0]
      const xy = new Float64Array(2 * (end - first))
      for (let vertex = first; vertex < end; vertex++)
        xy.set(place(layer.xy[2 * vertex] ?? 0, layer.xy[2 * vertex + 1] ?? 0), 2 * (vertex - first))
      rings.push(xy)
    }
    parts.push(rings)
  }
  return parts
}
