import { textAt, type LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { featureAreaM2, totalAreaM2 } from '../geo/measure.ts'
import { areasWithin } from '../geo/overlay-area.ts'
import { box } from '../geo/sketch.ts'
import { areaTitle } from './f01-areas.ts'
import { nearTable, type NearZones } from './f02-tables.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { areaBasis, hectares, metres, percent } from './words.ts'

/** Whether opportunity areas lie where people can reach them: near rail or near a centre. */
export const opportunityNearRailOrCentre = defineIndicator({
  id: 'F02',
  version: 1,
  title: { zh: '机遇地区与轨道、中心耦合', en: 'Opportunity areas near rail and centres' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(机遇地区 ∩ (轨道站点缓冲 ∪ 城市中心缓冲)) ÷ A(机遇地区)。',
    en: 'A(opportunity areas ∩ (around stations ∪ around centres)) ÷ A(opportunity areas).',
  },
  source: 'Seed article L189 (London Plan: near centres and near transport); 800 m: rail coverage radius of 城市体检',
  seed: ['S060'],
  needs: ['opportunity_area', 'rail_station'],
  uses: ['centre'],
  parameters: {
    railDistanceM: {
      default: 800,
      min: 50,
      max: 5000,
      unit: 'm',
      title: { zh: '距轨道站点', en: 'Distance to a station' },
      source: '城市体检 轨道站点 800 m 覆盖',
    },
    centreDistanceM: {
      default: 1000,
      min: 50,
      max: 10_000,
      unit: 'm',
      title: { zh: '距城市中心', en: 'Distance to a centre' },
      source: 'Domain rule F02 (interpolated)',
    },
  },
  detailTitles: {
    opportunityAreas: { zh: '机遇地区个数', en: 'Opportunity areas', unit: 'count' },
    areaM2: { zh: '机遇地区面积', en: 'Their area', unit: 'ha' },
    nearM2: { zh: '临近轨道或中心的面积', en: 'Near rail or a centre', unit: 'ha' },
    farM2: { zh: '其余面积', en: 'The rest', unit: 'ha' },
  },
  compute(plan, { railDistanceM, centreDistanceM }) {
    const basis = areaBasis(plan.basis)
    const [rail, centre] = [metres(railDistanceM), metres(centreDistanceM)]
    const work = draft(
      `机遇地区（重叠只计一次）中位于轨道站点 ${rail.zh} 或城市中心 ${centre.zh} 直线范围内的面积占比。${basis.zh}`,
      `Share of the opportunity areas (overlaps once) within ${rail.en} of a rail station or ${centre.en} of a centre, straight line. ${basis.en}`,
    )
    const areas = plan.layer('opportunity_area')
    if (!areas || shapeCount(areas) === 0) {
      return missing(work, { zh: '没有机遇（潜力）地区图层。', en: 'There is no layer of opportunity areas.' }, [
        'opportunity_area',
      ])
    }
    const near = nearGround(plan, railDistanceM, centreDistanceM)
    if (!near) {
      const why = {
        zh: '既没有轨道站点图层，也没有城市中心图层。',
        en: 'There is neither a layer of rail stations nor one of centres.',
      }
      return missing(work, why, ['rail_station', 'centre'])
    }
    if (plan.layers('rail_station').length === 0)
      work.notes.push({ zh: '没有轨道站点图层，只按城市中心判定。', en: 'No rail stations: judged by centres only.' })
    if (plan.layers('centre').length === 0)
      work.notes.push({ zh: '没有城市中心图层，只按轨道站点判定。', en: 'No centres: judged by rail stations only.' })
    const ground = plan.geos.union(areas)
    work.tables = [nearTable(areas, near)]
    work.quality = { distance: 'straight' }
    const areaM2 = totalAreaM2(ground)
    const nearM2 = areasWithin(ground, near.either).reduce((sum, value) => sum + value, 0)
    work.details = { opportunityAreas: shapeCount(areas), areaM2, nearM2, farM2: areaM2 - nearM2 }
    work.evidence = evidenceOf(areas, near.either)
    return measured(work, nearM2 / areaM2, 'ratio')
  },
  featuresOf(plan, _, { row }) {
    const areas = plan.layer('opportunity_area')
    const feature = areas?.fid.findIndex((fid) => String(fid) === row) ?? -1
    return areas && feature >= 0
      ? [{ layer: 'opportunity_area', fid: areas.fid[feature] ?? 0, note: areaTitle(areas, feature) }]
      : []
  },
  examples: [
    {
      title: 'a strip 2,000 m long starts at a station: 800 m of it are near (2 cm wide, so that the arc does not matter)',
      layers: {
        opportunity_area: [
          {
            polygon: [box(0, -0.01, 2000, 0.02)],
          },
        ],
        rail_station: [{ point: [0, 0] }],
      },
      answer: 0.4,
      details: { areaM2: 40 },
    },
    {
      title: 'a centre at the other end adds its 1,000 m',
      layers: {
        opportunity_area: [
          {
            polygon: [box(0, -0.01, 2000, 0.02)],
          },
        ],
        rail_station: [{ point: [0, 0] }],
        centre: [{ point: [2000, 0] }],
      },
      answer: 0.9,
    },
    {
      title: 'an area that nothing can be compared with',
      layers: {
        opportunity_area: [
          {
            polygon: [box(0, 0, 100, 100)],
          },
        ],
      },
      answer: 'missing',
    },
  ],
})

/** Ground within reach of stations and of centres, or undefined when the plan shows neither. */
function nearGround(plan: PlanData, railDistanceM: number, centreDistanceM: number): NearZones | undefined {
  const around = (role: 'rail_station' | 'centre', distanceM: number) => {
    const layers = plan.layers(role)
    return layers.length === 0 ? undefined : plan.geos.bufferUnion(layers, distanceM)
  }
  const [rail, centre] = [around('rail_station', railDistanceM), around('centre', centreDistanceM)]
  const zones = [rail, centre].filter((zone) => zone !== undefined)
  return zones.length === 0 ? undefined : { rail, centre, either: plan.geos.union(zones) }
}

/** Areas with the most ground out of reach first. */
function evidenceOf(areas: LayerColumns, near: LayerColumns) {
  const nearM2 = areasWithin(areas, near)
  return largestFirst(
    [...areas.fid].map((fid, feature) => {
      const areaM2 = featureAreaM2(areas, feature)
      const insideM2 = nearM2[feature] ?? 0
      const share = percent(areaM2 > 0 ? insideM2 / areaM2 : 0)
      const name = textAt(areas, 'name', feature)
      const note = {
        zh: `${name ? `${name}：` : ''}${hectares(insideM2).zh} 在范围内（${share.zh}）`,
        en: `${name ? `${name}: ` : ''}${hectares(insideM2).en} near (${share.en})`,
      }
      return { layer: 'opportunity_area', fid, value: areaM2 - insideM2, note }
    }),
  )
}
