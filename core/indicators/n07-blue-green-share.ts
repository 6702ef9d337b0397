import type { LayerColumns } from '../geo/columns.ts'
import { coveredAreaM2, type Chosen } from '../geo/covered.ts'
import { perLayer, perLayers } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import type { Select } from '../geo/overlay-area.ts'
import { box } from '../geo/sketch.ts'
import type { Role } from '../model/roles.ts'
import { totalOf } from './amounts.ts'
import { inGroup, unclassedNote } from './by-class.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, measured, missing } from './outcomes.ts'
import { studyArea } from './study-area.ts'
import { largestOf, topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

/** Share of the central city (or of the whole area) that is planned as green space or water. */
export const blueGreenShare = defineIndicator({
  id: 'N07',
  version: 1,
  title: { zh: '蓝绿空间占比', en: 'Blue-green share' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(绿地类 ∪ 水域类 ∪ 绿地图层 ∪ 水域图层) ÷ A(研究范围)，重叠只计一次。',
    en: 'A(green classes ∪ water classes ∪ green layer ∪ water layer) ÷ A(study area), overlaps counted once.',
  },
  source: 'Seed article L109 (Singapore 46.5 %); classes: group blue_green of the 2023 classification',
  seed: ['S034'],
  needs: ['landuse_plan'],
  uses: ['admin', 'green', 'water', 'landuse_base'],
  parameters: {},
  detailTitles: {
    blueGreenM2: { zh: '蓝绿空间面积（重叠只计一次）', en: 'Blue-green space (overlaps once)', unit: 'ha' },
    studyAreaM2: { zh: '研究范围面积', en: 'Study area', unit: 'ha' },
    isCentralCity: { zh: '按中心城区统计', en: 'Within the central city' },
    greenClassesM2: { zh: '规划绿地类用地', en: 'Planned green classes', unit: 'ha' },
    waterClassesM2: { zh: '规划水域类用地', en: 'Planned water classes', unit: 'ha' },
    greenLayerSumM2: { zh: '绿地图层（未扣重叠）', en: 'Green layer (with overlaps)', unit: 'ha' },
    waterLayerSumM2: { zh: '水域图层（未扣重叠）', en: 'Water layer (with overlaps)', unit: 'ha' },
  },
  compute(plan) {
    const area = studyArea(plan, 'central_city')
    const basis = areaBasis(plan.basis)
    const work = draft(
      `规划用地中的绿地与水域类用地、绿地图层和水域图层合并（重叠只计一次）后，除以${area?.title.zh ?? '研究范围'}面积。${basis.zh}`,
      `Green and water classes of the planned land use were united with the green and water layers (overlaps once) and divided by the area of ${area?.title.en ?? 'the study area'}. ${basis.en}`,
    )
    const parcels = plan.layer('landuse_plan')
    const drawn = (['green', 'water'] as const).flatMap((role) => plan.layer(role) ?? [])
    if (!parcels && drawn.length === 0) {
      const why = { zh: '没有规划用地、绿地或水域图层。', en: 'There is no planned land use, green or water layer.' }
      return missing(work, why, ['landuse_plan', 'green', 'water'])
    }
    if (!area || area.areaM2 === 0) {
      return missing(work, { zh: '无法确定研究范围。', en: 'The study area is unknown.' }, ['admin', 'landuse_plan'])
    }
    work.notes.push(...area.notes, ...(parcels ? unclassedNote(parcels, '规划用地', 'planned land use') : [NO_PARCELS]))
    // what is drawn comes first: a park or a river may be large, and is cut with nothing that way
    const sources = [...drawn, ...(parcels ? [parcels] : [])]
    const isBlueGreen = parcels ? inGroup(parcels, 'blue_green') : () => false
    const chosen: Chosen = (feature, layer) => layer !== parcels || isBlueGreen(feature)
    const blueGreenM2 = coveredAreaM2(plan.geos, sources, chosen, area.zone, SLOT)
    work.details = {
      blueGreenM2,
      studyAreaM2: area.areaM2,
      isCentralCity: area.isCentralCity,
      ...(parcels ? ofParcels(parcels, area.zone) : {}),
      ...drawnAreas(plan, area.zone),
    }
    const shown = largestOf(sources.map(evidenceOf))
    work.evidence = shown.evidence
    work.evidenceTotal = shown.evidenceTotal
    return measured(work, blueGreenM2 / area.areaM2, 'ratio')
  },
  examples: [
    {
      title: 'a park class, a lake class and a green layer that lies half on the park',
      layers: {
        landuse_plan: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { class: '1401' },
          },
          {
            polygon: [box(100, 0, 100, 100)],
            attributes: { class: '0701' },
          },
          {
            polygon: [box(0, 100, 100, 100)],
            attributes: { class: '1702' },
          },
          {
            polygon: [box(100, 100, 100, 100)],
            attributes: { class: '01' },
          },
        ],
        green: [
          {
            polygon: [box(50, 0, 100, 100)],
          },
        ],
      },
      answer: 0.625,
      details: { blueGreenM2: 25_000, studyAreaM2: 40_000, isCentralCity: false },
    },
    {
      title: 'only what lies in the central city counts',
      layers: {
        admin: [
          {
            polygon: [box(0, 0, 400, 100)],
            attributes: { level: 'municipal' },
          },
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { level: '中心城区' },
          },
        ],
        landuse_plan: [
          {
            polygon: [box(80, 0, 320, 100)],
            attributes: { class: '03' },
          },
        ],
        water: [
          {
            polygon: [box(90, 0, 10, 100)],
          },
        ],
      },
      answer: 0.2,
      details: { isCentralCity: true, waterLayerSumM2: 1000 },
    },
  ],
})

const NO_PARCELS = {
  zh: '没有规划用地图层，只统计绿地图层和水域图层。',
  en: 'There is no planned land-use layer; only the green and water layers were counted.',
}

/** Blue-green parcels, whose tables are kept apart from those of all parcels. */
const SLOT = 'blue-green'

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)

/** Classes that count, by kind: parts of the group, so that the blue-green parcels hold them all. */
const ofParcels = perLayers((parcels, zone) => {
  const withinM2 = tableAreasWithin(chosenLayer(parcels, SLOT, inGroup(parcels, 'blue_green')), zone)
  const of = (group: string) => totalOf(withinM2, inGroup(parcels, group))
  return { greenClassesM2: of('green_broad'), waterClassesM2: of('water') }
})

/** Features of the drawn layers added up, overlaps among them included: a part of the figure, not the figure. */
const drawnAreas = (plan: PlanData, zone: LayerColumns) =>
  Object.fromEntries(
    (['green', 'water'] as const satisfies Role[]).flatMap((role) => {
      const layer = plan.layer(role)
      return layer ? [[`${role}LayerSumM2`, sum(tableAreasWithin(layer, zone))]] : []
    }),
  )

/** The largest features of one layer that count; an edit of another leaves them as they are. */
const evidenceOf = perLayer((layer) => {
  const chosen: Select = layer.role === 'landuse_plan' ? inGroup(layer, 'blue_green') : () => true
  return topEvidence(layer, featureAreas(chosenLayer(layer, SLOT, chosen)), hectares)
})
