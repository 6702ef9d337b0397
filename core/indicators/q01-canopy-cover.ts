import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import type { ZoneCover } from '../geo/cover-grid.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { CANOPY_HEIGHT, gridNotes, groundCover, zoneCover } from './canopy.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, measured, missing } from './outcomes.ts'
import { unitsAt, unitTable } from './per-unit.ts'
import { LEVEL_WORDS, studyArea, type AdminLevel } from './study-area.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, percent } from './words.ts'

/** Levels whose units are compared, the smallest first. */
const LEVELS = ['unit', 'cluster', 'district'] as const satisfies AdminLevel[]
const LOW_SHARE = 0.1

/** Share of the ground under tree crowns, and the units that have least of it. */
export const canopyCover = defineIndicator({
  id: 'Q01',
  version: 1,
  title: { zh: '树冠覆盖率', en: 'Tree canopy cover' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(树冠) ÷ A(中心城区，未标出时为全域)；并报告各单元覆盖率的第 10 百分位。',
    en: 'A(canopy) ÷ A(central city, or the whole where none is marked); with the 10th percentile of the units.',
  },
  source: 'New York City urban forest goal (22 % to 30 %); 3-30-300 rule (30 % by neighbourhood)',
  seed: ['S046'],
  needs: ['canopy'],
  uses: ['admin', 'landuse_plan', 'landuse_base'],
  parameters: { canopyHeightM: CANOPY_HEIGHT },
  detailTitles: {
    areaM2: { zh: '统计面积', en: 'Ground', unit: 'ha' },
    canopyM2: { zh: '树冠面积', en: 'Canopy', unit: 'ha' },
    p10Share: { zh: '单元覆盖率第 10 百分位', en: '10th percentile of the units', unit: 'percent' },
    lowUnits: { zh: '覆盖率低于 10% 的单元', en: 'Units below 10 %', unit: 'count' },
    units: { zh: '单元数', en: 'Units', unit: 'count' },
  },
  compute(plan, { canopyHeightM }) {
    const area = studyArea(plan, 'central_city')
    const basis = areaBasis(plan.basis)
    const work = draft(
      `${area?.title.zh ?? '全域'}内树冠栅格像元的平均覆盖率（按像元中心归属）；各单元同法。${basis.zh}`,
      `Mean cover of the canopy cells whose middle lies in ${area?.title.en ?? 'the whole plan area'}; units likewise. ${basis.en}`,
    )
    if (plan.rasters('canopy').length === 0) return missing(work, NO_CANOPY, ['canopy'])
    if (!area || area.areaM2 === 0) return missing(work, NO_GROUND, ['admin'])
    const cover = groundCover(plan, 'canopy', area.zone, canopyHeightM)
    if (!cover) {
      work.notes.push(...gridNotes(plan, 'canopy', canopyHeightM))
      return missing(work, UNREADABLE, ['canopy'])
    }
    work.notes.push(...area.notes, ...cover.notes)
    const byUnit = unitsOf(plan, canopyHeightM)
    const shares = byUnit?.shares ?? []
    work.details = {
      areaM2: area.areaM2,
      canopyM2: cover.share * area.areaM2,
      p10Share: percentile(shares, 0.1),
      lowUnits: shares.filter((share) => share < LOW_SHARE).length,
      units: shares.length,
    }
    if (byUnit) {
      work.tables = [tableOf(byUnit)]
      Object.assign(
        work,
        topEvidence(byUnit.admin, byUnit.canopyM2, (_, unit) => coverNote(byUnit.cover.share[unit] ?? 0)),
      )
    } else work.notes.push(NO_UNITS)
    return measured({ ...work, quality: { seenShare: cover.seenShare } }, cover.share, 'ratio')
  },
  examples: [
    {
      title: '8 cells of 100 m, shares: (0.5 + 0.1 + 0.3 + 0.3 + 0 + 0 + 0.2 + 0.2) ÷ 8 = 0.2; units 0.3 and 0.1',
      layers: {
        admin: [
          { polygon: [box(0, 0, 400, 200)], attributes: { level: 'central_city' } },
          { polygon: [box(0, 0, 200, 200)], attributes: { level: 'unit', name: 'A' } },
          { polygon: [box(200, 0, 200, 200)], attributes: { level: 'unit', name: 'B' } },
        ],
      },
      rasters: {
        canopy: { leftX: 0, topY: 200, cellM: 100, rows: [[0.5, 0.1, 0, 0], [0.3, 0.3, 0.2, 0.2]] }, // prettier-ignore
      },
      answer: 0.2,
      details: { areaM2: 80_000, canopyM2: 16_000, units: 2, lowUnits: 0, p10Share: 0.12 },
    },
    {
      title: 'percent are told by their range; a cell without a value is left out: (80 + 40 + 0) ÷ 3',
      layers: { admin: [{ polygon: [box(0, 0, 20, 20)] }] },
      rasters: { canopy: { leftX: 0, topY: 20, cellM: 10, rows: [[80, null], [40, 0]] } }, // prettier-ignore
      answer: 0.4,
      details: { units: 0, p10Share: null },
    },
    {
      title: 'the land-use layer stands for the ground where no district is drawn',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 10, 20)], attributes: { class: '03' } }] },
      rasters: { canopy: { leftX: 0, topY: 20, cellM: 10, rows: [[1, 0], [0.5, 0]] } }, // prettier-ignore
      answer: 0.75,
    },
    {
      title: 'figures that are neither shares nor percent are refused',
      layers: { admin: [{ polygon: [box(0, 0, 20, 20)] }] },
      rasters: { canopy: { leftX: 0, topY: 20, cellM: 20, rows: [[255]] } },
      answer: 'missing',
    },
    { title: 'no canopy grid', layers: { admin: [{ polygon: [box(0, 0, 20, 20)] }] }, answer: 'missing' },
  ],
})

const NO_CANOPY: Bilingual = {
  zh: '没有树冠覆盖栅格；不以用地类别推测树冠。',
  en: 'There is no canopy grid, and classes are no guess of it.',
}
const NO_GROUND: Bilingual = {
  zh: '没有行政区或用地图层，统计范围不明。',
  en: 'Without districts or land use the ground is unknown.',
}
const UNREADABLE: Bilingual = {
  zh: '树冠栅格的数值无法识别，或不在统计范围内。',
  en: 'The canopy grid cannot be read, or it does not lie on the ground that is measured.',
}
const NO_UNITS: Bilingual = {
  zh: '行政区图层没有单元、组团或区县，未分单元统计。',
  en: 'The admin layer holds no units, clusters or districts; nothing was told apart by unit.',
}

const coverNote = (share: number): Bilingual => {
  const shown = percent(share)
  return { zh: `树冠覆盖率 ${shown.zh}`, en: `canopy cover ${shown.en}` }
}

interface CoverByUnit {
  admin: LayerColumns
  level: AdminLevel
  cover: ZoneCover
  /** Canopy of units of the level, 0 for all others. */
  canopyM2: Float64Array
  /** Cover of the units that are seen. */
  shares: number[]
}

function unitsOf(plan: PlanData, minimumHeightM: number): CoverByUnit | undefined {
  const admin = plan.layer('admin')
  const level = admin ? LEVELS.find((one) => unitsAt(admin, one).length > 0) : undefined
  const cover = admin ? zoneCover(plan, 'canopy', admin, minimumHeightM) : undefined
  if (!admin || !level || !cover) return undefined
  const canopyM2 = new Float64Array(admin.count)
  const shares: number[] = []
  for (const { feature, areaM2 } of unitsAt(admin, level)) {
    const share = cover.share[feature] ?? NaN
    if (Number.isNaN(share)) continue
    shares.push(share)
    canopyM2[feature] = share * areaM2
  }
  return { admin, level, cover, canopyM2, shares }
}

/** A percentile between the two values around it; null of nothing. */
function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((one, other) => one - other)
  const at = share * (sorted.length - 1)
  const [low = 0, high = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low + (high - low) * (at - Math.floor(at))
}

function tableOf({ admin, level, cover, canopyM2 }: CoverByUnit): ResultTable {
  const areas = featureAreas(admin)
  const word = LEVEL_WORDS[level]
  const head = {
    id: 'by_unit',
    title: { zh: `各${word.zh}树冠覆盖率`, en: `Tree canopy cover by ${word.en}` },
    columns: [
      { key: 'areaM2', title: { zh: '面积', en: 'Area' }, unit: 'ha' as const },
      { key: 'canopyM2', title: { zh: '树冠面积', en: 'Canopy' }, unit: 'ha' as const },
      { key: 'share', title: { zh: '覆盖率', en: 'Cover' }, unit: 'percent' as const },
      { key: 'seen', title: { zh: '栅格覆盖', en: 'Seen by the grid' }, unit: 'percent' as const },
    ],
  }
  return unitTable(admin, level, head, ({ feature }) => {
    const share = cover.share[feature] ?? NaN
    const known = !Number.isNaN(share)
    return [areas[feature] ?? 0, known ? (canopyM2[feature] ?? 0) : null, known ? share : null, cover.seenShare[feature] ?? 0]
  })
}
