import { featureAreas } from '../geo/feature-areas.ts'
import { zoneCover } from '../indicators/canopy.ts'
import { areaColumn } from '../indicators/land-transition-tables.ts'
import { unitsAt } from '../indicators/per-unit.ts'
import { canopyCover } from '../indicators/q01-canopy-cover.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { shareColumn } from './columns.ts'
import { defineOverlay, missingOverlay } from './overlay.ts'
import { featureShape, rampPart } from './part.ts'

/** From the smallest units up. */
const LEVELS = ['unit', 'cluster', 'district', 'central_city', 'municipal'] as const

/** Tree canopy cover by unit, the units with least of it first. */
export const canopy = defineOverlay({
  id: 'canopy',
  version: 1,
  group: 'opportunity',
  title: { zh: '树冠覆盖', en: 'Tree canopy' },
  summary: { zh: '各单元树冠覆盖率，由低到高编号。', en: 'Canopy cover by unit, numbered from the least.' },
  source: {
    zh: '纽约城市森林目标（22 % 提升到 30 %）；3-30-300 规则（邻里 30 %）',
    en: canopyCover.source,
  },
  needs: [['canopy'], ['admin']],
  uses: [],
  indicator: 'Q01',
  parameters: canopyCover.parameters,
  compute(plan, { canopyHeightM }, report) {
    const method = {
      zh: '各单元内树冠栅格像元的平均覆盖率（按像元中心归属）；栅格未覆盖的单元不列。',
      en: 'Mean cover of the canopy cells whose middle lies in a unit; units that the grid does not see are left out.',
    }
    report(0, 1, { zh: '统计各单元树冠', en: 'Canopy of every unit' })
    const admin = plan.layer('admin')
    const cover = admin && zoneCover(plan, 'canopy', admin, canopyHeightM)
    const level = admin && LEVELS.find((one) => unitsAt(admin, one).length > 0)
    if (!admin || !cover) return missingOverlay(method, UNREADABLE, ['canopy'])
    const all = level ? unitsAt(admin, level).map(({ feature, title }) => ({ feature, title })) : wholes(admin.fid)
    const units = all
      .map((unit) => ({ ...unit, share: cover.share[unit.feature] ?? NaN, seen: cover.seenShare[unit.feature] ?? 0 }))
      .filter(({ share }) => !Number.isNaN(share))
      .toSorted((one, other) => one.share - other.share)
    if (units.length === 0) return missingOverlay(method, UNREADABLE, ['canopy'])
    const areas = featureAreas(admin)
    const list: ResultTable = {
      id: 'units',
      kind: 'list',
      title: { zh: '单元（由低到高）', en: 'Units, least canopy first' },
      rowTitle: { zh: '单元', en: 'Unit' },
      columns: [
        shareColumn('share', '覆盖率', 'Cover'),
        areaColumn('areaM2', '面积', 'Area'),
        shareColumn('seen', '栅格覆盖', 'Seen by the grid'),
      ],
      rows: units.map(({ feature, title, share, seen }) => ({
        key: String(admin.fid[feature] ?? feature),
        title,
        cells: [share, areas[feature] ?? 0, seen],
        place: { layer: 'admin', fid: admin.fid[feature] ?? 0 },
      })),
    }
    const shapes = units.map(({ feature, share }, at) => ({ ...featureShape(admin, feature, at + 1), value: share }))
    const canopyM2 = units.reduce((sum, { feature, share }) => sum + share * (areas[feature] ?? 0), 0)
    const groundM2 = units.reduce((sum, { feature }) => sum + (areas[feature] ?? 0), 0)
    const head = { id: 'units', title: list.title, kind: 'polygon' as const, frame: admin.frame, list }
    return {
      outcome: {
        kind: 'drawn',
        parts: [rampPart(head, 'share', 'percent', shapes)],
        figures: [
          { title: { zh: '所列单元覆盖率', en: 'Cover of the units' }, value: canopyM2 / groundM2, unit: 'percent' },
          { title: { zh: '最低', en: 'Least' }, value: units[0]?.share ?? 0, unit: 'percent' },
          { title: { zh: '单元', en: 'Units' }, value: units.length, unit: 'count' },
        ],
      },
      method,
      notes: [],
    }
  },
})

const UNREADABLE: Bilingual = {
  zh: '树冠栅格无法识别，或不在各单元范围内。',
  en: 'The canopy grid cannot be read, or does not lie on the units.',
}

const wholes = (fids: Float64Array): { feature: number; title: Bilingual }[] =>
  Array.from(fids, (fid, feature) => ({ feature, title: { zh: `分区 ${fid}`, en: `area ${fid}` } }))
