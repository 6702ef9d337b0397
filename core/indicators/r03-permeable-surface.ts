import { NO_TEXT, type LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import { permeableShare } from '../reference/land-surface.ts'
import { classColour } from '../reference/land-class-list.ts'
import type { Bilingual } from '../text.ts'
import { totalOf } from './amounts.ts'
import { gridNotes, groundCover, zoneCover } from './canopy.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'
import { draft, measured, missing, type Draft } from './outcomes.ts'
import { unitsAt, unitTable } from './per-unit.ts'
import { studyArea, type StudyArea } from './study-area.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

/** Grids of impervious surface are never heights; the argument has no effect on them. */
const NO_HEIGHT_M = 0

/** Share of the city's ground that lets rain through. */
export const permeableSurface = defineIndicator({
  id: 'R03',
  version: 1,
  title: { zh: '透水与海绵', en: 'Permeable surface' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '1 − 不透水面占比（栅格）；没有栅格时以规划用地各类的透水系数加权，并注明为代理值。',
    en: '1 − share of impervious surface (grid); without a grid, shares by class of planned land, labelled as a proxy.',
  },
  source: 'City health check of territorial planning (permeable share of the urban area); shares by class are ours',
  seed: ['S079'],
  isSlow: true,
  needs: ['impervious'],
  uses: ['landuse_plan', 'landuse_base', 'admin'],
  parameters: {},
  detailTitles: {
    areaM2: { zh: '统计面积', en: 'Ground', unit: 'ha' },
    permeableM2: { zh: '透水面积', en: 'Permeable', unit: 'ha' },
    from: {
      zh: '来源',
      en: 'From',
      words: {
        grid: { zh: '不透水面栅格', en: 'grid of impervious surface' },
        classes: { zh: '用地类别系数（代理）', en: 'shares by class (proxy)' },
      },
    },
  },
  compute(plan) {
    const area = studyArea(plan, 'central_city')
    const basis = areaBasis(plan.basis)
    const work = draft(
      `${area?.title.zh ?? '全域'}内透水表面占比。${basis.zh}`,
      `Share of permeable surface in ${area?.title.en ?? 'the whole plan area'}. ${basis.en}`,
    )
    if (!area || area.areaM2 === 0) return missing(work, NO_GROUND, ['impervious', 'admin'])
    work.notes.push(...area.notes)
    const sealed = groundCover(plan, 'impervious', area.zone, NO_HEIGHT_M)
    if (sealed) {
      work.notes.push(...sealed.notes, AS_IN_GRID)
      const value = 1 - sealed.share
      work.details = { areaM2: area.areaM2, permeableM2: value * area.areaM2, from: 'grid' }
      Object.assign(work, byUnit(plan))
      return measured({ ...work, quality: { seenShare: sealed.seenShare } }, value, 'ratio')
    }
    work.notes.push(...gridNotes(plan, 'impervious', NO_HEIGHT_M))
    return fromClasses(plan, area, work)
  },
  featuresOf(plan, _, { table, row, column }) {
    const area = studyArea(plan, 'central_city')
    const parcels = plan.layer('landuse_plan')
    if (table !== 'by_class' || !area || !parcels) return []
    const { areaM2, permeableM2, codeOf } = classAreas(parcels, area)
    const amounts = column === 'permeableM2' ? permeableM2 : areaM2
    return topEvidence(
      parcels,
      amounts.map((amount, parcel) => (firstLevel(codeOf(parcel)) === row ? amount : 0)),
      hectares,
    ).evidence
  },
  examples: [
    {
      title: 'a grid in percent: (100 + 60 + 20 + 0) ÷ 4 sealed leaves 55 %',
      layers: { admin: [{ polygon: [box(0, 0, 20, 20)], attributes: { level: 'district', name: 'A' } }] },
      rasters: { impervious: { leftX: 0, topY: 20, cellM: 10, rows: [[100, 60], [20, 0]] } }, // prettier-ignore
      answer: 0.55,
      details: { areaM2: 400, permeableM2: 220, from: 'grid' },
    },
    {
      title: 'classes stand in: 1 ha of woods and 1 ha of industry (15 %) inside the central city',
      layers: {
        admin: [{ polygon: [box(0, 0, 200, 100)], attributes: { level: 'central_city' } }],
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '0301' } },
          { polygon: [box(100, 0, 100, 200)], attributes: { class: '1001' } },
        ],
      },
      answer: 0.575,
      details: { areaM2: 20_000, permeableM2: 11_500, from: 'classes' },
    },
    {
      title: 'neither a grid nor planned land use',
      layers: { admin: [{ polygon: [box(0, 0, 9, 9)] }] },
      answer: 'missing',
    },
  ],
})

const NO_GROUND: Bilingual = {
  zh: '没有行政区或用地图层，统计范围不明。',
  en: 'Without districts or land use the ground is unknown.',
}
const NOTHING: Bilingual = {
  zh: '没有不透水面栅格，也没有可代替的规划用地用海图层。',
  en: 'There is neither a grid of impervious surface nor planned land use to stand in.',
}
const AS_IN_GRID: Bilingual = {
  zh: '数值反映不透水面栅格的时点（一般为现状）。',
  en: 'The value is of the state that the grid shows, which usually is the present one.',
}
const PROXY: Bilingual = {
  zh: '没有不透水面栅格：以规划用地各类的透水系数代替（本项目插值），不是实测。',
  en: 'No grid of impervious surface: shares by class of planned land stand in (interpolated by this project), nothing was measured.',
}

const firstLevel = (code: string | undefined): string => code?.slice(0, 2) ?? ''

/** Of every parcel the area inside the ground whose class has a share, and the permeable part of it. */
function classAreas(parcels: LayerColumns, { zone }: StudyArea) {
  const column = parcels.attributes['class']
  const shares = column?.type === 'text' ? column.dictionary.map(permeableShare) : []
  const codeAt = (parcel: number) => (column?.type === 'text' ? (column.codes[parcel] ?? NO_TEXT) : NO_TEXT)
  const inside = tableAreasWithin(parcels, zone)
  const areaM2 = inside.map((amount, parcel) => (shares[codeAt(parcel)] === undefined ? 0 : amount))
  const permeableM2 = areaM2.map((amount, parcel) => amount * (shares[codeAt(parcel)] ?? 0))
  const codeOf = (parcel: number) => (column?.type === 'text' ? column.dictionary[codeAt(parcel)] : undefined)
  return { inside, areaM2, permeableM2, codeOf }
}

function fromClasses(plan: PlanData, area: StudyArea, work: Draft) {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return missing(work, NOTHING, ['impervious'])
  const { inside, areaM2, permeableM2, codeOf } = classAreas(parcels, area)
  const whole = totalOf(areaM2)
  if (whole === 0) return missing(work, NOTHING, ['impervious'])
  work.notes.push(PROXY)
  work.details = { areaM2: whole, permeableM2: totalOf(permeableM2), from: 'classes' }
  const sealedM2 = areaM2.map((amount, parcel) => amount - (permeableM2[parcel] ?? 0))
  Object.assign(work, topEvidence(parcels, sealedM2, sealedNote))
  const codes = [
    ...new Set([...areaM2.keys()].filter((at) => (areaM2[at] ?? 0) > 0).map((at) => firstLevel(codeOf(at)))),
  ].toSorted()
  const rows = codes.map((code) => {
    const isClass = (parcel: number) => firstLevel(codeOf(parcel)) === code
    const [all, permeable] = [totalOf(areaM2, isClass), totalOf(permeableM2, isClass)]
    return { key: code, title: classTitle(code), cells: [all, permeable, permeable / all], colour: classColour(code) }
  })
  const table: ResultTable = {
    id: 'by_class',
    kind: 'classes',
    title: { zh: '各类用地透水面积（代理值）', en: 'Permeable surface by class (proxy)' },
    rowTitle: { zh: '用地', en: 'Class' },
    columns: [
      areaColumn('areaM2', '面积', 'Area'),
      areaColumn('permeableM2', '透水面积', 'Permeable'),
      { key: 'share', title: { zh: '占比', en: 'Share' }, unit: 'percent' },
    ],
    rows,
    closure: { areaM2: { sum: rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0), whole } },
  }
  const quality = { proxies: [PROXY], seenShare: Math.min(1, whole / totalOf(inside)) }
  return measured({ ...work, tables: [table], quality }, totalOf(permeableM2) / whole, 'ratio')
}

const sealedNote = (areaM2: number): Bilingual => {
  const { zh, en } = hectares(areaM2)
  return { zh: `不透水约 ${zh}（按类别系数）`, en: `about ${en} sealed (by class)` }
}

/** Districts by what the grid says of them. */
function byUnit(plan: PlanData) {
  const admin = plan.layer('admin')
  const cover = admin ? zoneCover(plan, 'impervious', admin, NO_HEIGHT_M) : undefined
  if (!admin || !cover || unitsAt(admin, 'district').length === 0) return {}
  const areas = featureAreas(admin)
  const sealedM2 = new Float64Array(admin.count)
  for (const { feature } of unitsAt(admin, 'district')) {
    const share = cover.share[feature] ?? NaN
    if (!Number.isNaN(share)) sealedM2[feature] = share * (areas[feature] ?? 0)
  }
  const head = {
    id: 'by_district',
    title: { zh: '各区县透水表面占比', en: 'Permeable surface by district' },
    columns: [
      areaColumn('areaM2', '面积', 'Area'),
      { key: 'share', title: { zh: '透水占比', en: 'Permeable' }, unit: 'percent' as const },
      { key: 'seen', title: { zh: '栅格覆盖', en: 'Seen by the grid' }, unit: 'percent' as const },
    ],
  }
  const table = unitTable(admin, 'district', head, ({ feature }) => {
    const share = cover.share[feature] ?? NaN
    return [areas[feature] ?? 0, Number.isNaN(share) ? null : 1 - share, cover.seenShare[feature] ?? 0]
  })
  const noteOf = (areaM2: number): Bilingual => {
    const { zh, en } = hectares(areaM2)
    return { zh: `不透水 ${zh}`, en: `${en} sealed` }
  }
  return { tables: [table], ...topEvidence(admin, sealedM2, noteOf) }
}
