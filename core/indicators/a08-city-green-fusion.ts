import type { LayerColumns } from '../geo/columns.ts'
import { perLayer, shapeCount } from '../geo/edited.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { reachZone } from '../geo/reach-zone.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { inGroup, ofClass, seenShare, unclassedNote } from './by-class.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, measured, missing } from './outcomes.ts'
import { kindOfParcels } from './per-unit.ts'
import { topEvidence } from './top-evidence.ts'
import { withinBoth } from './two-zones.ts'
import { areaBasis, hectares, metres } from './words.ts'
import { FUSION_CLASSES, isFusionClass } from '../reference/fusion-classes.ts'

/** Share of the land for culture, science, sport and commerce that lies beside the blue-green net and off the control lines. */
export const cityGreenFusion = defineIndicator({
  id: 'A08',
  version: 1,
  title: { zh: '城绿融合', en: 'City-green fusion' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '蓝绿网络 300 m 内、底线之外的 0802、0803、0805、0901 用地 ÷ 同类用地。',
    en: 'Land of 0802, 0803, 0805 and 0901 within 300 m of the blue-green net and outside of the control lines ÷ all of it.',
  },
  source: 'Seed article L241 (recreation, culture and innovation beside green); distance and levels interpolated',
  seed: ['S051', 'S081'],
  isSlow: true,
  needs: ['landuse_plan'],
  uses: ['pbf', 'eco_redline', 'green'],
  parameters: {
    fusionDistanceM: {
      default: 300,
      min: 10,
      max: 3000,
      unit: 'm',
      title: { zh: '距蓝绿网络（直线）', en: 'Distance to the blue-green net (straight line)' },
      source: 'Our default (interpolated), as the 300 m rule',
    },
  },
  detailTitles: {
    landM2: { zh: '四类公共功能用地', en: 'Land of the four classes', unit: 'ha' },
    nearM2: { zh: '蓝绿网络附近', en: 'Near the blue-green net', unit: 'ha' },
    insideLinesM2: { zh: '其中侵入底线', en: 'Of it, inside control lines', unit: 'ha' },
    fusedM2: { zh: '附近且在底线之外', en: 'Near, and outside of the lines', unit: 'ha' },
    linesChecked: { zh: '已核对底线', en: 'Control lines checked' },
  },
  compute(plan, { fusionDistanceM }) {
    const reach = metres(fusionDistanceM)
    const basis = areaBasis(plan.basis)
    const work = draft(
      `规划文化（0803）、科研（0802）、体育（0805）与商业（0901）用地中，距蓝绿空间 ${reach.zh}（直线）以内且不在永久基本农田、生态保护红线内的面积 ÷ 其总面积。${basis.zh}`,
      `Of planned land for science (0802), culture (0803), sport (0805) and commerce (0901), the area within ${reach.en} (straight line) of blue-green land and outside of basic farmland and redline ÷ all of it. ${basis.en}`,
    )
    const found = fusionOf(plan, fusionDistanceM)
    if (!found) return missing(work, NO_PARCELS, ['landuse_plan'])
    if (found.landM2 <= 0) return missing(work, NO_LAND, ['landuse_plan'])
    if (!found.hasNet) return missing(work, NO_NET, ['landuse_plan', 'green'])
    work.notes.push(...(found.hasLines ? [] : [NO_LINES]), ...unclassedNote(found.parcels, '规划用地', 'planned land use'))
    const fusedM2 = sum(found.fused)
    work.details = {
      landM2: found.landM2,
      nearM2: sum(found.near),
      insideLinesM2: sum(found.near) - fusedM2,
      fusedM2,
      linesChecked: found.hasLines,
    }
    const left = featureAreas(found.land).map((areaM2, feature) => Math.max(0, areaM2 - (found.fused[feature] ?? 0)))
    const result = {
      ...work,
      ...topEvidence(found.parcels, left, farNote),
      tables: [classTable(found)],
      quality: { distance: 'straight' as const, seenShare: seenShare(found.parcels) },
    }
    return measured(result, fusedM2 / found.landM2, 'ratio')
  },
  featuresOf(plan, { fusionDistanceM }, place) {
    const found = fusionOf(plan, fusionDistanceM)
    return found ? featuresBehind(found, place) : []
  },
  examples: [
    {
      title: 'a strip of culture of 600 m from a park: the first 300 m are beside it, 60 m of them inside the redline',
      layers: {
        landuse_plan: [
          { polygon: [box(-100, -100, 100, 300)], attributes: { class: '1401' } },
          { polygon: [box(0, 0, 600, 10)], attributes: { class: '0803' } },
          { polygon: [box(0, 20, 600, 10)], attributes: { class: '0701' } },
        ],
        eco_redline: [{ polygon: [box(100, -50, 60, 100)] }],
      },
      answer: 0.4,
      details: { landM2: 6000, nearM2: 3000, insideLinesM2: 600, linesChecked: true },
    },
    {
      title: 'ground in two lines leaves once; commerce far away is not beside green',
      layers: {
        landuse_plan: [
          { polygon: [box(-100, -100, 100, 300)], attributes: { class: '1701' } },
          { polygon: [box(0, 0, 200, 10)], attributes: { class: '080501' } },
          { polygon: [box(3000, 0, 200, 10)], attributes: { class: '0901' } },
        ],
        eco_redline: [{ polygon: [box(0, -50, 100, 100)] }],
        pbf: [{ polygon: [box(50, -50, 100, 100)] }],
      },
      answer: 0.125,
      details: { insideLinesM2: 1500 },
    },
    {
      title: 'no land of these classes',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 9, 9)], attributes: { class: '1401' } }] },
      answer: 'missing',
    },
  ],
})

const NO_PARCELS: Bilingual = { zh: '没有规划用地图层。', en: 'There is no planned land-use layer.' }
const NO_LAND: Bilingual = {
  zh: '规划用地中没有文化、科研、体育、商业用地（或只给出一级类）。',
  en: 'The planned land use holds no land for culture, science, sport or commerce (or first-level classes only).',
}
const NO_NET: Bilingual = { zh: '没有蓝绿空间用地，也没有绿地图层。', en: 'There is neither blue-green land nor a green layer.' }
const NO_LINES: Bilingual = {
  zh: '没有永久基本农田和生态保护红线图层，未核对是否侵入底线。',
  en: 'There are no layers of basic farmland or redline: whether land lies inside them was not checked.',
}

const farNote = (areaM2: number): Bilingual => {
  const size = hectares(areaM2)
  return { zh: `${size.zh} 不在蓝绿网络附近，或侵入底线`, en: `${size.en} not beside the net, or inside control lines` }
}

interface Fusion {
  parcels: LayerColumns
  land: LayerColumns
  landM2: number
  hasNet: boolean
  hasLines: boolean
  near: Float64Array
  fused: Float64Array
}

function fusionOf(plan: PlanData, distanceM: number): Fusion | undefined {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return undefined
  const land = chosenLayer(parcels, 'city functions', ofClass(parcels, isFusionClass))
  const own = chosenLayer(parcels, 'blue-green', inGroup(parcels, 'blue_green'))
  const green = plan.layer('green')
  const net = shapeCount(own) > 0 ? own : green
  const hasNet = net !== undefined && shapeCount(net) > 0
  const lines = (['pbf', 'eco_redline'] as const).flatMap((role) => plan.layer(role) ?? [])
  const none = new Float64Array(land.count)
  const zone = hasNet ? reachZone(plan.geos, net, distanceM) : undefined
  const near = zone ? tableAreasWithin(land, zone) : none
  const fused = zone && lines.length > 0 ? outsideOf(land, near, zone, plan.geos.union(lines)) : near
  return { parcels, land, landM2: sumOfAreas(land), hasNet, hasLines: lines.length > 0, near, fused }
}

/** What is near and not in the lines. */
function outsideOf(land: LayerColumns, near: Float64Array, zone: LayerColumns, lines: LayerColumns): Float64Array {
  const inBoth = withinBoth(land, zone, lines)
  return near.map((areaM2, feature) => Math.max(0, areaM2 - (inBoth[feature] ?? 0)))
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)

/** Index in the list of the class that each parcel belongs to; each code is asked once. */
const listedOf = perLayer((parcels) =>
  kindOfParcels(parcels, (code) => FUSION_CLASSES.findIndex((listed) => code.startsWith(listed.code))),
)

const ofListed = ({ parcels }: Fusion, row: string, amounts: Float64Array): Float64Array => {
  const [kinds, wanted] = [listedOf(parcels), FUSION_CLASSES.findIndex(({ code }) => code === row)]
  return amounts.map((areaM2, feature) => (kinds[feature] === wanted ? areaM2 : 0))
}

function classTable(found: Fusion): ResultTable {
  const all = featureAreas(found.land)
  return {
    id: 'by_class',
    kind: 'list',
    title: { zh: '各类公共功能用地与蓝绿网络', en: 'Land of each class and the blue-green net' },
    rowTitle: { zh: '用地类', en: 'Class' },
    columns: [
      { key: 'all', title: { zh: '面积', en: 'Area' }, unit: 'ha' },
      { key: 'near', title: { zh: '蓝绿网络附近', en: 'Near the net' }, unit: 'ha' },
      { key: 'fused', title: { zh: '附近且在底线之外', en: 'Near, outside of the lines' }, unit: 'ha' },
      { key: 'share', title: { zh: '占比', en: 'Share' }, unit: 'percent' },
    ],
    rows: FUSION_CLASSES.map(({ code, zh, en }) => {
      const [areaM2, near, fused] = [all, found.near, found.fused].map((amounts) => sum(ofListed(found, code, amounts)))
      const share = (areaM2 ?? 0) > 0 ? (fused ?? 0) / (areaM2 ?? 1) : null
      return {
        key: code,
        title: { zh: `${code} ${zh}`, en: `${code} ${en}` },
        cells: [areaM2 ?? 0, near ?? 0, fused ?? 0, share],
      }
    }),
  }
}

function featuresBehind(found: Fusion, { row, column }: TablePlace) {
  const picked = column === 'all' ? featureAreas(found.land) : column === 'near' ? found.near : found.fused
  return topEvidence(found.parcels, ofListed(found, row, picked), hectares).evidence
}
