import { coverOf, coverOfAll, readingNotes, type ZoneCover } from '../geo/cover-grid.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { Role } from '../model/roles.ts'
import type { Bilingual } from '../text.ts'
import type { ParameterInfo, PlanData } from './indicator.ts'
import { percent } from './words.ts'

/** Below this share of the ground a grid does not speak for the whole, and a reader is told. */
const WHOLE = 0.95

/** From which height on cells of a height grid count as canopy; the same in every indicator that reads canopy. */
export const CANOPY_HEIGHT: ParameterInfo = {
  default: 2,
  min: 0.5,
  max: 10,
  unit: 'm',
  isShared: true,
  title: { zh: '计为树冠的最低高度', en: 'Least height that counts as canopy' },
  source: 'InVEST urban cooling: shade is the share under trees of 2 m and more',
}

/** Cover of some ground by the grids of a role. */
export interface GroundCover {
  share: number
  seenShare: number
  notes: Bilingual[]
}

/** The share of a ground under the cover that the grids of a role hold; undefined where there is none that can be read. */
export function groundCover(plan: PlanData, role: Role, zone: LayerColumns, minimumHeightM: number): GroundCover | undefined {
  const cover = zoneCover(plan, role, zone, minimumHeightM)
  if (!cover) return undefined
  const { share, seenShare } = coverOfAll(zone, cover)
  if (Number.isNaN(share)) return undefined
  return { share, seenShare, notes: [...gridNotes(plan, role, minimumHeightM), ...partlySeen(seenShare)] }
}

/** The same zone by zone. */
export const zoneCover = (plan: PlanData, role: Role, zones: LayerColumns, minimumHeightM: number): ZoneCover | undefined =>
  coverOf(zones, plan.rasters(role), minimumHeightM)

/** How the grids of a role were read. */
export const gridNotes = (plan: PlanData, role: Role, minimumHeightM: number): Bilingual[] =>
  plan.rasters(role).flatMap((raster) => readingNotes(raster, minimumHeightM))

function partlySeen(seenShare: number): Bilingual[] {
  if (seenShare >= WHOLE) return []
  const seen = percent(seenShare)
  return [
    {
      zh: `栅格只覆盖统计范围的 ${seen.zh}，其余未计入。`,
      en: `The grids see ${seen.en} of the ground; the rest was left out.`,
    },
  ]
}
