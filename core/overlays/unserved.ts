import { textAt, type LayerColumns } from '../geo/columns.ts'
import { tenMinuteWalk } from '../indicators/a02-ten-minute-walk.ts'
import type { PlanData } from '../indicators/indicator.ts'
import { walkWords } from '../indicators/park-walk.ts'
import { unserved as findUnserved, type Unserved, type UnservedPlace } from '../indicators/unserved.ts'
import { hectares } from '../indicators/words.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { UnitId } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import { lengthColumn, textColumn } from './columns.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { featureShape, namedPart, rampPart } from './part.ts'

/** Who has no park within a walk, and where they live. */
export const unserved = defineOverlay({
  id: 'unserved',
  version: 1,
  group: 'access',
  title: { zh: '服务不到的人口', en: 'Unserved population' },
  summary: {
    zh: '步行范围内没有公园的居民，按片区编号并列出最近的公园。',
    en: 'People without a park within a walk, gathered into numbered clusters with the nearest park.',
  },
  source: {
    zh: 'Trust for Public Land：步行 10 分钟，自出入口沿可步行路网半英里；新加坡 90 %（国家发展部 2022）；公园下限 0.2 ha：GB/T 51346-2019（未核实）',
    en: tenMinuteWalk.source,
  },
  needs: [
    ['population', 'landuse_plan'],
    ['green', 'landuse_plan'],
  ],
  uses: ['road_network', 'park_entrance', 'admin'],
  indicator: 'A02',
  parameters: {
    walkMinutes: {
      default: 10,
      min: 3,
      max: 30,
      unit: 'index',
      title: { zh: '步行分钟数', en: 'Minutes on foot' },
      source: 'A02: ten minutes',
    },
    walkSpeedKmh: tenMinuteWalk.parameters.walkSpeedKmh,
    minimumParkM2: tenMinuteWalk.parameters.minimumParkM2,
  },
  compute(plan, { walkMinutes, walkSpeedKmh, minimumParkM2 }, report) {
    const size = hectares(minimumParkM2)
    report(0, 1, { zh: '查找服务不到的居民', en: 'Looking for people out of reach' })
    const found = findUnserved(plan, { minutes: walkMinutes, speedKmh: walkSpeedKmh, minimumParkM2 })
    const words = walkWords(found?.distance ?? 'detour')
    const method = {
      zh: `${walkMinutes} 分钟（${walkSpeedKmh} km/h）内走不到连片不小于 ${size.zh} 公园的居民；${words.zh}。相距 400 m 以内的合为一片。`,
      en: `People who cannot walk to a connected park of at least ${size.en} in ${walkMinutes} minutes (${walkSpeedKmh} km/h); ${words.en}. Places within 400 m of each other are one cluster.`,
    }
    if (!found) return missingOverlay(method, NOTHING, ['population', 'green'])
    const unit: UnitId = found.counts === 'persons' ? 'persons' : 'ha'
    const who = found.counts === 'persons' ? PEOPLE : HOUSING
    return {
      outcome: {
        kind: 'drawn',
        parts: [...placeParts(plan, found, unit, who), ...clusterPart(found, unit, who)],
        figures: [
          { title: { zh: `服务不到的${who.zh}`, en: `${who.en} out of reach` }, value: found.left, unit },
          { title: { zh: '占比', en: 'Share' }, value: found.all > 0 ? found.left / found.all : 0, unit: 'percent' },
          { title: { zh: '片区', en: 'Clusters' }, value: found.clusters.length, unit: 'count' },
        ],
      },
      method,
      notes: [
        ...(found.counts === 'persons' ? [] : [NO_PEOPLE]),
        ...(found.left === 0 ? [{ zh: '没有服务不到的居民。', en: 'Nobody is out of reach.' }] : []),
      ],
    }
  },
})

const PEOPLE: Bilingual = { zh: '人口', en: 'People' }
const HOUSING: Bilingual = { zh: '居住用地', en: 'Housing land' }
const NOTHING: Bilingual = {
  zh: '没有公园，或既没有人口图层也没有居住用地。',
  en: 'There are no parks, or neither a population layer nor housing land.',
}
const NO_PEOPLE: Bilingual = {
  zh: '没有人口图层，以居住用地面积代替。',
  en: 'There is no population layer; the area of housing land stands for people.',
}

function clusterPart({ clusters, clusterLayer }: Unserved, unit: UnitId, who: Bilingual): OverlayPart[] {
  if (!clusterLayer) return []
  const list: ResultTable = {
    id: 'clusters',
    kind: 'list',
    title: { zh: '服务不到的片区（由多到少）', en: 'Clusters out of reach, most first' },
    rowTitle: { zh: '片区', en: 'Cluster' },
    columns: [
      { key: 'left', title: who, unit },
      textColumn('park', '最近的公园', 'Nearest park'),
      lengthColumn('nearestM', '最近步行', 'Shortest walk'),
      lengthColumn('farthestM', '最远步行', 'Longest walk'),
      { key: 'places', title: { zh: '处', en: 'Places' }, unit: 'count' },
    ],
    rows: clusters.map(({ number, left, places, nearest, nearestM, farthestM }) => ({
      key: String(number),
      title: { zh: `片区 ${number}`, en: `cluster ${number}` },
      cells: [left, nearest?.title ?? NO_WAY, nearestM ?? null, farthestM ?? null, places.length],
    })),
  }
  const shapes = clusters.map((_, at) => ({ ...featureShape(clusterLayer, at, at + 1), look: 'cluster' as const }))
  const head = { id: 'clusters', title: list.title, kind: 'polygon' as const, frame: clusterLayer.frame, list }
  return [namedPart({ ...head, labels: clusters.map(({ number }) => String(number)) }, ['cluster'], shapes)]
}

const NO_WAY: Bilingual = { zh: '没有道路通达', en: 'no road leads to one' }

/** Every place, most people first; drawn by how many are left out. Numbers have a P, because those without are clusters. */
function placeParts(plan: PlanData, { placeLayers, places }: Unserved, unit: UnitId, who: Bilingual): OverlayPart[] {
  return placeLayers.map((layer: LayerColumns) => {
    const own = Array.from(layer.fid, (number) => places[number - 1]).filter((place) => place !== undefined)
    const list: ResultTable = {
      id: 'places',
      kind: 'list',
      title: { zh: '服务不到的地点（由多到少）', en: 'Places out of reach, most first' },
      rowTitle: { zh: '地点', en: 'Place' },
      columns: [
        { key: 'left', title: who, unit },
        textColumn('park', '最近的公园', 'Nearest park'),
        lengthColumn('distanceM', '步行', 'Walk'),
        { key: 'all', title: { zh: '全部', en: 'All who live there' }, unit },
        { key: 'cluster', title: { zh: '片区', en: 'Cluster' }, unit: 'count' },
      ],
      rows: own.map((place) => ({
        key: String(place.number),
        title: titleOf(plan, place),
        cells: [place.left, place.nearest?.title ?? NO_WAY, place.nearest?.distanceM ?? null, place.all, place.cluster],
        place: { layer: place.layer, fid: place.fid },
      })),
    }
    const shapes = own.map(({ left }, at) => ({ ...featureShape(layer, at, at + 1), value: left }))
    const labels = own.map(({ number }) => `P${number}`)
    const head = { id: `places_${layer.kind}`, title: list.title, kind: layer.kind, frame: layer.frame, list, labels }
    return rampPart(head, 'lack', unit, shapes)
  })
}

/** A place by its name where it has one. */
function titleOf(plan: PlanData, { layer, fid, number }: UnservedPlace): Bilingual {
  for (const source of plan.layers(layer)) {
    const feature = source.fid.indexOf(fid)
    const name = feature < 0 ? undefined : textAt(source, 'name', feature)
    if (name !== undefined) return { zh: name, en: name }
  }
  return { zh: `地点 ${number}`, en: `place ${number}` }
}
