import { NO_TEXT, textAt, type LayerColumns } from '../geo/columns.ts'
import { perLayer } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import { DETAILED_CONTROLS, isPlaceholder } from '../reference/detailed-controls.ts'
import type { Bilingual } from '../text.ts'
import { seenShare, unclassedNote } from './by-class.ts'
import { onlyWhere } from './amounts.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, measured, missing } from './outcomes.ts'
import { unitsAt } from './per-unit.ts'
import { topEvidence } from './top-evidence.ts'
import { hectares, percent } from './words.ts'

const NAMES = Object.fromEntries(DETAILED_CONTROLS.map(({ id, zh, en }) => [id, { zh, en }]))

/** How many of the four low-carbon controls the parcel table of a detailed plan really states. */
export const detailedPlanControls = defineIndicator({
  id: 'C07',
  version: 1,
  title: { zh: '详规控制指标', en: 'Detailed-plan controls' },
  unit: 'count',
  displayUnit: 'count',
  better: 'higher',
  formula: {
    zh: '混合比例、绿地率、绿色建筑标准、可再生能源要求四项中，按地块数和按面积填写率均达标（默认 95%）的项数。',
    en: 'Of mix ratio, green ratio, green-building standard and renewable energy: those stated for enough parcels (95 % by default), by count and by area.',
  },
  source: 'Seed article L220 (three controls of the implementation level); the fourth and the share are our default',
  seed: ['S070'],
  needs: ['landuse_plan'],
  uses: ['admin'],
  parameters: {
    filledShare: {
      default: 95,
      min: 50,
      max: 100,
      unit: 'percent',
      title: { zh: '填写率要求', en: 'Share of parcels that must state a control' },
      source: 'Domain rule C07 (95 %, interpolated)',
    },
  },
  detailTitles: {
    parcels: { zh: '应填写的地块', en: 'Parcels that should state them', unit: 'count' },
    areaM2: { zh: '其面积', en: 'Their area', unit: 'ha' },
    complete: { zh: '四项齐全的地块', en: 'Parcels that state all four', unit: 'count' },
    byUnit: { zh: '只核查已编详规的单元', en: 'Only units with a detailed plan were checked' },
    sharesByCount: { zh: '各项填写率（按地块数）', en: 'Share of parcels that state it', unit: 'percent', names: NAMES },
    sharesByArea: { zh: '各项填写率（按面积）', en: 'Share of area that states it', unit: 'percent', names: NAMES },
  },
  compute(plan, { filledShare }) {
    const wanted = percent(filledShare)
    const names = (lang: 'zh' | 'en') => DETAILED_CONTROLS.map((field) => field[lang]).join(lang === 'zh' ? '、' : ', ')
    const work = draft(
      `在规划地块中逐项核查${names('zh')}是否填写（只看应填写的地类；占位符视同未填），按地块数和按面积填写率均不低于 ${wanted.zh} 的计为一项。`,
      `Planned parcels were checked for ${names('en')} (only classes that should state them; placeholders count as empty); a control counts where at least ${wanted.en} of parcels and of area state it.`,
    )
    const parcels = plan.layer('landuse_plan')
    if (!parcels) {
      return missing(work, { zh: '没有规划用地用海图层。', en: 'There is no planned land-use layer.' }, ['landuse_plan'])
    }
    if (DETAILED_CONTROLS.every(({ id }) => parcels.attributes[id] === undefined)) {
      return missing(work, NO_FIELDS, ['landuse_plan'])
    }
    const checked = checkOf(parcels)
    if (checked.parcels === 0) return missing(work, NO_PARCELS, ['landuse_plan'])
    work.notes.push(...unclassedNote(parcels, '规划用地', 'planned land use'), ...(checked.byUnit ? [UNITS_ONLY] : []))
    const met = checked.fields.filter((field) => isMet(field, filledShare))
    const shares = (key: 'parcels' | 'areaM2') =>
      Object.fromEntries(checked.fields.map(({ id, filled, all }) => [id, all[key] > 0 ? filled[key] / all[key] : 0]))
    work.details = {
      parcels: checked.parcels,
      areaM2: checked.areaM2,
      complete: checked.complete,
      byUnit: checked.byUnit,
      sharesByCount: shares('parcels'),
      sharesByArea: shares('areaM2'),
    }
    const lackingM2 = onlyWhere(featureAreas(parcels), (parcel) => (checked.lacking[parcel] ?? 0) > 0)
    const evidence = topEvidence(parcels, lackingM2, (_, parcel) => lackNote(checked.lacking[parcel] ?? 0))
    const tables = [fieldTable(checked, filledShare), ...(checked.byUnit ? [unitsTable(plan, parcels, checked)] : [])]
    return measured({ ...work, ...evidence, tables, quality: { seenShare: seenShare(parcels) } }, met.length, 'count')
  },
  featuresOf(plan, _, place) {
    const parcels = plan.layer('landuse_plan')
    return parcels ? featuresBehind(parcels, place) : []
  },
  examples: [
    {
      title:
        '20 equal parcels: green ratio in all, mix ratio in 19 (95 %), green building in 18, renewables nowhere; the road needs none',
      layers: {
        landuse_plan: [
          ...Array.from({ length: 20 }, (_, at) => ({
            polygon: [box(100 * at, 0, 100, 100)],
            attributes: {
              class: '0701',
              greenRatio: 30,
              mixRatio: at < 19 ? '住宅80%商业20%' : '-',
              greenBuilding: at < 18 ? '二星级' : null,
              renewable: null,
            },
          })),
          { polygon: [box(0, 100, 2000, 100)], attributes: { class: '1207' } },
        ],
      },
      answer: 2,
      details: { parcels: 20, complete: 0, byUnit: false },
    },
    {
      title: 'nineteen small parcels of twenty state it, but the large one does not: by area it is not met',
      layers: {
        landuse_plan: Array.from({ length: 20 }, (_, at) => ({
          polygon: [box(1000 * at, 0, at === 0 ? 1000 : 100, 100)],
          attributes: { class: '0901', greenRatio: at === 0 ? null : 25 },
        })),
      },
      answer: 0,
      details: { areaM2: 290_000 },
    },
    {
      title: 'where parcels name their plan unit, only those with a detailed plan are asked',
      layers: {
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '0701', unit: 'A-01', greenRatio: 35, renewable: '光伏' } },
          { polygon: [box(100, 0, 100, 100)], attributes: { class: '0701', unit: null, greenRatio: null, renewable: null } },
        ],
      },
      answer: 2,
      details: { parcels: 1, byUnit: true },
    },
    {
      title: 'a parcel table without any of the fields says nothing',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 100, 100)], attributes: { class: '0701' } }] },
      answer: 'missing',
    },
  ],
})

const NO_FIELDS: Bilingual = {
  zh: '规划地块没有混合比例、绿地率、绿色建筑标准或可再生能源要求字段（或导入时未对应）。',
  en: 'The planned parcels have no field for mix ratio, green ratio, green building or renewable energy (or none was mapped on import).',
}
const NO_PARCELS: Bilingual = { zh: '没有应填写控制指标的地块。', en: 'No parcel should state these controls.' }
const UNITS_ONLY: Bilingual = {
  zh: '地块表填有单元编号：只核查填了单元编号（已编详细规划）的地块。',
  en: 'Parcels name their plan unit: only those with a unit number, that is with a detailed plan, were checked.',
}

interface Amount {
  parcels: number
  areaM2: number
}

interface FieldCheck {
  id: string
  title: Bilingual
  all: Amount
  filled: Amount
}

interface Check extends Amount {
  fields: FieldCheck[]
  /** Parcels that state everything they should. */
  complete: number
  byUnit: boolean
  /** For every parcel the fields that it should state and does not, one bit each; 0 also for parcels that need none. */
  lacking: Uint8Array
  /** For every parcel the fields that it should state, one bit each. */
  asked: Uint8Array
}

/** One pass over the parcels; texts and classes are looked at once each, by their codes. */
const checkOf = perLayer((parcels): Check => {
  const classes = parcels.attributes['class']
  const bitsOfClass = classes?.type === 'text' ? classes.dictionary.map(bitsAsked) : []
  const says = DETAILED_CONTROLS.map(({ id }) => speaking(parcels, id))
  const saysUnit = speaking(parcels, 'unit')
  const byUnit = parcels.fid.some((_, parcel) => saysUnit(parcel))
  const areas = featureAreas(parcels)
  const [asked, lacking] = [new Uint8Array(parcels.count), new Uint8Array(parcels.count)]
  const fields = DETAILED_CONTROLS.map(({ id, zh, en }): FieldCheck => ({
    id,
    title: { zh, en },
    all: nothing(),
    filled: nothing(),
  }))
  const whole = { ...nothing(), complete: 0 }
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const bits = classes?.type === 'text' ? (bitsOfClass[classes.codes[parcel] ?? NO_TEXT] ?? 0) : 0
    if (bits === 0 || (byUnit && !saysUnit(parcel))) continue
    const areaM2 = areas[parcel] ?? 0
    let lacks = 0
    for (let at = 0; at < fields.length; at += 1) {
      const field = fields[at]
      if (!field || (bits & (1 << at)) === 0) continue
      add(field.all, areaM2)
      if (says[at]?.(parcel) === true) add(field.filled, areaM2)
      else lacks |= 1 << at
    }
    asked[parcel] = bits
    lacking[parcel] = lacks
    add(whole, areaM2)
    if (lacks === 0) whole.complete += 1
  }
  return { fields, byUnit, lacking, asked, ...whole }
})

/** Which fields a class should state, one bit each. */
const bitsAsked = (code: string): number =>
  DETAILED_CONTROLS.reduce((bits, { classes }, at) => bits | (classes.some((prefix) => code.startsWith(prefix)) ? 1 << at : 0), 0)

const nothing = (): Amount => ({ parcels: 0, areaM2: 0 })

function add(amount: Amount, areaM2: number): void {
  amount.parcels += 1
  amount.areaM2 += areaM2
}

/** Whether a parcel states something in a field; each text is looked at once. */
function speaking(layer: LayerColumns, field: string): (feature: number) => boolean {
  const column = layer.attributes[field]
  if (column === undefined) return () => false
  if (column.type === 'number') return (feature) => !Number.isNaN(column.values[feature] ?? NaN)
  const says = column.dictionary.map((text) => !isPlaceholder(text))
  return (feature) => says[column.codes[feature] ?? NO_TEXT] ?? false
}

/** By count and by area; a hair of rounding does not make 95 % into less. */
const isMet = ({ all, filled }: FieldCheck, wanted: number): boolean =>
  all.parcels > 0 && (['parcels', 'areaM2'] as const).every((key) => filled[key] >= wanted * all[key] * (1 - 1e-9))

const namesOf = (bits: number, lang: 'zh' | 'en'): string =>
  DETAILED_CONTROLS.filter((_, at) => (bits & (1 << at)) !== 0)
    .map((field) => field[lang])
    .join(lang === 'zh' ? '、' : ', ')

const lackNote = (bits: number): Bilingual => ({ zh: `未填：${namesOf(bits, 'zh')}`, en: `not stated: ${namesOf(bits, 'en')}` })

const YES_NO = { true: { zh: '达标', en: 'met' }, false: { zh: '未达标', en: 'not met' } } as const

function fieldTable({ fields }: Check, wanted: number): ResultTable {
  return {
    id: 'fields',
    kind: 'list',
    title: { zh: '各项控制指标填写情况', en: 'How far each control is stated' },
    rowTitle: { zh: '控制指标', en: 'Control' },
    columns: [
      { key: 'all', title: { zh: '应填地块', en: 'Parcels asked' }, unit: 'count' },
      { key: 'filled', title: { zh: '已填地块', en: 'Stated' }, unit: 'count' },
      { key: 'lacking', title: { zh: '未填地块', en: 'Not stated' }, unit: 'count' },
      { key: 'byCount', title: { zh: '按地块数', en: 'By count' }, unit: 'percent' },
      { key: 'byArea', title: { zh: '按面积', en: 'By area' }, unit: 'percent' },
      { key: 'met', title: { zh: '结论', en: 'Result' }, unit: null },
    ],
    rows: fields.map((field) => {
      const { id, title, all, filled } = field
      const share = (key: keyof Amount) => (all[key] > 0 ? filled[key] / all[key] : null)
      const counts = [all.parcels, filled.parcels, all.parcels - filled.parcels]
      return { key: id, title, cells: [...counts, share('parcels'), share('areaM2'), YES_NO[`${isMet(field, wanted)}`]] }
    }),
  }
}

function addBits(counts: number[], bits: number): void {
  for (let at = 0; at < counts.length; at += 1) counts[at] = (counts[at] ?? 0) + ((bits >> at) & 1)
}

/** Plan units as parcels name them, with the share of parcels that state each control. */
function unitsTable(plan: PlanData, parcels: LayerColumns, { asked, lacking, parcels: whole }: Check): ResultTable {
  const column = parcels.attributes['unit']
  const names = column?.type === 'text' ? column.dictionary : []
  const counts = names.map(() => ({ parcels: 0, asked: DETAILED_CONTROLS.map(() => 0), lacking: DETAILED_CONTROLS.map(() => 0) }))
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const bits = asked[parcel] ?? 0
    const unit = bits > 0 && column?.type === 'text' ? counts[column.codes[parcel] ?? NO_TEXT] : undefined
    if (!unit) continue
    unit.parcels += 1
    addBits(unit.asked, bits)
    addBits(unit.lacking, lacking[parcel] ?? 0)
  }
  const units = names.map((name, at) => [name, counts[at]] as const)
  const admin = plan.layer('admin')
  const places = new Map(admin ? unitsAt(admin, 'unit').map(({ code, fid, title }) => [code, { fid, title }]) : [])
  const rows = units
    .flatMap(([name, unit]) => (unit && unit.parcels > 0 ? [[name, unit] as const] : []))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    id: 'byUnit',
    kind: 'units',
    title: { zh: '各单元填写率（按地块数）', en: 'Share of parcels that state each control, by unit' },
    rowTitle: { zh: '单元', en: 'Unit' },
    columns: [
      { key: 'parcels', title: { zh: '应填地块', en: 'Parcels asked' }, unit: 'count' },
      ...DETAILED_CONTROLS.map(({ id, zh, en }) => ({ key: id, title: { zh, en }, unit: 'percent' as const })),
    ],
    rows: rows.map(([name, unit]) => {
      const place = places.get(name)
      const shares = unit.asked.map((all, at) => (all > 0 ? 1 - (unit.lacking[at] ?? 0) / all : null))
      const titled = { key: name, title: place?.title ?? { zh: name, en: name }, cells: [unit.parcels, ...shares] }
      return place ? { ...titled, place: { layer: 'admin', fid: place.fid } } : titled
    }),
    closure: { parcels: { sum: rows.reduce((sum, [, unit]) => sum + unit.parcels, 0), whole } },
  }
}

/** Parcels that do not state what a figure counts; under "filled" and "all" those that do, or should. */
function featuresBehind(parcels: LayerColumns, { table, row, column = '' }: TablePlace) {
  const { asked, lacking } = checkOf(parcels)
  const field = DETAILED_CONTROLS.findIndex(({ id }) => id === (table === 'fields' ? row : column))
  const mask = field === -1 ? 0xff : 1 << field
  const amounts = featureAreas(parcels).map((areaM2, parcel) => {
    if (table === 'byUnit' && textAt(parcels, 'unit', parcel) !== row) return 0
    const should = (asked[parcel] ?? 0) & mask
    const lacks = (lacking[parcel] ?? 0) & mask
    const wanted =
      column === 'all' || column === 'parcels' ? should > 0 : column === 'filled' ? should > 0 && lacks === 0 : lacks > 0
    return wanted ? areaM2 : 0
  })
  return topEvidence(parcels, amounts, (areaM2, parcel) => {
    const lacks = (lacking[parcel] ?? 0) & mask
    return lacks > 0 ? lackNote(lacks) : hectares(areaM2)
  }).evidence
}
