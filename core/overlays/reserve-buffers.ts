import type { LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { overlay as cut } from '../geo/overlay.ts'
import { plannedParks } from '../indicators/green-spaces.ts'
import type { PlanData } from '../indicators/indicator.ts'
import { reserveBuffers as bufferIndicator } from '../indicators/q05-reserve-buffers.ts'
import { metres } from '../indicators/words.ts'
import type { Bilingual } from '../text.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { featureShape, namedPart, shapesOf } from './part.ts'
import type { ResultTable } from '../model/result-table.ts'

/** Reserves with the belt around them: where parks shield them, and where other land comes up to the edge. */
export const reserveBuffers = defineOverlay({
  id: 'reserve-buffers',
  version: 1,
  group: 'network',
  title: { zh: '保护地与缓冲带', en: 'Reserves and their buffers' },
  summary: {
    zh: '保护地边界外侧的缓冲带，哪些已是公园绿地。',
    en: 'The belt outside of reserves, and where parks already fill it.',
  },
  source: {
    zh: '《国际经验与启示》一文 L129（新加坡：自然公园作为保护区的缓冲）；宽度为插定值',
    en: bufferIndicator.source,
  },
  needs: [
    ['protected', 'eco_redline'],
    ['green', 'landuse_plan'],
  ],
  uses: ['landuse_base', 'admin'],
  indicator: 'Q05',
  parameters: bufferIndicator.parameters,
  compute(plan, parameters, report) {
    const width = metres(parameters.bufferM)
    const method = {
      zh: `保护地（没有时以生态保护红线代替）外扩 ${width.zh} 为缓冲带，其中公园绿地与其他用地分别绘出；各保护地有缓冲边界的比例同指标 Q05。`,
      en: `Reserves (else the ecological redline) widened by ${width.en} make the buffer zone, drawn as parks and other land; the share of edge with a buffer is that of Q05.`,
    }
    const drawn = plan.layer('protected')
    const reserves = drawn && shapeCount(drawn) > 0 ? drawn : plan.layer('eco_redline')
    const parks = parksOfPlan(plan)
    if (!reserves || shapeCount(reserves) === 0) return missingOverlay(method, NO_RESERVES, ['protected'])
    if (!parks) return missingOverlay(method, NO_PARKS, ['green'])
    report(0, 2, { zh: '量取保护地边界', en: 'Measuring the edges of reserves' })
    const measured = bufferIndicator.compute(plan, parameters)
    const list = measured.tables?.[0] ?? null
    report(1, 2, { zh: '绘制缓冲带', en: 'Drawing the buffer zone' })
    const ground = plan.geos.union(reserves)
    const belt = cut(plan.geos, plan.geos.bufferUnion(reserves, parameters.bufferM), ground, 'difference').layer
    const met = cut(plan.geos, belt, parks, 'intersection').layer
    const open = cut(plan.geos, belt, parks, 'difference').layer
    const value = measured.outcome.kind === 'value' ? measured.outcome.value : undefined
    return {
      outcome: {
        kind: 'drawn',
        parts: [plain('open', 'bufferOpen', open), plain('met', 'bufferMet', met), reservePart(reserves, list)],
        figures: [
          { title: { zh: '保护地', en: 'Reserves' }, value: shapeCount(reserves), unit: 'count' },
          ...(value === undefined
            ? []
            : [{ title: { zh: '有缓冲的边界', en: 'Edge with a buffer' }, value, unit: 'percent' as const }]),
        ],
      },
      method,
      notes: measured.notes,
    }
  },
})

const NO_RESERVES: Bilingual = {
  zh: '没有自然保护地图层，也没有生态保护红线。',
  en: 'There is neither a layer of protected areas nor an ecological redline.',
}
const NO_PARKS: Bilingual = {
  zh: '没有公园与绿地图层，规划用地中也没有公园绿地（1401）。',
  en: 'There is no green layer, and the planned land use holds no park land (1401).',
}

/** Ground of parks, once. */
function parksOfPlan(plan: PlanData): LayerColumns | undefined {
  const green = plan.layer('green')
  if (green && shapeCount(green) > 0) return plan.geos.union(green)
  const planned = plannedParks(plan)
  return planned && plan.geos.union(planned.layer, planned.select)
}

const TITLES = {
  open: { zh: '缓冲带内其他用地', en: 'Other land in the buffer zone' },
  met: { zh: '缓冲带内公园绿地', en: 'Parks in the buffer zone' },
} as const

function plain(id: 'open' | 'met', look: 'bufferOpen' | 'bufferMet', layer: LayerColumns): OverlayPart {
  const shapes = shapesOf(layer).map((shape) => ({ ...shape, look }))
  return namedPart({ id, title: TITLES[id], kind: 'polygon', frame: layer.frame }, [look], shapes)
}

/** Reserves in the order of Q05's table; without one, all of them without numbers. */
function reservePart(reserves: LayerColumns, list: ResultTable | null): OverlayPart {
  const rowOf = new Map(list?.rows.map(({ key }, at) => [key, at + 1]))
  const shapes = Array.from(reserves.fid, (fid, feature) => ({
    ...featureShape(reserves, feature, rowOf.get(String(fid)) ?? 0),
    look: 'reserve' as const,
  }))
  const title = list?.title ?? { zh: '保护地', en: 'Reserves' }
  return namedPart({ id: 'reserves', title, kind: 'polygon', frame: reserves.frame, list }, ['reserve'], shapes)
}
