import { featureAreas } from '../../geo/feature-areas.ts'
import { hasShape } from '../../geo/edited.ts'
import { tableAreasWithin } from '../../geo/overlap-table.ts'
import { textAt, type LayerColumns } from '../../geo/columns.ts'
import { classOf, inGroup } from '../../indicators/by-class.ts'
import { studyArea } from '../../indicators/study-area.ts'
import type { Candidate } from '../change.ts'
import { partsInMetres } from '../plan-places.ts'
import { byWorth, type Move, type MoveInput } from './move.ts'

/** Less of a feature than this share may be protected already. */
const MOST_PROTECTED = 0.1

/** Ground inside the ecological redline, then other ecological land, becomes a protected area of the commonest grade. */
export const protectLand: Move = {
  id: 'protect-land',
  candidates(input) {
    const { plan } = input
    const reserves = plan.layer('protected')
    const ground = studyArea(plan, 'whole')?.zone
    if (!reserves || !ground) return []
    const grade = commonestGrade(reserves)
    if (grade === undefined) return []
    const [line, parcels] = [plan.layer('eco_redline'), plan.layer('landuse_plan')]
    const ecological = parcels && inGroup(parcels, 'eco_source')
    const first = line ? ofLayer(input, line, { reserves, ground, grade, rank: 0, isWanted: () => true }) : []
    const then = parcels && ecological ? ofLayer(input, parcels, { reserves, ground, grade, rank: 1, isWanted: ecological }) : []
    return byWorth([...first, ...then])
  },
}

interface Wanted {
  reserves: LayerColumns
  ground: LayerColumns
  grade: string
  rank: number
  isWanted: (feature: number) => boolean
}

function ofLayer(input: MoveInput, layer: LayerColumns, { reserves, ground, grade, rank, isWanted }: Wanted): Candidate[] {
  const [areas, within, already] = [featureAreas(layer), tableAreasWithin(layer, ground), tableAreasWithin(layer, reserves)]
  const found: Candidate[] = []
  for (let feature = 0; feature < layer.count; feature += 1) {
    const areaM2 = areas[feature] ?? 0
    const countedM2 = (within[feature] ?? 0) - (already[feature] ?? 0)
    if (!hasShape(layer, feature) || !isWanted(feature) || !(countedM2 > 0)) continue
    if ((already[feature] ?? 0) > MOST_PROTECTED * areaM2) continue
    const parts = partsInMetres(layer, feature)
    const code = layer.role === 'landuse_plan' ? (classOf(layer, feature) ?? null) : null
    found.push({
      move: 'protect-land',
      edits: [{ role: 'protected', kind: reserves.kind, change: 'add', parts, attributes: { grade } }],
      features: [{ layer: layer.role, fid: input.address(layer, feature).fid }],
      shapes: [],
      size: { unit: 'm2', value: areaM2 },
      from: code,
      to: code,
      note: { zh: `级别：${grade}`, en: `grade: ${grade}` },
      worth: countedM2 - 1e12 * rank,
    })
  }
  return found
}

/** The grade that most protected areas have; of equals the first. */
function commonestGrade(reserves: LayerColumns): string | undefined {
  const counts = new Map<string, number>()
  for (let feature = 0; feature < reserves.count; feature += 1) {
    const grade = hasShape(reserves, feature) ? textAt(reserves, 'grade', feature) : undefined
    if (grade !== undefined && grade !== '') counts.set(grade, (counts.get(grade) ?? 0) + 1)
  }
  let [best, most]: [string | undefined, number] = [undefined, 0]
  for (const [grade, count] of counts) if (count > most) [best, most] = [grade, count]
  return best
}
