import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import type { Select } from '../geo/overlay-area.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere } from './amounts.ts'
import { defineIndicator } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { wordedField } from './worded-field.ts'
import { areaBasis, hectares } from './words.ts'

/** The three ways of renaturing that the article names, and what says none of them. */
const MODES = {
  bioengineering: { zh: '生物工程修复', en: 'Bio-engineering' },
  stop: { zh: '停止干预', en: 'Stop of intervention' },
  spontaneous: { zh: '自然恢复', en: 'Spontaneous recovery' },
  none: { zh: '未注明方式', en: 'Mode not stated' },
} as const
type Mode = keyof typeof MODES
const MODE_WORDS = {
  bioengineering: ['bioengineering', 'bio-engineering', '生物工程', '工程修复'],
  stop: ['stop', 'stop of intervention', '停止干预', '停止'],
  spontaneous: ['spontaneous', '自然恢复', '自发'],
  none: [],
}

/** Share of needless paving that is to become nature again, with the way in which it will. */
export const depaving = defineIndicator({
  id: 'S05',
  version: 1,
  title: { zh: '去硬化再自然化', en: 'Depaving & renaturation' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(规划再自然化且注明方式的非必要硬化场地) ÷ A(非必要硬化场地)。',
    en: 'A(needless paving to be renatured, with its mode) ÷ A(needless paving).',
  },
  source: 'Seed article L180 (ZAN path 2: bio-engineering, stop of intervention, spontaneous recovery), L238',
  seed: ['S058', 'S079'],
  needs: ['depaving'],
  uses: [],
  parameters: {},
  detailTitles: {
    potentialM2: { zh: '潜力面积', en: 'Potential', unit: 'ha' },
    renaturedM2: { zh: '规划再自然化且注明方式', en: 'To be renatured, with mode', unit: 'ha' },
    withoutModeM2: { zh: '规划再自然化但未注明方式（未计入）', en: 'To be renatured, mode not stated (not counted)', unit: 'ha' },
    sites: { zh: '场地数', en: 'Places', unit: 'count' },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const work = draft(
      `规划再自然化且注明方式（生物工程、停止干预、自然恢复）的场地面积，除以全部非必要硬化场地面积。${basis.zh}`,
      `Places to be renatured that state a mode (bio-engineering, stop of intervention, spontaneous recovery) were divided by all needless paving. ${basis.en}`,
    )
    const sites = plan.layer('depaving')
    const potentialM2 = sites ? sumOfAreas(sites) : 0
    if (!sites || potentialM2 === 0) {
      const why = {
        zh: '没有可去硬化场地图层；不以地类推测。',
        en: 'There is no layer of needless paving, and classes are no guess of it.',
      }
      return missing(work, why, ['depaving'])
    }
    const isCounted = counted(sites)
    const renaturedM2 = sumOfAreas(sites, isCounted)
    const withoutModeM2 = sumOfAreas(sites, (site) => isRenatured(sites, site) && !isCounted(site))
    work.details = { potentialM2, renaturedM2, withoutModeM2, sites: shapeCount(sites) }
    if (withoutModeM2 > 0) work.notes.push(NO_MODE)
    work.tables = [modeTable(sites), kindTable(sites)]
    Object.assign(work, topEvidence(sites, onlyWhere(featureAreas(sites), isCounted), hectares))
    return measured(work, renaturedM2 / potentialM2, 'ratio')
  },
  featuresOf(plan, _, { table, row, column }) {
    const sites = plan.layer('depaving')
    if (!sites) return []
    const isCounted = counted(sites)
    const modeOf = wordedField<Mode>(sites, 'mode', MODE_WORDS)
    const isOfRow: Select =
      table === 'byMode'
        ? (site) => isRenatured(sites, site) && (modeOf(site) ?? 'none') === row
        : (site) => (textAt(sites, 'kind', site) ?? '') === row && (column === 'potentialM2' || isCounted(site))
    return topEvidence(sites, onlyWhere(featureAreas(sites), isOfRow), hectares).evidence
  },
  examples: [
    {
      title: '2 ha of needless paving: half a hectare of car park bio-engineered, as much of a campus without a mode',
      layers: {
        depaving: [
          { polygon: [box(0, 0, 50, 100)], attributes: { kind: '停车场', renatured: true, mode: 'bioengineering' } },
          { polygon: [box(50, 0, 50, 100)], attributes: { kind: '校园', renatured: true, mode: null } },
          { polygon: [box(100, 0, 100, 100)], attributes: { kind: '停车场', renatured: false, mode: null } },
        ],
      },
      answer: 0.25,
      details: { potentialM2: 20_000, renaturedM2: 5000, withoutModeM2: 5000, sites: 3 },
    },
    {
      title: 'modes are understood in Chinese, and nothing is counted that is not to be renatured',
      layers: {
        depaving: [
          { polygon: [box(0, 0, 100, 100)], attributes: { kind: '广场', renatured: true, mode: '停止干预' } },
          { polygon: [box(100, 0, 100, 100)], attributes: { kind: '广场', renatured: true, mode: '自然恢复为主' } },
          { polygon: [box(200, 0, 200, 100)], attributes: { kind: '厂区', renatured: false, mode: 'spontaneous' } },
        ],
      },
      answer: 0.5,
    },
  ],
})

const NO_MODE: Bilingual = {
  zh: '部分再自然化场地未注明方式，未计入。',
  en: 'Some places to be renatured state no mode and were not counted.',
}

const isRenatured = (sites: LayerColumns, site: number): boolean => numberAt(sites, 'renatured', site) === 1

function counted(sites: LayerColumns): Select {
  const modeOf = wordedField<Mode>(sites, 'mode', MODE_WORDS)
  return (site) => isRenatured(sites, site) && modeOf(site) !== undefined
}

function modeTable(sites: LayerColumns): ResultTable {
  const modeOf = wordedField<Mode>(sites, 'mode', MODE_WORDS)
  const rows = (Object.keys(MODES) as Mode[]).map((mode) => ({
    key: mode,
    title: MODES[mode],
    cells: [sumOfAreas(sites, (site) => isRenatured(sites, site) && (modeOf(site) ?? 'none') === mode)],
  }))
  return {
    id: 'byMode',
    kind: 'classes',
    title: { zh: '再自然化面积按方式', en: 'Land to be renatured by mode' },
    rowTitle: { zh: '方式', en: 'Mode' },
    columns: [areaColumn('areaM2', '面积', 'Area')],
    rows,
    closure: {
      areaM2: {
        sum: rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0),
        whole: sumOfAreas(sites, (site) => isRenatured(sites, site)),
      },
    },
  }
}

/** By kind of place, as the source calls it. */
function kindTable(sites: LayerColumns): ResultTable {
  const column = sites.attributes['kind']
  const kinds = [...(column?.type === 'text' ? column.dictionary : []), '']
  const isCounted = counted(sites)
  const rows = kinds.flatMap((kind) => {
    const isKind = (site: number) => (textAt(sites, 'kind', site) ?? '') === kind
    const potential = sumOfAreas(sites, isKind)
    if (potential === 0) return []
    const done = sumOfAreas(sites, (site) => isKind(site) && isCounted(site))
    const title = kind === '' ? { zh: '未注明类型', en: 'Kind not stated' } : { zh: kind, en: kind }
    return [{ key: kind, title, cells: [potential, done, done / potential] }]
  })
  return {
    id: 'byKind',
    kind: 'classes',
    title: { zh: '按场地类型', en: 'By kind of place' },
    rowTitle: { zh: '场地类型', en: 'Kind of place' },
    columns: [
      areaColumn('potentialM2', '潜力面积', 'Potential'),
      areaColumn('renaturedM2', '再自然化（注明方式）', 'To be renatured, with mode'),
      { key: 'share', title: { zh: '占比', en: 'Share' }, unit: 'percent' },
    ],
    rows,
    closure: {
      potentialM2: { sum: rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0), whole: sumOfAreas(sites) },
    },
  }
}
