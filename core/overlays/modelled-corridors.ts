import type { LayerColumns } from '../geo/columns.ts'
import { classOf, inGroup } from '../indicators/by-class.ts'
import { corridorModel } from '../indicators/corridor-model.ts'
import { areaColumn, classTitle } from '../indicators/land-transition-tables.ts'
import { corridorsReserved } from '../indicators/n05-corridors-reserved.ts'
import { RESISTANCE_PARAMETERS, resistancesOf } from '../indicators/resistance-parameters.ts'
import { metres } from '../indicators/words.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import type { ResultTable } from '../model/result-table.ts'
import { cellOutlines } from '../network/cell-outlines.ts'
import { corridorPlaces, modelledCorridors as model, type ModelledCorridors } from '../network/modelled-corridors.ts'
import { CORRIDOR_MODEL } from '../reference/corridor-model.ts'
import type { Bilingual } from '../text.ts'
import { shareColumn, textColumn } from './columns.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { featureShape, namedPart, shapesOf } from './part.ts'

/** Where wildlife would move between the largest patches of habitat, and what is planned there. */
export const modelledCorridors = defineOverlay({
  id: 'modelled-corridors',
  version: 1,
  group: 'network',
  title: { zh: '模拟最小费用廊道', en: 'Modelled least-cost corridors' },
  summary: {
    zh: '按用地阻力模拟斑块间最易通行的路线，并标出其中的规划建设用地。',
    en: 'Easiest ways between patches by resistance of land use, with construction planned on them.',
  },
  source: {
    zh: '《国际经验与启示》一文 L238（预留迁徙廊道）；最小费用廊道：McRae & Kavanagh 2011；阻力值为插定值',
    en: corridorsReserved.source,
  },
  needs: [['landuse_plan']],
  uses: [],
  indicator: 'N05',
  parameters: RESISTANCE_PARAMETERS,
  compute(plan, parameters, report) {
    const { patches, reachM, corridor } = CORRIDOR_MODEL
    const reach = metres(reachM.value)
    const more = Math.round((corridor.cutoff.value - 1) * 100)
    const method = {
      zh: `以最大的 ${patches.value} 处生境斑块为源，按用地阻力在栅格上求相距不超过 ${reach.zh} 的斑块间最小费用路线；费用不超过最小值 ${more}% 的格网为廊道。`,
      en: `Between the ${patches.value} largest patches of habitat, least-cost ways over cells that resist by land use (patches up to ${reach.en} apart); cells whose way costs at most ${more} % more than the least are the corridor.`,
    }
    const parcels = plan.layer('landuse_plan')
    if (!parcels) return missingOverlay(method, NO_PATCHES, ['landuse_plan'])
    report(0, 2, { zh: '建立阻力面', en: 'Building the resistance surface' })
    const { cellsAcross, leastCellM, cutoff } = corridor
    const resistances = resistancesOf(parameters)
    const found = corridorModel(plan, parcels, { cellsAcross: cellsAcross.value, leastCellM: leastCellM.value }, resistances)
    if (!found) return missingOverlay(method, NO_PATCHES, ['landuse_plan'])
    report(1, 2, { zh: '求最小费用路线', en: 'Searching least-cost ways' })
    const ways = model(found.ground, found.network.layer, found.pairs, cutoff.value)
    if (ways.cells.length === 0) return missingOverlay(method, NO_PATCHES, ['landuse_plan'])
    const cellM2 = (ways.mask.cellMm / 1000) ** 2
    const built = builtOn(parcels, ways, cellM2)
    const builtM2 = built.reduce((sum, { areaM2 }) => sum + areaM2, 0)
    const allM2 = cellM2 * ways.cells.length
    return {
      outcome: {
        kind: 'drawn',
        parts: [patchPart(found.network.layer, patches.value), corridorPart(parcels, ways), builtPart(parcels, built)],
        figures: [
          { title: { zh: '廊道面积', en: 'Corridors' }, value: allM2, unit: 'ha' },
          { title: { zh: '其中规划建设', en: 'Planned for construction' }, value: builtM2 / allM2, unit: 'percent' },
          { title: { zh: '连接的斑块对', en: 'Pairs joined' }, value: ways.pairs, unit: 'count' },
        ],
      },
      method,
      notes: [],
    }
  },
})

const NO_PATCHES: Bilingual = {
  zh: '规划用地中没有两处相距足够近的生境斑块可供模拟廊道。',
  en: 'The planned land use holds no two patches of habitat within reach of each other.',
}

interface Built {
  parcel: number
  areaM2: number
}

/** Parcels planned for construction under the corridors, the most first; parks are construction land too, but break nothing. */
function builtOn(parcels: LayerColumns, ways: ModelledCorridors, cellM2: number): Built[] {
  const [construction, green] = [inGroup(parcels, 'construction'), inGroup(parcels, 'green_broad')]
  const isBuilt = (parcel: number) => construction(parcel) && !green(parcel)
  const sums = new Map<number, number>()
  for (const [x, y] of corridorPlaces(ways)) {
    const parcel = zoneAt(parcels, x, y)
    if (parcel !== OUTSIDE && isBuilt(parcel)) sums.set(parcel, (sums.get(parcel) ?? 0) + cellM2)
  }
  return [...sums]
    .map(([parcel, areaM2]) => ({ parcel, areaM2 }))
    .toSorted((one, other) => other.areaM2 - one.areaM2 || one.parcel - other.parcel)
}

function patchPart(patches: LayerColumns, most: number): OverlayPart {
  const shapes = shapesOf(patches)
    .slice(0, most)
    .map((shape) => ({ ...shape, look: 'patch' as const }))
  const head = { id: 'patches', title: { zh: '源斑块', en: 'Patches joined' }, kind: 'polygon' as const, frame: patches.frame }
  return namedPart(head, ['patch'], shapes)
}

function corridorPart({ frame }: LayerColumns, { mask, cells }: ModelledCorridors): OverlayPart {
  const shapes = cellOutlines(mask, cells).map((rings) => ({ parts: [rings], row: 0, look: 'modelled' as const }))
  const head = { id: 'corridors', title: { zh: '模拟廊道', en: 'Modelled corridors' }, kind: 'polygon' as const, frame }
  return namedPart(head, ['modelled'], shapes)
}

function builtPart(parcels: LayerColumns, built: readonly Built[]): OverlayPart {
  const codeOf = (parcel: number) => classOf(parcels, parcel) ?? ''
  const allM2 = built.reduce((sum, { areaM2 }) => sum + areaM2, 0)
  const list: ResultTable = {
    id: 'construction',
    kind: 'list',
    title: { zh: '廊道内的规划建设用地（绿地除外）', en: 'Construction planned inside corridors (green left out)' },
    rowTitle: { zh: '地块', en: 'Parcel' },
    columns: [
      areaColumn('areaM2', '廊道内面积', 'Inside'),
      textColumn('class', '用地', 'Land use'),
      shareColumn('share', '占建设部分', 'Of all built'),
    ],
    rows: built.map(({ parcel, areaM2 }) => ({
      key: String(parcels.fid[parcel] ?? parcel),
      title: { zh: `地块 ${parcels.fid[parcel] ?? parcel}`, en: `parcel ${parcels.fid[parcel] ?? parcel}` },
      cells: [areaM2, classTitle(codeOf(parcel)), allM2 > 0 ? areaM2 / allM2 : null],
      place: { layer: 'landuse_plan', fid: parcels.fid[parcel] ?? 0 },
    })),
  }
  const shapes = built.map(({ parcel }, at) => ({ ...featureShape(parcels, parcel, at + 1), look: 'threat' as const }))
  return namedPart({ id: 'construction', title: list.title, kind: 'polygon', frame: parcels.frame, list }, ['threat'], shapes)
}
