import type { LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { CANOPY_HEIGHT, gridNotes, groundCover, zoneCover } from './canopy.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, measured, missing } from './outcomes.ts'
import { unitsAt, unitTable } from './per-unit.ts'
import { studyArea } from './study-area.ts'
import { topEvidence } from './top-evidence.ts'
import { percent } from './words.ts'

const FROM = { grid: { zh: '栅格', en: 'grid' }, stated: { zh: '方案清单', en: 'stated in the manifest' } } as const

/** How much more canopy the plan promises, relative to what there is. */
export const canopyUplift = defineIndicator({
  id: 'Q02',
  version: 1,
  title: { zh: '树冠增量', en: 'Canopy uplift' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '(规划树冠覆盖率 − 现状覆盖率) ÷ 现状覆盖率：相对增幅，不是百分点；百分点另列。',
    en: '(planned cover − present cover) ÷ present cover: relative, not percentage points, which are listed beside it.',
  },
  source: 'London Environment Strategy: canopy cover up by 10 % of its area (relative)',
  seed: ['S044'],
  needs: ['canopy', 'canopy_base'],
  uses: ['admin', 'landuse_plan', 'landuse_base'],
  parameters: { canopyHeightM: CANOPY_HEIGHT },
  detailTitles: {
    baseShare: { zh: '现状覆盖率', en: 'Present cover', unit: 'percent' },
    planShare: { zh: '规划覆盖率', en: 'Planned cover', unit: 'percent' },
    pointsChange: { zh: '变化（百分点）', en: 'Change in percentage points', unit: 'percentage_point' },
    baseFrom: { zh: '现状来源', en: 'Present cover from', words: FROM },
    planFrom: { zh: '规划来源', en: 'Planned cover from', words: FROM },
    targetYear: { zh: '规划目标年', en: 'Target year' },
  },
  compute(plan, { canopyHeightM }) {
    const area = studyArea(plan, 'central_city')
    const work = draft(
      `${area?.title.zh ?? '全域'}规划与现状树冠覆盖率之差，除以现状覆盖率（相对增幅）。`,
      `The difference of planned and present canopy cover of ${area?.title.en ?? 'the whole plan area'} was divided by the present cover (relative).`,
    )
    const states = statesOf(plan, area?.zone, canopyHeightM)
    work.notes.push(...(area?.notes ?? []), ...(states?.notes ?? []))
    if (!states) {
      for (const role of ['canopy_base', 'canopy'] as const) work.notes.push(...gridNotes(plan, role, canopyHeightM))
      return missing(work, ONE_STATE, ['canopy', 'canopy_base', 'quotas.canopyTargetPercent'])
    }
    const { base, planned } = states
    work.details = {
      baseShare: base.share,
      planShare: planned.share,
      pointsChange: planned.share - base.share,
      baseFrom: base.from,
      planFrom: planned.from,
      targetYear: plan.targetYear,
    }
    if (base.share <= 0) return missing(work, NO_BASE, ['canopy_base'])
    if (area && base.from === 'grid' && planned.from === 'grid') Object.assign(work, byUnit(plan, canopyHeightM))
    const quality = states.seenShare === undefined ? {} : { quality: { seenShare: states.seenShare } }
    return measured({ ...work, ...quality }, planned.share / base.share - 1, 'ratio')
  },
  examples: [
    {
      title: 'from 20 % to 22 %: a tenth more, two percentage points',
      layers: { admin: [{ polygon: [box(0, 0, 20, 10)], attributes: { level: 'district', name: 'A' } }] },
      rasters: {
        canopy_base: { leftX: 0, topY: 10, cellM: 10, rows: [[0.1, 0.3]] },
        canopy: { leftX: 0, topY: 10, cellM: 10, rows: [[14, 30]] },
      },
      targetYear: 2035,
      answer: 0.1,
      details: { pointsChange: 0.02, baseFrom: 'grid', planFrom: 'grid', targetYear: 2035 },
    },
    {
      title: 'a grid of what there is and a stated aim: 25 % against 20 %',
      layers: { admin: [{ polygon: [box(0, 0, 20, 10)] }] },
      rasters: { canopy: { leftX: 0, topY: 10, cellM: 10, rows: [[0.1, 0.3]] } },
      quotas: { canopyTargetPercent: 25 },
      answer: 0.25,
      details: { baseFrom: 'grid', planFrom: 'stated' },
    },
    {
      title: 'both stated, and it falls',
      layers: {},
      quotas: { canopyBasePercent: 20, canopyTargetPercent: 19 },
      answer: -0.05,
      details: { baseFrom: 'stated', planFrom: 'stated', targetYear: null },
    },
    {
      title: 'one grid alone says nothing of an increase',
      layers: { admin: [{ polygon: [box(0, 0, 20, 10)] }] },
      rasters: { canopy: { leftX: 0, topY: 10, cellM: 10, rows: [[0.1, 0.3]] } },
      answer: 'missing',
    },
  ],
})

const ONE_STATE: Bilingual = {
  zh: '只有一个时点的树冠覆盖：需要现状与规划两期栅格，或在清单 quotas 中给出 canopyBasePercent、canopyTargetPercent。',
  en: 'Canopy is known for one state only: two grids are needed, or canopyBasePercent and canopyTargetPercent among the quotas.',
}
const NO_BASE: Bilingual = {
  zh: '现状没有树冠覆盖，无法计算相对增幅。',
  en: 'There is no canopy at present, so that a relative increase has no meaning.',
}
const PRESENT_GRID: Bilingual = {
  zh: '没有现状树冠栅格，树冠覆盖栅格按现状使用，规划值取清单所列目标。',
  en: 'There is no base-year grid: the canopy grid was taken for the present state, the aim stated in the manifest for the plan.',
}

interface State {
  share: number
  from: 'grid' | 'stated'
}

/** Both states: grids first, stated percentages where a grid is missing. */
function statesOf(
  plan: PlanData,
  zone: LayerColumns | undefined,
  minimumHeightM: number,
): { base: State; planned: State; seenShare: number | undefined; notes: Bilingual[] } | undefined {
  const grid = (role: 'canopy' | 'canopy_base') => (zone ? groundCover(plan, role, zone, minimumHeightM) : undefined)
  const stated = (key: string): State | undefined => {
    const value = plan.quotas[key]
    return value === undefined ? undefined : { share: value / 100, from: 'stated' }
  }
  const [before, after] = [grid('canopy_base'), grid('canopy')]
  const aim = stated('canopyTargetPercent')
  const isPresent = before === undefined && after !== undefined && aim !== undefined && stated('canopyBasePercent') === undefined
  const present = before ?? (isPresent ? after : undefined)
  const future = isPresent ? undefined : after
  const base = present ? ({ share: present.share, from: 'grid' } as const) : stated('canopyBasePercent')
  const planned = future ? ({ share: future.share, from: 'grid' } as const) : aim
  if (!base || !planned) return undefined
  const seen = [present, future].flatMap((one) => (one ? [one] : []))
  return {
    base,
    planned,
    seenShare: seen.length > 0 ? Math.min(...seen.map(({ seenShare }) => seenShare)) : undefined,
    notes: [...(isPresent ? [PRESENT_GRID] : []), ...seen.flatMap(({ notes }) => notes)],
  }
}

/** Where canopy grows and where it is lost, by district. */
function byUnit(plan: PlanData, minimumHeightM: number) {
  const admin = plan.layer('admin')
  const before = admin ? zoneCover(plan, 'canopy_base', admin, minimumHeightM) : undefined
  const after = admin ? zoneCover(plan, 'canopy', admin, minimumHeightM) : undefined
  if (!admin || !before || !after || unitsAt(admin, 'district').length === 0) return {}
  const gainM2 = new Float64Array(admin.count)
  for (const { feature, areaM2 } of unitsAt(admin, 'district')) {
    const gain = (after.share[feature] ?? NaN) - (before.share[feature] ?? NaN)
    gainM2[feature] = Number.isNaN(gain) ? 0 : Math.max(0, gain * areaM2)
  }
  const head = {
    id: 'by_district',
    title: { zh: '各区县树冠覆盖变化', en: 'Change of canopy by district' },
    columns: [
      { key: 'base', title: { zh: '现状覆盖率', en: 'Present cover' }, unit: 'percent' as const },
      { key: 'plan', title: { zh: '规划覆盖率', en: 'Planned cover' }, unit: 'percent' as const },
      { key: 'points', title: { zh: '变化', en: 'Change' }, unit: 'percentage_point' as const },
      { key: 'relative', title: { zh: '相对增幅', en: 'Relative change' }, unit: 'percent' as const },
    ],
  }
  const known = (value: number) => (Number.isFinite(value) ? value : null)
  const table: ResultTable = unitTable(admin, 'district', head, ({ feature }) => {
    const [from, to] = [before.share[feature] ?? NaN, after.share[feature] ?? NaN]
    return [known(from), known(to), known(to - from), known(to / from - 1)]
  })
  const note = (_: number, unit: number): Bilingual => {
    const [from, to] = [percent(before.share[unit] ?? 0), percent(after.share[unit] ?? 0)]
    return { zh: `树冠覆盖率 ${from.zh} → ${to.zh}`, en: `canopy ${from.en} → ${to.en}` }
  }
  return { tables: [table], ...topEvidence(admin, gainM2, note) }
}
