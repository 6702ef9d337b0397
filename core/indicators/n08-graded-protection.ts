import { textAt, type LayerColumns } from '../geo/columns.ts'
import { coveredAreaM2 } from '../geo/covered.ts'
import { hasShape, shapeCount } from '../geo/edited.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { closureOfAreas } from './closure.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { studyArea, type StudyArea } from './study-area.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

/** Share of the plan area under protection by grades. */
export const gradedProtection = defineIndicator({
  id: 'N08',
  version: 1,
  title: { zh: '分级保护覆盖', en: 'Graded protection' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(标有级别的自然保护地，重叠只计一次) ÷ A(研究范围)；没有自然保护地图层时以生态保护红线作为单一级别，并予标注。',
    en: 'A(protected areas that state a grade, overlaps once) ÷ A(study area); without a layer of protected areas the ecological redline stands for a single grade, and that is said.',
  },
  source: 'Seed article L86 (Paris: 13 % under graded protection)',
  seed: ['S023', 'S024'],
  needs: ['protected'],
  uses: ['eco_redline', 'admin', 'landuse_plan', 'landuse_base'],
  parameters: {},
  detailTitles: {
    gradedM2: { zh: '分级保护面积', en: 'Graded protection', unit: 'ha' },
    studyAreaM2: { zh: '研究范围面积', en: 'Study area', unit: 'ha' },
    grades: { zh: '级别数', en: 'Grades', unit: 'count' },
    isGraded: { zh: '至少两个级别', en: 'Two grades at least' },
    byRedline: { zh: '以生态保护红线代替', en: 'The redline stands in' },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const work = draft(
      `标有级别的自然保护地（重叠只计一次）面积除以研究范围面积。${basis.zh}`,
      `Protected areas that state a grade (overlaps once) were divided by the study area. ${basis.en}`,
    )
    const source = protectionOf(plan)
    if (!source) return missing(work, NOTHING_PROTECTED, ['protected', 'eco_redline'])
    const area = studyArea(plan, 'whole')
    if (!area || area.areaM2 === 0)
      return missing(work, { zh: '无法确定研究范围。', en: 'The study area is unknown.' }, ['admin'])
    const { layer, gradeOf, byRedline } = source
    const grades = gradesOf(layer, gradeOf)
    const gradedM2 = coveredAreaM2(plan.geos, [layer], (feature) => gradeOf(feature) !== undefined, area.zone, 'graded')
    work.details = { gradedM2, studyAreaM2: area.areaM2, grades: grades.length, isGraded: grades.length > 1, byRedline }
    work.notes.push(...area.notes, ...(byRedline ? [REDLINE] : grades.length < 2 ? [ONE_GRADE] : []))
    if (byRedline) work.quality = { proxies: [REDLINE] }
    work.tables = [gradeTable(layer, gradeOf, grades, area, gradedM2)]
    Object.assign(
      work,
      topEvidence(
        layer,
        onlyWhere(tableAreasWithin(layer, area.zone), (feature) => gradeOf(feature) !== undefined),
        hectares,
      ),
    )
    return measured(work, gradedM2 / area.areaM2, 'ratio')
  },
  featuresOf(plan, _, { row }) {
    const source = protectionOf(plan)
    const area = studyArea(plan, 'whole')
    if (!source || !area) return []
    const { layer, gradeOf } = source
    return topEvidence(
      layer,
      onlyWhere(tableAreasWithin(layer, area.zone), (feature) => gradeOf(feature) === row),
      hectares,
    ).evidence
  },
  examples: [
    {
      title: 'two grades that overlap by half, and an area without a grade, in 100 ha',
      layers: {
        admin: [{ polygon: [box(0, 0, 1000, 1000)], attributes: { level: 'municipal' } }],
        protected: [
          { polygon: [box(0, 0, 200, 200)], attributes: { grade: '国家级' } },
          { polygon: [box(100, 0, 200, 200)], attributes: { grade: '省级' } },
          { polygon: [box(500, 500, 200, 200)] },
        ],
      },
      answer: 0.06,
      details: { gradedM2: 60_000, grades: 2, isGraded: true, byRedline: false },
    },
    {
      title: 'the redline stands for a single grade',
      layers: {
        admin: [{ polygon: [box(0, 0, 1000, 1000)], attributes: { level: 'municipal' } }],
        eco_redline: [{ polygon: [box(0, 0, 400, 500)] }],
      },
      answer: 0.2,
      details: { grades: 1, isGraded: false, byRedline: true },
    },
  ],
})

const NOTHING_PROTECTED: Bilingual = {
  zh: '没有自然保护地图层，也没有生态保护红线。',
  en: 'There is neither a layer of protected areas nor an ecological redline.',
}
const REDLINE: Bilingual = {
  zh: '没有自然保护地图层，以生态保护红线作为单一级别计算，未体现分级，须由审查人核对。',
  en: 'There is no layer of protected areas: the ecological redline stands for a single grade; that it is graded is for the reviewer to see.',
}
const ONE_GRADE: Bilingual = {
  zh: '自然保护地少于两个级别，未体现分级，须由审查人核对。',
  en: 'Protected areas state fewer than two grades: that protection is graded is for the reviewer to see.',
}

/** The row of the redline. */
const REDLINE_GRADE = 'redline'

interface Protection {
  layer: LayerColumns
  gradeOf: (feature: number) => string | undefined
  byRedline: boolean
}

function protectionOf(plan: PlanData): Protection | undefined {
  const areas = plan.layer('protected')
  if (areas && shapeCount(areas) > 0) {
    const gradeOf = (feature: number) =>
      hasShape(areas, feature) ? textAt(areas, 'grade', feature)?.trim() || undefined : undefined
    return { layer: areas, gradeOf, byRedline: false }
  }
  const redline = plan.layer('eco_redline')
  if (!redline || shapeCount(redline) === 0) return undefined
  return { layer: redline, gradeOf: (feature) => (hasShape(redline, feature) ? REDLINE_GRADE : undefined), byRedline: true }
}

const gradesOf = (layer: LayerColumns, gradeOf: Protection['gradeOf']): string[] =>
  [...new Set(Array.from(layer.fid, (_, feature) => gradeOf(feature)).filter((grade) => grade !== undefined))].toSorted()

function gradeTable(
  layer: LayerColumns,
  gradeOf: Protection['gradeOf'],
  grades: readonly string[],
  { zone }: StudyArea,
  gradedM2: number,
): ResultTable {
  const withinM2 = tableAreasWithin(layer, zone)
  const rows = grades.map((grade) => ({
    key: grade,
    title: grade === REDLINE_GRADE ? { zh: '生态保护红线', en: 'ecological redline' } : { zh: grade, en: grade },
    cells: [totalOf(withinM2, (feature) => gradeOf(feature) === grade)],
  }))
  return {
    id: 'grades',
    kind: 'classes',
    title: { zh: '各级别保护面积', en: 'Protection by grade' },
    rowTitle: { zh: '级别', en: 'Grade' },
    columns: [areaColumn('areaM2', '面积', 'Area')],
    rows,
    closure: {
      areaM2: closureOfAreas(
        rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0),
        gradedM2,
        ({ zh, en }) => ({ zh: `保护地相互重叠 ${zh}。`, en: `Protected areas overlap by ${en}.` }),
      ),
    },
  }
}
