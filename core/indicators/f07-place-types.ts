import { shapeCount } from '../geo/edited.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import { DENSE_GREEN } from '../reference/place-types.ts'
import type { Bilingual } from '../text.ts'
import { defineIndicator } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { locatedTypes, type LocatedType, type PlacesInLayer } from './place-types.ts'
import { largestOf, topEvidence } from './top-evidence.ts'
import { hectares, percent } from './words.ts'

/** How many of Tokyo's nine kinds of places the plan's layers show, beside what a reviewer reads of their strategies. */
export const placeTypes = defineIndicator({
  id: 'F07',
  version: 1,
  title: { zh: '特色片区类型', en: 'Characterful places' },
  unit: 'count',
  displayUnit: 'count',
  better: 'higher',
  formula: {
    zh: '图层和规划用地中有场所的类型数（东京 2040 九类）；并列出位于写明策略的机遇地区内的场所。策略须由评审人查阅文本。',
    en: 'Kinds of places (nine, Tokyo 2040) that layers and planned land use show; with the places inside opportunity areas that state a strategy. A reviewer reads the strategies.',
  },
  source: 'Seed article L189 (Tokyo 2040); which layers and classes stand for each kind: interpolated',
  seed: ['S062'],
  isSlow: true,
  needs: ['landuse_plan'],
  uses: ['rail_station', 'centre', 'facility', 'green', 'water', 'opportunity_area'],
  parameters: {
    denseGreenRatio: {
      default: DENSE_GREEN.value,
      min: 1,
      max: 100,
      unit: 'percent',
      title: { zh: '绿化丰富的住宅区的绿地率', en: 'Green ratio of green-rich housing' },
      source: 'place-types: 35 % (interpolated)',
    },
  },
  detailTitles: {
    located: { zh: '有场所的类型', en: 'Kinds with places', unit: 'count' },
    withStrategy: { zh: '其中有场所位于写明策略的机遇地区', en: 'Of them, in areas that state a strategy', unit: 'count' },
    places: { zh: '场所数', en: 'Places', unit: 'count' },
  },
  compute(plan, { denseGreenRatio }) {
    const ratio = percent(denseGreenRatio)
    const work = draft(
      `按图层（轨道站、中心、设施、绿地、水域）和规划用地类别清点九类场所，没有相应图层的以用地类别代替；绿地率不低于 ${ratio.zh} 的住宅地块计为绿化丰富的住宅区。数字只说明场所是否存在，等级由评审人判定。`,
      `Places of nine kinds were counted in layers (stations, centres, facilities, green space, water) and by class of planned land where there is no such layer; housing with a green ratio of ${ratio.en} or more is rich in green. The figures say that places exist; a reviewer chooses the level.`,
    )
    const parcels = plan.layer('landuse_plan')
    if (!parcels || shapeCount(parcels) === 0) return missing(work, NO_LAND, ['landuse_plan'])
    const types = locatedTypes(plan, denseGreenRatio)
    const located = types.filter(({ places }) => places > 0)
    work.details = {
      located: located.length,
      withStrategy: located.filter(({ placesInStrategy }) => placesInStrategy > 0).length,
      places: types.reduce((sum, { places }) => sum + places, 0),
    }
    work.tables = [typeTable(types)]
    work.quality = { proxies: [STAND_IN] }
    Object.assign(
      work,
      evidenceOf(types, ({ inStrategy }) => inStrategy),
    )
    return measured(work, located.length, 'count')
  },
  featuresOf(plan, { denseGreenRatio }, { row, column }) {
    const own = locatedTypes(plan, denseGreenRatio).filter(({ type }) => type.id === row)
    return evidenceOf(own, (one) => (column === 'inStrategy' ? one.inStrategy : one.amounts)).evidence
  },
  examples: [
    {
      title: 'a station, a park and shops: three kinds; the station stands in an area with a strategy',
      layers: {
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '0901' } },
          { polygon: [box(100, 0, 100, 100)], attributes: { class: '0701', greenRatio: 30 } },
          { polygon: [box(200, 0, 100, 100)], attributes: { class: '1401' } },
        ],
        rail_station: [{ point: [50, 50] }, { point: [950, 50] }],
        opportunity_area: [
          { polygon: [box(40, 40, 20, 20)], attributes: { strategy: '站城融合' } },
          { polygon: [box(200, 0, 100, 100)] },
        ],
      },
      answer: 3,
      // the shops touch the same area
      details: { located: 3, withStrategy: 2, places: 4 },
    },
    {
      title: 'housing is rich in green where its parcels say so; a drawn layer of green stands before park land',
      layers: {
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '0701', greenRatio: 40 } },
          { polygon: [box(100, 0, 100, 100)], attributes: { class: '1401', greenRatio: null } },
          { polygon: [box(200, 0, 100, 100)], attributes: { class: '1402', greenRatio: null } },
        ],
        green: [{ polygon: [box(100, 0, 50, 100)] }, { polygon: [box(150, 0, 50, 100)] }],
      },
      answer: 2,
      details: { located: 2, withStrategy: 0, places: 3 },
    },
    { title: 'no planned land use', layers: { rail_station: [{ point: [0, 0] }] }, answer: 'missing' },
  ],
})

const NO_LAND: Bilingual = { zh: '没有规划用地图层。', en: 'There is no planned land use.' }
const STAND_IN: Bilingual = {
  zh: '图层和用地类别代替特色片区的认定；是否有策略须查阅文本。',
  en: 'Layers and classes of land stand for the designation of places; whether there is a strategy must be read in the text.',
}

/** The places that `of` counts, polygons before points, the largest first. */
function evidenceOf(types: readonly LocatedType[], of: (one: PlacesInLayer) => Float64Array) {
  const layers = new Map<PlacesInLayer['layer'], { amounts: Float64Array; title: Bilingual[] }>()
  for (const { type, layers: own } of types) {
    for (const one of own) {
      const known = layers.get(one.layer) ?? { amounts: new Float64Array(one.layer.count), title: [] }
      of(one).forEach((amount, feature) => {
        known.amounts[feature] = Math.max(known.amounts[feature] ?? 0, amount)
        if (amount > 0) known.title[feature] ??= type.title
      })
      layers.set(one.layer, known)
    }
  }
  return largestOf(
    [...layers].map(([layer, { amounts, title }]) =>
      topEvidence(layer, amounts, (amount, feature) => {
        const name = title[feature] ?? { zh: '', en: '' }
        if (layer.kind !== 'polygon') return name
        const size = hectares(amount)
        return { zh: `${name.zh}：${size.zh}`, en: `${name.en}: ${size.en}` }
      }),
    ),
  )
}

const LOCATED: Bilingual = { zh: '有', en: 'yes' }
const NOT_LOCATED: Bilingual = { zh: '未见', en: 'not seen' }

function typeTable(types: readonly LocatedType[]): ResultTable {
  return {
    id: 'types',
    kind: 'list',
    title: { zh: '九类特色片区', en: 'Nine kinds of places' },
    rowTitle: { zh: '类型', en: 'Kind' },
    columns: [
      { key: 'located', title: { zh: '是否落位', en: 'Located' }, unit: null },
      { key: 'places', title: { zh: '场所', en: 'Places' }, unit: 'count' },
      { ...areaColumn('areaM2', '面积', 'Area'), drawn: 'not' },
      { key: 'inStrategy', title: { zh: '位于写明策略的机遇地区', en: 'In areas that state a strategy' }, unit: 'count' },
    ],
    rows: types.map(({ type, layers, places, areaM2, placesInStrategy }) => {
      const [first] = layers.filter(({ amounts }) => amounts.some((amount) => amount > 0))
      const at = first ? first.amounts.findIndex((amount) => amount > 0) : -1
      return {
        key: type.id,
        title: type.title,
        cells: [places > 0 ? LOCATED : NOT_LOCATED, places, areaM2 > 0 ? areaM2 : null, placesInStrategy],
        ...(first && at >= 0 ? { place: { layer: first.layer.role, fid: first.layer.fid[at] ?? 0 } } : {}),
      }
    }),
  }
}
