import { areaColumn } from '../indicators/land-transition-tables.ts'
import type { PlanData } from '../indicators/indicator.ts'
import { pinchPoints as findPinchPoints, type PinchMap, type PinchPoint } from '../indicators/pinch-points.ts'
import { metres } from '../indicators/words.ts'
import type { ResultTable } from '../model/result-table.ts'
import { cellOutlines } from '../network/cell-outlines.ts'
import { CORRIDOR_MODEL } from '../reference/corridor-model.ts'
import type { Bilingual } from '../text.ts'
import { lengthColumn, textColumn } from './columns.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { namedPart, rampPart } from './part.ts'

/** Places where all movement between two patches has to squeeze through. */
export const pinchPoints = defineOverlay({
  id: 'pinch-points',
  version: 1,
  group: 'network',
  title: { zh: '廊道夹点', en: 'Pinch points' },
  summary: {
    zh: '按电路理论，移动最集中、最不宜再占用的窄处。',
    en: 'By circuit theory: narrow places that movement depends on most.',
  },
  source: {
    zh: '电路理论：McRae 等 2008，Ecology 89；廊道：McRae & Kavanagh 2011',
    en: 'Circuit theory: McRae et al. 2008, Ecology 89; corridors: McRae & Kavanagh 2011',
  },
  needs: [['landuse_plan']],
  uses: [],
  parameters: {
    pinchWidthM: {
      default: CORRIDOR_MODEL.pinch.widestM.value,
      min: 20,
      max: 2000,
      unit: 'm',
      title: { zh: '有效宽度上限', en: 'Widest way that counts' },
      source: 'corridor-model.json (our default)',
    },
  },
  isSlow: true,
  compute(plan, { pinchWidthM }, report) {
    const widest = metres(pinchWidthM)
    const method = {
      zh: `在最大生境斑块间的廊道格网上求解电流；单元格电流占比换算的有效宽度不大于 ${widest.zh} 的连片格网为夹点，最窄的在前。`,
      en: `Currents were solved on the cells of corridors between the largest patches; cells through which so much has to flow that the way is effectively at most ${widest.en} wide are pinch points, the narrowest first.`,
    }
    const heartbeat = (done: number, total: number) =>
      report(done, total, { zh: '求解斑块间电流', en: 'Solving currents between patches' })
    const found = findPinchPoints(plan, { widestM: pinchWidthM, heartbeat })
    if (!found) return missingOverlay(method, NO_PAIRS, ['landuse_plan'])
    return {
      outcome: {
        kind: 'drawn',
        parts: [currentPart(plan, found), outlinePart(plan, found), pointPart(plan, found)],
        figures: [
          { title: { zh: '夹点', en: 'Pinch points' }, value: found.points.length, unit: 'count' },
          { title: { zh: '求解的斑块对', en: 'Pairs of patches' }, value: found.pairs, unit: 'count' },
        ],
      },
      method,
      notes: found.points.length === 0 ? [NONE_NARROW] : [],
    }
  },
})

const NO_PAIRS: Bilingual = {
  zh: '没有规划用地，或没有两处相距足够近的生境斑块。',
  en: 'There is no planned land use, or no two patches of habitat lie within reach of each other.',
}
const NONE_NARROW: Bilingual = {
  zh: '没有窄于该宽度的地方：斑块之间有多条通路。',
  en: 'No place is as narrow as that: there are many ways between the patches.',
}

const frameOf = (plan: PlanData) => {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) throw new RangeError('pinch points are found on planned land use')
  return parcels.frame
}

/** From this share of the current on, cells are drawn, in steps. */
const STEPS = [0.02, 0.05, 0.1, 0.2, 0.4] as const

function currentPart(plan: PlanData, { raster }: PinchMap): OverlayPart {
  const { columns, rows, minXM, minYM, cellM, values } = raster
  const place = { columns, rows, minX: 1000 * minXM, minY: 1000 * minYM, cellMm: 1000 * cellM }
  const shapes = STEPS.flatMap((least, at) => {
    const below = STEPS[at + 1] ?? Infinity
    const cells = [...values.keys()].filter((cell) => (values[cell] ?? 0) >= least && (values[cell] ?? 0) < below)
    return cellOutlines(place, cells).map((rings) => ({ parts: [rings], row: 0, value: least }))
  })
  const head = { id: 'current', title: { zh: '电流占比不低于', en: 'Share of the current, at least' }, kind: 'polygon' as const }
  return rampPart({ ...head, frame: frameOf(plan) }, 'share', 'percent', shapes)
}

function outlinePart(plan: PlanData, { points }: PinchMap): OverlayPart {
  const shapes = points.map(({ parts }) => ({ parts, row: 0, look: 'pinchGround' as const }))
  const head = { id: 'outlines', title: { zh: '夹点范围', en: 'Ground of pinch points' }, kind: 'polygon' as const }
  return namedPart({ ...head, frame: frameOf(plan) }, ['pinchGround'], shapes)
}

const landWords = ({ land }: PinchPoint, of: (one: PinchPoint['land'][number]) => boolean): Bilingual => {
  const said = land.filter(of).slice(0, 3)
  return { zh: said.map(({ title }) => title.zh).join('、') || '—', en: said.map(({ title }) => title.en).join(', ') || '—' }
}

function pointPart(plan: PlanData, { points }: PinchMap): OverlayPart {
  const list: ResultTable = {
    id: 'points',
    kind: 'list',
    title: { zh: '夹点（由窄到宽）', en: 'Pinch points, the narrowest first' },
    rowTitle: { zh: '夹点', en: 'Pinch point' },
    columns: [
      lengthColumn('widthM', '有效宽度', 'Effective width'),
      textColumn('between', '连接', 'Between'),
      textColumn('land', '规划用地', 'Planned land'),
      areaColumn('areaM2', '面积', 'Area'),
    ],
    rows: points.map((point) => ({
      key: String(point.number),
      title: point.title,
      cells: [point.widthM, point.patches.title, landWords(point, () => true), point.areaM2],
    })),
  }
  const shapes = points.map(({ xM, yM }, at) => ({ parts: [[[1000 * xM, 1000 * yM]]], row: at + 1, look: 'pinch' as const }))
  const labels = points.map(({ number }) => String(number))
  const head = { id: 'points', title: list.title, kind: 'point' as const, frame: frameOf(plan), list, labels }
  return namedPart(head, ['pinch'], shapes)
}
