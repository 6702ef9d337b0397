import type { LayerColumns } from '../geo/columns.ts'
import { hasShape } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { areasWithin } from '../geo/overlay-area.ts'
import type { ResultTable } from '../model/result-table.ts'
import { areaTitle } from './f01-areas.ts'
import { areaColumn } from './land-transition-tables.ts'

/** Ground around stations, around centres and around either; undefined where the plan has none of them. */
export interface NearZones {
  rail: LayerColumns | undefined
  centre: LayerColumns | undefined
  either: LayerColumns
}

/** One row per opportunity area: how much of it is near rail, near a centre, near both, and the share that is near either. */
export function nearTable(areas: LayerColumns, { rail, centre, either }: NearZones): ResultTable {
  const wholeM2 = featureAreas(areas)
  const [railM2, centreM2] = [rail && areasWithin(areas, rail), centre && areasWithin(areas, centre)]
  const eitherM2 = areasWithin(areas, either)
  const features = Array.from(areas.fid.keys()).filter((feature) => hasShape(areas, feature))
  return {
    id: 'areas',
    kind: 'units',
    title: { zh: '各机遇地区临近轨道与中心的面积', en: 'How near each opportunity area is to rail and centres' },
    rowTitle: { zh: '机遇地区', en: 'Opportunity area' },
    columns: [
      { key: 'share', title: { zh: '临近占比', en: 'Share near' }, unit: 'percent' },
      areaColumn('areaM2', '面积', 'Area'),
      areaColumn('railM2', '临近轨道', 'Near rail'),
      areaColumn('centreM2', '临近中心', 'Near a centre'),
      areaColumn('bothM2', '两者均临近', 'Near both'),
      areaColumn('farM2', '均不临近', 'Near neither'),
    ],
    rows: features.map((feature) => {
      const fid = areas.fid[feature] ?? 0
      const [whole, near] = [wholeM2[feature] ?? 0, eitherM2[feature] ?? 0]
      const [byRail, byCentre] = [railM2?.[feature] ?? 0, centreM2?.[feature] ?? 0]
      return {
        key: String(fid),
        title: areaTitle(areas, feature),
        place: { layer: 'opportunity_area', fid },
        cells: [
          whole > 0 ? near / whole : null,
          whole,
          railM2 ? byRail : null,
          centreM2 ? byCentre : null,
          railM2 && centreM2 ? Math.max(0, byRail + byCentre - near) : null,
          Math.max(0, whole - near),
        ],
      }
    }),
  }
}
