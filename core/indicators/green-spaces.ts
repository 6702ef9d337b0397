import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import type { Select } from '../geo/overlay-area.ts'
import type { Bilingual } from '../text.ts'
import { inGroup } from './by-class.ts'
import type { PlanData } from './indicator.ts'

/** Polygons that count as green space open to the public, and how the method sentence names them. */
export interface GreenSpaces {
  layer: LayerColumns
  select: Select
  title: Bilingual
  notes: Bilingual[]
}

/** The `green` layer without what is marked as closed to the public. */
export function drawnGreen(plan: PlanData): GreenSpaces | undefined {
  const layer = plan.layer('green')
  if (!layer) return undefined
  const marked = layer.attributes['isPublic'] !== undefined
  return {
    layer,
    select: (feature) => numberAt(layer, 'isPublic', feature) !== 0,
    title: { zh: '公园与绿地图层', en: 'the parks and green space layer' },
    notes: marked ? [] : [ALL_PUBLIC],
  }
}

/** Parks (1401) of the planned land use; undefined when the layer is missing or plans none. */
export function plannedParks(plan: PlanData): GreenSpaces | undefined {
  const layer = plan.layer('landuse_plan')
  if (!layer) return undefined
  const select = inGroup(layer, 'green_public')
  if (!layer.fid.some((_, feature) => select(feature))) return undefined
  return { layer, select, title: { zh: '规划公园绿地（1401）', en: 'planned park land (1401)' }, notes: [] }
}

/** True for what exists today; a green space without a status counts as existing. */
export const isExisting = (layer: LayerColumns, feature: number): boolean =>
  !/^(planned|规划|新增|新建)/i.test(textAt(layer, 'status', feature) ?? '')

const ALL_PUBLIC: Bilingual = {
  zh: '绿地图层未标明是否对公众开放，全部按公共绿地计入。',
  en: 'The green layer does not say what is open to the public; all of it was counted.',
}
