import { partsOf } from '../geo/edit-layer.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { serviceAreas as findServiceAreas, type ServiceAreas } from '../indicators/service-areas.ts'
import { tenMinuteWalk } from '../indicators/a02-ten-minute-walk.ts'
import { areaColumn } from '../indicators/land-transition-tables.ts'
import { walkWords } from '../indicators/park-walk.ts'
import { hectares } from '../indicators/words.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { shareColumn } from './columns.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { namedPart, type Shape } from './part.ts'

const LOOKS = ['walk5', 'walk10', 'walk15'] as const

/** What lies within 5, 10 and 15 minutes of a park on foot. */
export const serviceAreas = defineOverlay({
  id: 'service-areas',
  version: 1,
  group: 'access',
  title: { zh: '公园服务区（5/10/15 分钟）', en: 'Service areas of parks (5/10/15 min)' },
  summary: { zh: '沿路网步行可达公园的范围与人口。', en: 'Ground and people within a walk of a park, along the roads.' },
  source: {
    zh: 'Trust for Public Land：步行 10 分钟，自出入口沿可步行路网半英里；新加坡 90 %（国家发展部 2022）；公园下限 0.2 ha：GB/T 51346-2019（未核实）',
    en: tenMinuteWalk.source,
  },
  needs: [['green', 'landuse_plan']],
  uses: ['road_network', 'park_entrance', 'population', 'population_grid', 'admin'],
  indicator: 'A02',
  parameters: tenMinuteWalk.parameters,
  compute(plan, { walkSpeedKmh, minimumParkM2 }, report) {
    const size = hectares(minimumParkM2)
    report(0, 1, { zh: '沿路网计算服务区', en: 'Service areas along the roads' })
    const found = findServiceAreas(plan, { speedKmh: walkSpeedKmh, minimumParkM2 })
    const words = walkWords(found?.distance ?? 'detour')
    const method = {
      zh: `连片不小于 ${size.zh} 的公园，以 ${walkSpeedKmh} km/h 步行 5、10、15 分钟可达的范围；${words.zh}。`,
      en: `Ground within 5, 10 and 15 minutes (at ${walkSpeedKmh} km/h) of connected parks of at least ${size.en}; ${words.en}.`,
    }
    if (!found) return missingOverlay(method, NO_PARKS, ['green'])
    const ten = found.steps.find(({ minutes }) => minutes === 10)
    return {
      outcome: {
        kind: 'drawn',
        parts: [groundPart(found), ...streetPart(found.streets)],
        figures: [
          { title: { zh: '10 分钟范围', en: 'Within 10 minutes' }, value: ten?.groundM2 ?? 0, unit: 'ha' },
          ...(ten?.personsShare === undefined
            ? []
            : [
                {
                  title: { zh: '10 分钟覆盖人口', en: 'People within 10 minutes' },
                  value: ten.personsShare,
                  unit: 'percent' as const,
                },
              ]),
        ],
      },
      method,
      notes: ten?.personsShare === undefined ? [NO_PEOPLE] : [],
    }
  },
})

const NO_PARKS: Bilingual = {
  zh: '没有达到最小面积的公园绿地。',
  en: 'There is no park that is large enough.',
}
const NO_PEOPLE: Bilingual = {
  zh: '没有人口图层，只画范围，不计人口。',
  en: 'There is no population layer: ground is drawn, people are not counted.',
}

const lookOf = (minutes: number) => (minutes <= 5 ? 'walk5' : minutes <= 10 ? 'walk10' : 'walk15')

/** The widest step below, so that each one covers the rest of those before it. */
function groundPart({ steps, ground, title }: ServiceAreas): OverlayPart {
  const list: ResultTable = {
    id: 'steps',
    kind: 'list',
    title: { zh: '步行时间', en: 'Walks' },
    rowTitle: { zh: '步行时间', en: 'Walk' },
    columns: [
      shareColumn('share', '覆盖人口', 'People'),
      { key: 'persons', title: { zh: '人口', en: 'People' }, unit: 'persons' },
      areaColumn('groundM2', '范围', 'Ground'),
      { key: 'streetM', title: { zh: '街道', en: 'Streets' }, unit: 'km' },
    ],
    rows: steps.map(({ minutes, personsShare, persons, groundM2, streetM }) => ({
      key: String(minutes),
      title: { zh: `${title.zh} ${minutes} 分钟`, en: `${minutes} minutes of ${title.en.toLowerCase()}` },
      cells: [personsShare ?? null, persons ?? null, groundM2, streetM ?? null],
    })),
  }
  const shapes = steps
    .map(({ minutes }, at) => ({ parts: partsOf(ground, at), row: at + 1, look: lookOf(minutes) }) as const)
    .toReversed()
  const head = { id: 'ground', title: { zh: '服务区', en: 'Service areas' }, kind: 'polygon' as const, frame: ground.frame }
  // On the map the colours say which is which: numbers would only repeat them.
  return namedPart({ ...head, list, labels: steps.map(({ minutes }) => `${minutes}′`) }, LOOKS, shapes)
}

function streetPart(streets: LayerColumns | undefined): OverlayPart[] {
  if (!streets) return []
  const shapes = Array.from(streets.fid, (minutes, at): Shape & { look: 'street5' | 'street10' | 'street15' } => ({
    parts: partsOf(streets, at),
    row: 0,
    look: minutes <= 5 ? 'street5' : minutes <= 10 ? 'street10' : 'street15',
  }))
  const head = { id: 'streets', title: { zh: '可达街道', en: 'Streets reached' }, kind: 'line' as const, frame: streets.frame }
  return [namedPart(head, ['street5', 'street10', 'street15'], shapes)]
}
