import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { overlapTable } from '../geo/overlap-table.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import { suitsZone } from '../reference/zone-functions.ts'
import type { Bilingual } from '../text.ts'
import { inGroup, ofClass } from './by-class.ts'
import type { PlanData } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { parcelsInUnit, unitOfRow, unitsAt, unitTable } from './per-unit.ts'
import { topEvidence } from './top-evidence.ts'
import { failingM2, groundInUnits, zoneAgreement, zonesOf, type Failing, type Link, type LinkState } from './transmission.ts'
import { hectares } from './words.ts'

const LINK_TITLES: Record<Link, Bilingual> = {
  pattern: { zh: '总体格局', en: 'Overall pattern' },
  layout: { zh: '各类空间布局', en: 'Layout of space' },
  zones: { zh: '主导功能规划分区', en: 'Zones of main function' },
  units: { zh: '详规单元', en: 'Units of detailed planning' },
  parcels: { zh: '详细规划地块', en: 'Parcels of detailed plans' },
}
const YES_NO: Record<'true' | 'false', Bilingual> = { true: { zh: '有', en: 'yes' }, false: { zh: '无', en: 'no' } }

/** The five links as layers show them; and zone by zone, unit by unit, what is said beside what is drawn. */
export function transmissionTables(plan: PlanData, links: readonly LinkState[]): ResultTable[] {
  const parcels = plan.layer('landuse_plan')
  return [linkTable(links), ...(parcels ? [...zoneTables(plan, parcels), ...unitTables(plan, parcels)] : [])]
}

const linkTable = (links: readonly LinkState[]): ResultTable => ({
  id: 'links',
  kind: 'list',
  title: { zh: '五级传导链的图上依据', en: 'Five links of transmission, as layers show them' },
  rowTitle: { zh: '环节', en: 'Link' },
  columns: [
    { key: 'present', title: { zh: '图层', en: 'Layer' }, unit: null },
    { key: 'features', title: { zh: '要素数', en: 'Features' }, unit: 'count' },
    { key: 'covered', title: { zh: '覆盖率', en: 'Covered' }, unit: 'percent' },
    { key: 'sums', title: { zh: '数量一致', en: 'Sums agree' }, unit: 'percent' },
    { key: 'functions', title: { zh: '功能一致', en: 'Functions agree' }, unit: 'percent' },
  ],
  rows: links.map(({ link, isPresent, features, covered, sums, functions }) => ({
    key: link,
    title: LINK_TITLES[link],
    cells: [YES_NO[`${isPresent}`], features, covered, sums, functions],
  })),
})

const UNKNOWN: Bilingual = { zh: '未识别', en: 'not recognised' }

/** Every zone with the share of its ground that suits its main function. */
function zoneTables(plan: PlanData, parcels: LayerColumns): ResultTable[] {
  const zones = zonesOf(plan)
  if (!zones) return []
  const { judgedM2, suitedM2 } = zoneAgreement(parcels, zones)
  const areaM2 = featureAreas(zones.layer)
  return [
    {
      id: 'byZone',
      kind: 'units',
      title: { zh: '规划分区主导功能与地块用途', en: 'Main function of zones and use of their parcels' },
      rowTitle: { zh: '规划分区', en: 'Zone' },
      columns: [
        { key: 'function', title: { zh: '主导功能', en: 'Main function' }, unit: null },
        areaColumn('areaM2', '分区面积', 'Zone'),
        areaColumn('judgedM2', '有地类的面积', 'With a class'),
        areaColumn('suitedM2', '符合主导功能', 'Suits the function'),
        { key: 'share', title: { zh: '符合率', en: 'Share' }, unit: 'percent' },
      ],
      rows: Array.from(zones.layer.fid, (fid, zone) => {
        const name = textAt(zones.layer, 'name', zone)
        const [judged, suited] = [judgedM2[zone] ?? 0, suitedM2[zone] ?? 0]
        const cells = [
          zones.functions[zone]?.title ?? UNKNOWN,
          areaM2[zone] ?? 0,
          judged,
          suited,
          judged > 0 ? suited / judged : null,
        ]
        const title = name === undefined ? { zh: `分区 ${fid}`, en: `zone ${fid}` } : { zh: name, en: name }
        return { key: String(fid), title, cells, place: { layer: 'plan_zone' as const, fid } }
      }),
    },
  ]
}

/** Every unit: what it was given beside what its parcels come to. */
function unitTables(plan: PlanData, parcels: LayerColumns): ResultTable[] {
  const admin = plan.layer('admin')
  if (!admin || unitsAt(admin, 'unit').length === 0) return []
  const { builtByUnit } = groundInUnits(parcels, admin)
  const head = {
    id: 'unitSums',
    title: { zh: '单元指标与地块合计', en: 'Sums of units and of their parcels' },
    columns: [
      areaColumn('quotaM2', '单元建设用地指标', 'Construction allotted'),
      areaColumn('constructionPlannedM2', '地块合计', 'Sum of parcels'),
      areaColumn('headroomM2', '余量', 'Headroom'),
    ],
  }
  return [
    unitTable(admin, 'unit', head, ({ feature }) => {
      const quotaHa = numberAt(admin, 'constructionHa', feature)
      const builtM2 = builtByUnit[feature] ?? 0
      return [quotaHa === undefined ? null : quotaHa * 10_000, builtM2, quotaHa === undefined ? null : quotaHa * 10_000 - builtM2]
    }),
  ]
}

const FAILING: Partial<Record<Link, Partial<Record<string, Failing>>>> = {
  zones: { covered: 'outsideZones', functions: 'againstZone' },
  units: { covered: 'outsideUnits' },
  parcels: { functions: 'wrongUnit' },
}

/** What stands behind a figure of these tables: of a share, the parcels that keep it from being whole. Undefined for other tables. */
export function transmissionFeatures(plan: PlanData, { table, row, column }: TablePlace): EvidenceFeature[] | undefined {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return undefined
  if (table === 'links') {
    const failing = FAILING[row as Link]?.[column ?? '']
    return failing ? topEvidence(parcels, failingM2(plan, parcels, failing), hectares).evidence : []
  }
  if (table === 'byZone') return zoneFeatures(plan, parcels, row, column)
  if (table !== 'unitSums') return undefined
  const admin = plan.layer('admin')
  const unit = admin && unitOfRow(admin, row)
  if (!admin || !unit) return []
  if (column === 'quotaM2') return [{ layer: 'admin', fid: unit.fid, value: unit.areaM2, note: unit.title }]
  return parcelsInUnit(parcels, admin, unit.feature, inGroup(parcels, 'construction'), hectares)
}

/** Parcels of a zone; of its share those that do not suit it. */
function zoneFeatures(plan: PlanData, parcels: LayerColumns, row: string, column: string | undefined): EvidenceFeature[] {
  const zones = zonesOf(plan)
  const zone = zones?.layer.fid.findIndex((fid) => String(fid) === row) ?? -1
  if (!zones || zone < 0) return []
  const suited = zones.functions[zone]
  const suits = ofClass(parcels, (code) => suited !== undefined && suitsZone(suited, code))
  const isWanted = (parcel: number) => (column === 'suitedM2' ? suits(parcel) : column !== 'share' || !suits(parcel))
  const { offset, partner, areaM2 } = overlapTable(parcels, zones.layer)
  const amounts = new Float64Array(parcels.count)
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    for (let pair = offset[parcel] ?? 0; pair < (offset[parcel + 1] ?? 0); pair += 1) {
      if (partner[pair] === zone && isWanted(parcel)) amounts[parcel] = (amounts[parcel] ?? 0) + (areaM2[pair] ?? 0)
    }
  }
  return topEvidence(parcels, amounts, hectares).evidence
}
