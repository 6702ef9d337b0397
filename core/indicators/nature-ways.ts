import { layerBuilder } from '../geo/build.ts'
import { textAt, type LayerColumns } from '../geo/columns.ts'
import { nearest } from '../geo/nearest.ts'
import type { ResultTable } from '../model/result-table.ts'
import { patchesOf } from '../network/habitat-graph.ts'
import { habitatOf } from './habitat.ts'
import type { PlanData } from './indicator.ts'
import { lengthColumn, lineLengths } from './line-kinds.ts'
import { patchTitle } from './n03-tables.ts'

/** How habitat at the ends of a street is looked for, m and m². */
export interface LinkRule {
  reachM: number
  minimumM2: number
}

/** A street between two patches of habitat; patches are numbered as N03 numbers them. */
export interface LinkingStreet {
  street: number
  from: number
  to: number
}

/**
 * Streets of those in `layered` that lead from one patch of planned habitat to another: the first and the last place of a street
 * each lie within `reachM` of a patch, and these are two. Undefined without planned land use.
 */
export function linkingStreets(
  plan: PlanData,
  streets: LayerColumns,
  layered: readonly number[],
  { reachM, minimumM2 }: LinkRule,
): LinkingStreet[] | undefined {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return undefined
  const { layer } = patchesOf(plan.geos, habitatOf(parcels), minimumM2)
  if (layer.count < 2 || layered.length === 0) return []
  const builder = layerBuilder({ role: 'other', name: 'ends of streets', kind: 'point', frame: streets.frame }, {}, 0.001)
  for (const [at, street] of layered.entries()) {
    for (const place of endsOf(streets, street)) builder.add(at, [[place]], {})
  }
  const { neighbour } = nearest(builder.finish(''), layer, { limitM: reachM })
  return layered.flatMap((street, at): LinkingStreet[] => {
    const [from = -1, to = -1] = [neighbour[2 * at], neighbour[2 * at + 1]]
    return from < 0 || to < 0 || from === to ? [] : [{ street, from: Math.min(from, to), to: Math.max(from, to) }]
  })
}

/** The first and the last vertex of a line, mm. */
function endsOf({ featureOff, partOff, ringOff, xy }: LayerColumns, line: number): [ArrayLike<number>, ArrayLike<number>] {
  const at = (part: number) => ringOff[partOff[part] ?? 0] ?? 0
  const [first, behind] = [at(featureOff[line] ?? 0), at(featureOff[line + 1] ?? 0)]
  return [xy.slice(2 * first, 2 * first + 2), xy.slice(2 * behind - 2, 2 * behind)]
}

/** The Nature Ways that link two habitats, by name, the longest first. */
export function linkingTable(streets: LayerColumns, found: readonly LinkingStreet[]): ResultTable {
  const lengths = lineLengths(streets)
  return {
    id: 'linking',
    kind: 'list',
    title: { zh: '连接两处生境的自然之路', en: 'Nature Ways that link two habitats' },
    rowTitle: { zh: '道路', en: 'Street' },
    columns: [
      lengthColumn('lengthM', '长度', 'Length'),
      { key: 'from', title: { zh: '自', en: 'From' }, unit: null },
      { key: 'to', title: { zh: '至', en: 'To' }, unit: null },
    ],
    rows: found
      .toSorted((one, other) => (lengths[other.street] ?? 0) - (lengths[one.street] ?? 0) || one.street - other.street)
      .map(({ street, from, to }) => {
        const fid = streets.fid[street] ?? 0
        const name = textAt(streets, 'name', street) ?? ''
        return {
          key: String(fid),
          title: name === '' ? { zh: `道路 ${fid}`, en: `street ${fid}` } : { zh: name, en: name },
          cells: [lengths[street] ?? 0, patchTitle(from), patchTitle(to)],
          place: { layer: 'street' as const, fid },
        }
      }),
  }
}
