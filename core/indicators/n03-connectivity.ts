import type { LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { Bilingual } from '../text.ts'
import { seenShare, unclassedNote } from './by-class.ts'
import { habitatImportances, habitatState, ruleFor, type HabitatRule, type HabitatState } from './habitat.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { missingLinks, onTheWay } from './missing-links.ts'
import {
  biggestMember,
  linkTable,
  missingLinkTable,
  patchTable,
  patchTitle,
  shownLinks,
  shownPatches,
  stateTable,
} from './n03-tables.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { studyArea } from './study-area.ts'
import { onlyWhere } from './amounts.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares, metres, percent } from './words.ts'

/** How the equivalent connected area of habitat changes from the base year to the plan. */
export const connectivityChange = defineIndicator({
  id: 'N03',
  version: 1,
  title: { zh: '生态连接度变化', en: 'Connectivity change' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'dECA＝(ECA规划 − ECA现状) ÷ ECA现状；ECA＝√(Σi Σj ai·aj·p*ij)，p＝exp(−k·d)，中位扩散距离处 p＝0.5，d 为斑块边缘间直线距离；与生境面积变化 dA 对照。',
    en: 'dECA = (ECA plan − ECA base) ÷ ECA base; ECA = √(Σi Σj ai·aj·p*ij), p = exp(−k·d), p = 0.5 at the median dispersal distance, d edge to edge in a straight line; set beside the change of habitat area dA.',
  },
  source:
    'Saura & Pascual-Hortal 2007 (PC); Saura et al. 2011 (ECA, dECA against dA); Saura & Rubio 2010 (parts of dPC); levels interpolated',
  seed: ['S078', 'S080'],
  isSlow: true,
  needs: ['landuse_base', 'landuse_plan'],
  uses: ['admin', 'corridor', 'green'],
  parameters: {
    medianDispersalM: {
      default: 1000,
      min: 50,
      max: 50_000,
      unit: 'm',
      title: { zh: '物种扩散距离中位数', en: 'Median dispersal distance' },
      source: 'Domain rule N03: 500 m, 1 km or 5 km by species (interpolated)',
    },
    minimumPatchHa: {
      default: 1,
      min: 0.01,
      max: 1000,
      unit: 'ha',
      title: { zh: '最小生境斑块', en: 'Smallest patch of habitat' },
      source: 'Interpolated by this project',
    },
  },
  detailTitles: {
    ecaBaseM2: { zh: '现状等效连接面积 ECA', en: 'Equivalent connected area, base', unit: 'ha' },
    ecaPlanM2: { zh: '规划等效连接面积 ECA', en: 'Equivalent connected area, plan', unit: 'ha' },
    areaBaseM2: { zh: '现状生境面积（计入的斑块）', en: 'Habitat, base (patches counted)', unit: 'ha' },
    areaPlanM2: { zh: '规划生境面积（计入的斑块）', en: 'Habitat, plan (patches counted)', unit: 'ha' },
    dArea: { zh: '生境面积变化 dA', en: 'Change of habitat area dA', unit: 'percent' },
    betterPlaced: { zh: '连接度变化优于面积变化（布局合理）', en: 'Connectivity gains more than area (well placed)' },
    minimumPatchM2: { zh: '实际采用的最小斑块', en: 'Smallest patch in use', unit: 'ha' },
    componentsBase: { zh: '现状网络组分', en: 'Components, base', unit: 'count' },
    componentsPlan: { zh: '规划网络组分', en: 'Components, plan', unit: 'count' },
  },
  compute(plan, parameters) {
    const asked = ruleOf(parameters)
    const [median, smallest] = [metres(asked.medianM), hectares(asked.minimumM2)]
    const basis = areaBasis(plan.basis)
    const work = draft(
      `把生态用地与绿地中相连的地块合为生境斑块（不小于 ${smallest.zh}），按边缘直线距离与各自最近的 12 个斑块相连（中位扩散距离 ${median.zh}，概率低于 0.01 的不连），比较规划与现状的等效连接面积。${basis.zh}`,
      `Adjoining parcels of ecological land and green space were joined into patches (at least ${smallest.en}), each linked with its 12 nearest by straight distance from edge to edge (median dispersal ${median.en}; none below a probability of 0.01), and the equivalent connected area of the plan was compared with the base year. ${basis.en}`,
    )
    const states = statesOf(plan, asked)
    if (!states) return missing(work, NO_STATES, ['landuse_base', 'landuse_plan'])
    const { base, planned, rule, parcels } = states
    if (base.figures.ecaM2 === 0) return missing(work, NO_HABITAT, ['landuse_base'])
    work.notes.push(...unclassedNote(parcels, '规划用地', 'planned land use'))
    if (rule.minimumM2 > asked.minimumM2) work.notes.push(raised(hectares(rule.minimumM2)))
    const change = planned.figures.ecaM2 / base.figures.ecaM2 - 1
    const dArea = planned.usedM2 / base.usedM2 - 1
    work.details = {
      ecaBaseM2: base.figures.ecaM2,
      ecaPlanM2: planned.figures.ecaM2,
      areaBaseM2: base.usedM2,
      areaPlanM2: planned.usedM2,
      dArea,
      betterPlaced: change > dArea,
      minimumPatchM2: rule.minimumM2,
      componentsBase: base.figures.components,
      componentsPlan: planned.figures.components,
    }
    const worth = habitatImportances(planned.network, rule)
    const mendings = missingLinks(plan, planned.network, rule)
    work.tables = [
      stateTable(base, planned),
      patchTable(parcels, planned.network, worth),
      linkTable(parcels, planned.network, worth),
      missingLinkTable(parcels, planned.network, mendings),
    ]
    work.quality = { distance: 'straight', seenShare: Math.min(seenOf(base), seenOf(planned), seenShare(parcels)) }
    work.evidence = patchEvidence(parcels, planned, rule)
    return measured(work, change, 'ratio')
  },
  featuresOf(plan, parameters, { table, row }) {
    const states = statesOf(plan, ruleOf(parameters))
    if (!states) return []
    const { base, planned, rule, parcels } = states
    const { network } = planned
    const behind = (layer: LayerColumns, features: Iterable<number>) => {
      const chosen = new Set(features)
      return topEvidence(
        layer,
        onlyWhere(featureAreas(layer), (feature) => chosen.has(feature)),
        hectares,
      ).evidence
    }
    if (table === 'states') {
      const layer = row === 'base' ? states.before : parcels
      return behind(layer, (row === 'base' ? base : planned).network.members.flat())
    }
    const worth = habitatImportances(network, rule)
    if (table === 'patches') return behind(parcels, network.members[shownPatches(worth)[Number(row) - 1] ?? -1] ?? [])
    if (table === 'links') {
      const link = network.links[shownLinks(worth)[Number(row) - 1] ?? -1]
      return link ? behind(parcels, [...(network.members[link.from] ?? []), ...(network.members[link.to] ?? [])]) : []
    }
    const found = missingLinks(plan, network, rule)[Number(row) - 1]
    return found ? behind(parcels, onTheWay(parcels, network, found.gap).parcels) : []
  },
  examples: [
    {
      title: 'two woods of 10 ha, 1,000 m apart: p = ½; the plan adds one of 10 ha that touches the first',
      layers: {
        landuse_base: [
          { polygon: [box(0, 0, 1000, 100)], attributes: { class: '0301' } },
          { polygon: [box(2000, 0, 1000, 100)], attributes: { class: '0301' } },
        ],
        landuse_plan: [
          { polygon: [box(0, 0, 1000, 100)], attributes: { class: '0301' } },
          { polygon: [box(0, 100, 1000, 100)], attributes: { class: '1401' } },
          { polygon: [box(2000, 0, 1000, 100)], attributes: { class: '0301' } },
          { polygon: [box(1000, 0, 1000, 100)], attributes: { class: '0701' } },
        ],
      },
      // √(20² + 10² + 2·20·10·½) ÷ √(10² + 10² + 2·10·10·½) − 1 = √700 ÷ √300 − 1
      answer: Math.sqrt(7 / 3) - 1,
      details: { areaBaseM2: 200_000, areaPlanM2: 300_000, dArea: 0.5, betterPlaced: true, componentsPlan: 1 },
    },
    {
      title: 'a wood is built over: less area, less connection; a copse of 1,000 m² is too small to count',
      layers: {
        landuse_base: [
          { polygon: [box(0, 0, 200, 100)], attributes: { class: '0301' } },
          { polygon: [box(200, 0, 200, 100)], attributes: { class: '0401' } },
          { polygon: [box(900, 0, 10, 100)], attributes: { class: '0301' } },
        ],
        landuse_plan: [
          { polygon: [box(0, 0, 200, 100)], attributes: { class: '0301' } },
          { polygon: [box(200, 0, 200, 100)], attributes: { class: '1001' } },
        ],
      },
      answer: -0.5,
      details: { dArea: -0.5, betterPlaced: false, componentsBase: 1 },
    },
    {
      title: 'no habitat to begin with',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '0701' } }],
        landuse_plan: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '1401' } }],
      },
      answer: 'missing',
    },
  ],
})

const NO_STATES: Bilingual = {
  zh: '需要现状和规划两期用地才能比较连接度。',
  en: 'Connectivity is compared between base-year and planned land use; both are needed.',
}
const NO_HABITAT: Bilingual = {
  zh: '现状没有达到最小面积的生境斑块，变化率无从计算。',
  en: 'The base year has no patch of habitat that is large enough: there is nothing to compare with.',
}
const raised = (size: Bilingual): Bilingual => ({
  zh: `斑块过多，只计入不小于 ${size.zh} 的斑块（两期一致）；所见面积占比见数据质量。`,
  en: `There are too many patches: only those of at least ${size.en} were counted, in both years; the share of habitat seen is stated.`,
})

const ruleOf = ({
  medianDispersalM,
  minimumPatchHa,
}: Readonly<Record<'medianDispersalM' | 'minimumPatchHa', number>>): HabitatRule => ({
  medianM: medianDispersalM,
  minimumM2: minimumPatchHa,
})

const seenOf = ({ usedM2, network }: HabitatState): number => (network.wholeM2 > 0 ? usedM2 / network.wholeM2 : 1)

/** Both states of the land read by one rule; undefined where one is not given. */
function statesOf(plan: PlanData, asked: HabitatRule) {
  const [before, parcels] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
  if (!before || !parcels || shapeCount(before) === 0 || shapeCount(parcels) === 0) return undefined
  const rule = ruleFor(plan.geos, [before, parcels], asked)
  const landscapeM2 = studyArea(plan, 'whole')?.areaM2 ?? 0
  const state = (layer: LayerColumns) => habitatState(plan.geos, layer, rule, landscapeM2)
  return { before, parcels, rule, base: state(before), planned: state(parcels) }
}

/** The patches that carry most of the planned network, each by its largest parcel; the value is its share of PC. */
function patchEvidence(parcels: LayerColumns, { network }: HabitatState, rule: HabitatRule): EvidenceFeature[] {
  const worth = habitatImportances(network, rule)
  return largestFirst(
    shownPatches(worth).map((patch) => {
      const value = (worth.patches.dPc[patch] ?? 0) / 100
      const [title, size, share] = [patchTitle(patch), hectares(network.areaM2[patch] ?? 0), percent(value)]
      const note = {
        zh: `${title.zh}（${size.zh}），失去它 PC 降低 ${share.zh}`,
        en: `${title.en} (${size.en}): without it PC falls by ${share.en}`,
      }
      return { layer: 'landuse_plan', fid: parcels.fid[biggestMember(parcels, network, patch)] ?? 0, value, note }
    }),
  )
}
