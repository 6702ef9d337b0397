import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { hasShape, perLayer, shapeCount } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { formsOf, FORM_WORDS, type CorridorForm } from './corridor-axes.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { largestOf, topEvidence } from './top-evidence.ts'
import { wordedField } from './worded-field.ts'
import { areaBasis, hectares } from './words.ts'

const LEVELS: readonly Bilingual[] = [
  { zh: '1 自然保护区', en: '1 nature reserve' },
  { zh: '2 自然区域', en: '2 natural area' },
  { zh: '3 自然公园', en: '3 nature park' },
  { zh: '4 城市公园', en: '4 city park' },
  { zh: '5 社区花园', en: '5 community garden' },
]

/** What grades of protected areas say of the five levels. */
const GRADES = {
  reserve: ['reserve', 'national park', '国家公园', '自然保护区', '保护区'],
  park: ['nature park', 'natural park', '自然公园', '森林公园', '湿地公园', '地质公园', '风景名胜区'],
}

const GRADE_LEVELS = { reserve: 1, park: 3, none: 0 } as const

/** How many of the five levels of a green system the plan has. */
export const greenLevels = defineIndicator({
  id: 'N01',
  version: 1,
  title: { zh: '多层级绿地体系', en: 'Multi-level green system' },
  unit: 'count',
  displayUnit: 'count',
  better: 'higher',
  formula: {
    zh: '绿地图层中出现的公园层级数（1 自然保护区、2 自然区域、3 自然公园、4 城市公园、5 社区花园），未标层级的由自然保护地级别补充 1、3 级。',
    en: 'Levels that occur in the green layer (1 nature reserve, 2 natural area, 3 nature park, 4 city park, 5 community garden); grades of protected areas stand in for levels 1 and 3.',
  },
  source: 'Seed article L109 (five levels of Singapore) and L86 (rings, wedges and patches of Paris)',
  seed: ['S021', 'S029'],
  needs: ['green'],
  uses: ['protected', 'corridor'],
  parameters: {},
  detailTitles: {
    levels: { zh: '出现的层级', en: 'Levels present', unit: 'count' },
    unlevelled: { zh: '未标层级的绿地', en: 'Green spaces without a level', unit: 'count' },
    rings: { zh: '环状廊道', en: 'Rings', unit: 'count' },
    wedges: { zh: '楔状廊道', en: 'Wedges', unit: 'count' },
    patches: { zh: '斑块', en: 'Patches', unit: 'count' },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const work = draft(
      `统计绿地图层的公园层级（1–5），并以自然保护地级别补充第 1、3 级，数出现的层级。${basis.zh}`,
      `Levels 1 to 5 that occur in the green layer were counted; grades of protected areas stand in for levels 1 and 3. ${basis.en}`,
    )
    const green = plan.layer('green')
    const layers = levelledLayers(plan)
    if (layers.every(({ layer }) => shapeCount(layer) === 0)) return missing(work, NO_GREEN, ['green', 'protected'])
    if (layers.every(({ layer, levelOf }) => !some(layer, (feature) => levelOf(feature) > 0))) {
      return missing(work, NO_LEVELS, ['green.parkLevel', 'protected.grade'])
    }
    const sums = LEVELS.map((_, at) => sumsOf(layers, at + 1))
    const levels = sums.filter(({ count }) => count > 0).length
    const ofForm = (form: CorridorForm) => plan.layers('corridor').reduce((sum, layer) => sum + countOf(layer, form), 0)
    const levelsOfGreen = green && parkLevels(green)
    const unlevelled = green && levelsOfGreen ? numberOf(green, (feature) => levelsOfGreen[feature] === 0) : 0
    work.details = { levels, unlevelled, rings: ofForm('ring'), wedges: ofForm('wedge'), patches: ofForm('patch') }
    work.tables = [levelTable(sums), formTable(ofForm)]
    Object.assign(
      work,
      largestOf(
        layers.map(({ layer, levelOf }) =>
          topEvidence(
            layer,
            onlyWhere(featureAreas(layer), (feature) => levelOf(feature) > 0),
            hectares,
          ),
        ),
      ),
    )
    if (sums.some(({ standsIn }) => standsIn)) work.notes.push(BY_GRADE)
    return measured(work, levels, 'count')
  },
  featuresOf(plan, _, { table, row }) {
    if (table === 'forms') {
      const lists = plan.layers('corridor').map((layer) => {
        const formOf = formsOf(layer)
        const isOf = (feature: number) => hasShape(layer, feature) && formOf(feature) === row
        const areas = layer.kind === 'polygon' ? featureAreas(layer) : new Float64Array(layer.count).fill(1)
        return topEvidence(layer, onlyWhere(areas, isOf), layer.kind === 'polygon' ? hectares : () => FORM_WORDS.corridor)
      })
      return largestOf(lists).evidence
    }
    const lists = levelledLayers(plan).map(({ layer, levelOf }) =>
      topEvidence(
        layer,
        onlyWhere(featureAreas(layer), (feature) => String(levelOf(feature)) === row),
        hectares,
      ),
    )
    return largestOf(lists).evidence
  },
  examples: [
    {
      title: 'city parks and a garden in the green layer, a nature reserve among the protected areas: three levels',
      layers: {
        green: [
          { polygon: [box(0, 0, 200, 100)], attributes: { parkLevel: 4 } },
          { polygon: [box(300, 0, 100, 100)], attributes: { parkLevel: 4 } },
          { polygon: [box(500, 0, 50, 100)], attributes: { parkLevel: 5 } },
          { polygon: [box(700, 0, 50, 100)] },
        ],
        protected: [{ polygon: [box(0, 1000, 900, 900)], attributes: { grade: '国家级自然保护区' } }],
        corridor: [
          { polygon: [box(0, 500, 900, 100)], attributes: { form: 'ring' } },
          { polygon: [box(0, 2500, 100, 900)], attributes: { form: '绿楔' } },
        ],
      },
      answer: 3,
      details: { levels: 3, unlevelled: 1, rings: 1, wedges: 1, patches: 0 },
    },
    {
      title: 'green spaces that state no level',
      layers: { green: [{ polygon: [box(0, 0, 200, 100)] }] },
      answer: 'missing',
    },
  ],
})

const NO_GREEN: Bilingual = { zh: '没有绿地或自然保护地图层。', en: 'There is neither a green layer nor one of protected areas.' }
const NO_LEVELS: Bilingual = {
  zh: '绿地图层未标层级，自然保护地也未标级别。',
  en: 'The green layer states no levels, and protected areas state no grades.',
}
const BY_GRADE: Bilingual = {
  zh: '部分层级由自然保护地级别推定。',
  en: 'Some levels are taken from the grades of protected areas.',
}

interface Levelled {
  layer: LayerColumns
  /** 1 to 5; 0 where it states none. */
  levelOf: (feature: number) => number
}

/** Of every feature the level that it states; they are asked for a dozen times after every edit. */
const parkLevels = perLayer((layer) => {
  const levels = new Uint8Array(layer.count)
  for (let feature = 0; feature < layer.count; feature += 1) {
    const level = numberAt(layer, 'parkLevel', feature) ?? 0
    if (hasShape(layer, feature) && Number.isInteger(level) && level >= 1 && level <= LEVELS.length) levels[feature] = level
  }
  return levels
})

/** Polygons that state a level, the green layer first; protected areas stand for levels 1 and 3. */
function levelledLayers(plan: PlanData): Levelled[] {
  const green = plan.layers('green').map((layer): Levelled => {
    const levels = parkLevels(layer)
    return { layer, levelOf: (feature) => levels[feature] ?? 0 }
  })
  const graded = plan.layers('protected').map((layer): Levelled => {
    const gradeOf = wordedField<keyof typeof GRADES>(layer, 'grade', GRADES)
    const levelOf = (feature: number) => GRADE_LEVELS[gradeOf(feature) ?? 'none']
    return { layer, levelOf: (feature) => (hasShape(layer, feature) ? levelOf(feature) : 0) }
  })
  return [...green, ...graded]
}

const some = (layer: LayerColumns, test: (feature: number) => boolean): boolean => layer.fid.some((_, feature) => test(feature))

function numberOf(layer: LayerColumns, test: (feature: number) => boolean): number {
  let count = 0
  for (let feature = 0; feature < layer.count; feature += 1) if (hasShape(layer, feature) && test(feature)) count += 1
  return count
}

function countOf(layer: LayerColumns, form: CorridorForm): number {
  const formOf = formsOf(layer)
  return numberOf(layer, (feature) => formOf(feature) === form)
}

interface LevelSum {
  count: number
  areaM2: number
  standsIn: boolean
}

/** Number and area at a level; protected areas count only where the green layer has none of that level. */
function sumsOf(layers: readonly Levelled[], level: number): LevelSum {
  const sums = layers.map(({ layer, levelOf }) => ({
    standsIn: layer.role === 'protected',
    count: numberOf(layer, (feature) => levelOf(feature) === level),
    areaM2: totalOf(featureAreas(layer), (feature) => levelOf(feature) === level),
  }))
  return sums.find(({ count }) => count > 0) ?? { count: 0, areaM2: 0, standsIn: false }
}

function levelTable(sums: readonly LevelSum[]): ResultTable {
  return {
    id: 'levels',
    kind: 'list',
    title: { zh: '五级绿地', en: 'Five levels of green' },
    rowTitle: { zh: '层级', en: 'Level' },
    columns: [
      { key: 'count', title: { zh: '数量', en: 'Number' }, unit: 'count', drawn: 'not' },
      areaColumn('areaM2', '面积', 'Area'),
    ],
    rows: LEVELS.map((title, at) => ({ key: String(at + 1), title, cells: [sums[at]?.count ?? 0, sums[at]?.areaM2 ?? 0] })),
  }
}

function formTable(ofForm: (form: CorridorForm) => number): ResultTable {
  const forms = Object.keys(FORM_WORDS) as CorridorForm[]
  return {
    id: 'forms',
    kind: 'list',
    title: { zh: '环、楔、斑块、廊道', en: 'Rings, wedges, patches and corridors' },
    rowTitle: { zh: '形态', en: 'Form' },
    columns: [{ key: 'count', title: { zh: '数量', en: 'Number' }, unit: 'count' }],
    rows: forms.map((form) => ({ key: form, title: FORM_WORDS[form], cells: [ofForm(form)] })),
  }
}
