import { closestPoints } from '../geo/nearest.ts'
import { classOf } from '../indicators/by-class.ts'
import { habitatImportances, habitatState, ruleFor, type HabitatState } from '../indicators/habitat.ts'
import { areaColumn, classTitle } from '../indicators/land-transition-tables.ts'
import { connectivityChange } from '../indicators/n03-connectivity.ts'
import { biggestMember, patchTitle } from '../indicators/n03-tables.ts'
import { studyArea } from '../indicators/study-area.ts'
import { hectares, metres } from '../indicators/words.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { Bilingual } from '../text.ts'
import type { Importances } from '../network/connectivity.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { featureShape, rampPart } from './part.ts'
import { shareColumn } from './columns.ts'

/** Patches and links of the planned green network, by how much of its connectivity each carries. */
export const greenNetwork = defineOverlay({
  id: 'green-network',
  version: 1,
  group: 'network',
  title: { zh: '绿色网络（按重要性）', en: 'Green network by importance' },
  summary: {
    zh: '失去某一斑块或连接时，连通性（PC）下降多少。',
    en: 'How far connectivity (PC) would fall without each patch or link.',
  },
  source: {
    zh: 'dPC：Saura & Rubio 2010，Ecography 33；Pascual-Hortal & Saura 2006',
    en: 'dPC: Saura & Rubio 2010, Ecography 33; Pascual-Hortal & Saura 2006',
  },
  needs: [['landuse_plan']],
  uses: ['admin', 'landuse_base'],
  indicator: 'N03',
  parameters: {
    medianDispersalM: connectivityChange.parameters.medianDispersalM,
    minimumPatchHa: connectivityChange.parameters.minimumPatchHa,
  },
  compute(plan, { medianDispersalM, minimumPatchHa }, report) {
    const [median, least] = [metres(medianDispersalM), hectares(minimumPatchHa)]
    const method = {
      zh: `相连的生态用地与绿地合为斑块（不小于 ${least.zh}），按边缘距离相连（中位扩散距离 ${median.zh}）；重要性 dPC 为移除后 PC 的降幅。连线画在两斑块最近处之间。`,
      en: `Adjoining ecological land and green space forms patches (at least ${least.en}), linked edge to edge (median dispersal ${median.en}); importance dPC is the fall of PC without it. Links are drawn between the closest places of two patches.`,
    }
    const parcels = plan.layer('landuse_plan')
    if (!parcels) return missingOverlay(method, NO_LAND, ['landuse_plan'])
    const states = [plan.layer('landuse_base'), parcels].filter((layer) => layer !== undefined)
    const rule = ruleFor(plan.geos, states, { medianM: medianDispersalM, minimumM2: minimumPatchHa })
    report(0, 2, { zh: '合并斑块', en: 'Joining patches' })
    const state = habitatState(plan.geos, parcels, rule, studyArea(plan, 'whole')?.areaM2 ?? 0)
    if (state.network.layer.count === 0) return missingOverlay(method, NO_PATCHES, ['landuse_plan'])
    report(1, 2, { zh: '计算斑块与连接的重要性', en: 'Importance of patches and links' })
    const worth = habitatImportances(state.network, rule)
    const raised = hectares(rule.minimumM2)
    const notes =
      rule.minimumM2 > minimumPatchHa
        ? [
            {
              zh: `斑块过多，只计入不小于 ${raised.zh} 的斑块。`,
              en: `Too many patches: only those of at least ${raised.en} count.`,
            },
          ]
        : []
    return {
      outcome: {
        kind: 'drawn',
        parts: [linkPart(state, worth), patchPart(parcels, state, worth)],
        figures: [
          { title: { zh: '等效连接面积 ECA', en: 'Equivalent connected area' }, value: state.figures.ecaM2, unit: 'ha' },
          { title: { zh: '斑块', en: 'Patches' }, value: state.network.layer.count, unit: 'count' },
          { title: { zh: '连接', en: 'Links' }, value: state.network.links.length, unit: 'count' },
          { title: { zh: '组分', en: 'Components' }, value: state.figures.components, unit: 'count' },
        ],
      },
      method,
      notes,
    }
  },
})

const NO_LAND = { zh: '没有规划用地图层。', en: 'There is no planned land use.' }
const NO_PATCHES = {
  zh: '规划用地中没有达到最小面积的生境斑块。',
  en: 'The planned land use holds no patch of habitat that is large enough.',
}

/** Places of values from the greatest to the least. */
const ranked = (values: ArrayLike<number>): number[] =>
  Array.from(values, (_, at) => at).toSorted((one, other) => (values[other] ?? 0) - (values[one] ?? 0) || one - other)

/** A patch by its number in the tables of N03, and the class of its largest parcel. */
function titleOf(parcels: LayerColumns, network: HabitatState['network'], patch: number): Bilingual {
  const code = classOf(parcels, biggestMember(parcels, network, patch))
  const [title, own] = [patchTitle(patch), code === undefined ? undefined : classTitle(code)]
  return own ? { zh: `${title.zh} · ${own.zh}`, en: `${title.en} · ${own.en}` } : title
}

function patchPart(parcels: LayerColumns, { network }: HabitatState, { patches }: Importances): OverlayPart {
  const order = ranked(patches.dPc)
  const share = (part: Float64Array, patch: number) => (part[patch] ?? 0) / 100
  const list: ResultTable = {
    id: 'patches',
    kind: 'list',
    title: { zh: '斑块（按重要性）', en: 'Patches by importance' },
    rowTitle: { zh: '斑块', en: 'Patch' },
    columns: [
      shareColumn('dPc', '重要性 dPC', 'Importance dPC'),
      areaColumn('areaM2', '面积', 'Area'),
      shareColumn('intra', '斑块内', 'Intra'),
      shareColumn('flux', '流量', 'Flux'),
      shareColumn('connector', '连接', 'Connector'),
    ],
    rows: order.map((patch) => ({
      key: String(patch + 1),
      title: titleOf(parcels, network, patch),
      cells: [
        share(patches.dPc, patch),
        network.areaM2[patch] ?? 0,
        share(patches.intra, patch),
        share(patches.flux, patch),
        share(patches.connector, patch),
      ],
      place: { layer: 'landuse_plan', fid: parcels.fid[biggestMember(parcels, network, patch)] ?? 0 },
    })),
  }
  const shapes = order.map((patch, at) => ({ ...featureShape(network.layer, patch, at + 1), value: share(patches.dPc, patch) }))
  const labels = order.map((patch) => String(patch + 1))
  const head = { id: 'patches', title: list.title, kind: 'polygon' as const, frame: network.layer.frame, list, labels }
  return rampPart(head, 'importance', 'percent', shapes)
}

function linkPart({ network }: HabitatState, { links: worth }: Importances): OverlayPart {
  const order = ranked(worth)
  const chosen = order.flatMap((at) => {
    const link = network.links[at]
    return link ? [{ link, value: (worth[at] ?? 0) / 100 }] : []
  })
  const list: ResultTable = {
    id: 'links',
    kind: 'list',
    title: { zh: '连接（按重要性）', en: 'Links by importance' },
    rowTitle: { zh: '连接', en: 'Link' },
    columns: [
      shareColumn('dPc', '重要性 dPC', 'Importance dPC'),
      { key: 'lengthM', title: { zh: '间距', en: 'Distance' }, unit: 'm' },
    ],
    rows: chosen.map(({ link: { from, to, lengthM }, value }) => ({
      key: `${from + 1}-${to + 1}`,
      title: { zh: `斑块 ${from + 1} — ${to + 1}`, en: `patches ${from + 1} and ${to + 1}` },
      cells: [value, lengthM],
    })),
  }
  const shapes = chosen.map(({ link, value }, at) => ({
    parts: [[lineBetween(network.layer, link.from, link.to)]],
    row: at + 1,
    value,
  }))
  const head = { id: 'links', title: list.title, kind: 'line' as const, frame: network.layer.frame, list, prefix: 'L' }
  return rampPart(head, 'link', 'percent', shapes)
}

/** Patches that touch at a corner are linked without any length: a stroke of this many mm to each side shows where. */
const TOUCH_MM = 1000

function lineBetween(patches: LayerColumns, from: number, to: number): number[] {
  const [x, y, toX, toY] = closestPoints(patches, from, patches, to)
  return Math.hypot(toX - x, toY - y) >= 1 ? [x, y, toX, toY] : [x - TOUCH_MM, y, x + TOUCH_MM, y]
}
