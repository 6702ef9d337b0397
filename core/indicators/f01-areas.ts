import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { layerBuilder } from '../geo/build.ts'
import { hasShape, shapeCount } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { linesWithin } from '../geo/lines-within.ts'
import { areasWithin } from '../geo/overlay-area.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { COMPARISONS, CRITERION_IDS, OPPORTUNITY, type CriterionId } from '../opportunity/criteria.ts'
import { findOpportunityAreas, type FoundAreas, type OpportunityRule, type ScoreCard } from '../opportunity/find-areas.ts'
import { isMainRoad, type Chosen, type SiteGround } from '../opportunity/site-cells.ts'
import { inGroup } from './by-class.ts'
import { corridorGaps, type CorridorGap, type CorridorGaps } from './corridor-gaps.ts'
import type { PlanData } from './indicator.ts'
import { wordedField } from './worded-field.ts'

/** Control lines and reserves that an area must keep off, told from each other in tables. */
export const KEEP_OFF = ['pbf', 'eco_redline', 'protected'] as const

/** How stock land is worded. */
export const STOCK_KINDS = {
  idle: ['idle', 'vacant', '闲置', '空闲', '批而未供', '供而未用'],
  inefficient: ['inefficient', 'underused', '低效'],
} as const

/** Parameters of F01 in base units. */
export type AreaParameters = Readonly<
  Record<
    | 'unitOfAnalysis'
    | 'opportunityCellM'
    | 'weighting'
    | 'ranking'
    | 'opportunityCut'
    | 'leastStockShare'
    | 'leastAreaHa'
    | 'weightChange'
    | 'coveredShare'
    | WeightName,
    number
  >
>

/** The weight of each criterion is a parameter. */
export const WEIGHT_NAMES = {
  stock: 'weightStock',
  centre: 'weightCentre',
  rail: 'weightRail',
  road: 'weightRoad',
  inefficiency: 'weightInefficiency',
  green: 'weightGreen',
  tenure: 'weightTenure',
  hazard: 'weightHazard',
} as const satisfies Record<CriterionId, string>
type WeightName = (typeof WEIGHT_NAMES)[CriterionId]

/** One submitted area and what is known of it. */
export interface SubmittedArea {
  feature: number
  areaM2: number
  card: ScoreCard | undefined
  /** Exact overlap with control lines and reserves, m²; lines that overlap count each. It fails the gate. */
  keepOffM2: number
  /** On water: no gate for what is submitted, since areas may take in a river. */
  waterM2: number
  corridorM2: number
  /** In zones of high hazard, m²: fails the gate as well. */
  hazardM2: number
  /** Corridor gaps that lie in it, with the length inside. */
  gaps: { gap: CorridorGap; insideM: number }[]
  /** Share of it inside proposed areas. */
  proposedShare: number
  verdict: 'passes' | 'gate' | 'below' | 'unknown'
}

export interface AreasOfPlan {
  found: FoundAreas | undefined
  areas: LayerColumns | undefined
  submitted: SubmittedArea[]
  /** Of every proposed area the share that submitted areas cover, and the corridor gaps in it. */
  coveredShare: number[]
  proposedGaps: SubmittedArea['gaps'][]
  gaps: CorridorGaps
  /** Proposed areas as polygons, one feature each. */
  proposedLayer: LayerColumns | undefined
}

const polygons = (layers: readonly LayerColumns[]): LayerColumns[] => layers.filter(({ kind }) => kind === 'polygon')

/** Proposed and submitted opportunity areas of a plan, by one rule. */
export function areasOfPlan(plan: PlanData, parameters: AreaParameters): AreasOfPlan {
  const areas = polygons(plan.layers('opportunity_area'))[0]
  const stock = polygons(plan.layers('stock'))[0]
  const base = plan.layer('landuse_base')
  const water: Chosen[] = [
    ...polygons(plan.layers('water')).map((layer) => ({ layer })),
    ...(base ? [{ layer: base, select: inGroup(base, 'water') }] : []),
  ]
  const lines = KEEP_OFF.flatMap((role) => polygons(plan.layers(role)))
  const hazards = polygons(plan.layers('hazard')).map(hazardOf)
  const closed = hazards.map(({ layer, isClosed }): Chosen => ({ layer, select: isClosed }))
  const ground: SiteGround = {
    stock,
    kindOf: stock ? wordedField(stock, 'kind', STOCK_KINDS) : () => undefined,
    excluded: [...lines.map((layer) => ({ layer })), ...closed, ...water],
    built: base ? { layer: base, select: inGroup(base, 'construction') } : undefined,
    tenureOf: stock && tenureOf(stock),
    hazards,
    unite: (parts) => plan.geos.uniteParts(parts),
  }
  const around = {
    centres: plan.layers('centre'),
    stations: plan.layers('rail_station').map((layer) => ({ layer })),
    roads: plan.layers('road_network').map((layer) => ({ layer, select: isMainRoad(layer) })),
    green: polygons(plan.layers('green')).map((layer) => ({ layer })),
  }
  const gaps = corridorGaps(plan)
  const found = findOpportunityAreas(ground, around, areas ? [areas] : [], ruleOf(parameters))
  const proposedLayer = found && stock ? layerOf(found, stock) : undefined
  return {
    found,
    areas,
    submitted: areas ? submittedAreas({ plan, areas, found, proposedLayer, lines, closed, water, gaps }, parameters) : [],
    coveredShare: proposedLayer ? covered(plan, proposedLayer, areas) : [],
    proposedGaps: proposedLayer ? gapsInside(gaps, proposedLayer) : [],
    gaps,
    proposedLayer,
  }
}

/** How simply stock land is owned, where the plan says anything of it. */
function tenureOf(stock: LayerColumns): ((feature: number) => number) | undefined {
  if (!stock.attributes['tenure'] && !stock.attributes['owners']) return undefined
  const { single, collective, mixed, unstated } = OPPORTUNITY.tenure
  const figures = { single: single.figure, collective: collective.figure, mixed: mixed.figure }
  const kindOf = wordedField(stock, 'tenure', { single: single.words, collective: collective.words, mixed: mixed.words })
  return (feature) => {
    const [kind, owners] = [kindOf(feature), numberAt(stock, 'owners', feature)]
    return kind ? figures[kind] : owners !== undefined && owners >= 1 ? 1 / owners : unstated
  }
}

/** How bad every hazard zone is, and whether it may hold an area at all. */
export function hazardOf(layer: LayerColumns) {
  const { high, medium, low, unstated } = OPPORTUNITY.hazard
  const levels = { high, medium, low }
  const levelOf = wordedField(layer, 'level', { high: high.words, medium: medium.words, low: low.words })
  const known = (feature: number) => {
    const level = levelOf(feature)
    return level && levels[level]
  }
  return {
    layer,
    severityOf: (feature: number) => known(feature)?.severity ?? unstated,
    isClosed: (feature: number) => known(feature)?.closed ?? false,
  }
}

/** Of every feature of a layer the corridor gaps that lie in it, with the length inside. */
function gapsInside({ gaps, lines }: CorridorGaps, layer: LayerColumns): SubmittedArea['gaps'][] {
  const found = Array.from({ length: layer.count }, (): SubmittedArea['gaps'] => [])
  if (!lines) return found
  linesWithin(lines, layer, (line, feature, insideM) => {
    const gap = gaps[line]
    if (gap && insideM > 0) found[feature]?.push({ gap, insideM })
  })
  return found
}

function ruleOf(parameters: AreaParameters): OpportunityRule {
  const own = Object.fromEntries(CRITERION_IDS.map((id) => [id, parameters[WEIGHT_NAMES[id]]])) as Record<CriterionId, number>
  const equal = Object.fromEntries(CRITERION_IDS.map((id) => [id, 1])) as Record<CriterionId, number>
  const weights = parameters.weighting >= 1.5 ? equal : own
  return {
    unit: parameters.unitOfAnalysis >= 0.5 ? 'parcels' : 'cells',
    cellM: parameters.opportunityCellM,
    weighting: Math.round(parameters.weighting) === 1 ? { kind: 'compared', matrix: COMPARISONS } : { kind: 'own', weights },
    ranking: parameters.ranking >= 1 ? 'topsis' : 'sum',
    cut: parameters.opportunityCut,
    leastStockShare: parameters.leastStockShare,
    leastAreaM2: parameters.leastAreaHa,
    weightChange: parameters.weightChange,
  }
}

function layerOf(found: FoundAreas, { frame }: LayerColumns): LayerColumns | undefined {
  if (found.proposed.length === 0) return undefined
  const builder = layerBuilder({ role: 'opportunity_area', name: 'proposed', kind: 'polygon', frame }, {}, 0.001)
  for (const { rank, outline } of found.proposed) builder.add(rank, outline, {})
  return builder.finish('')
}

function covered(plan: PlanData, proposed: LayerColumns, areas: LayerColumns | undefined): number[] {
  const wholeM2 = featureAreas(proposed)
  const insideM2 = areas && shapeCount(areas) > 0 ? areasWithin(proposed, plan.geos.union(areas)) : undefined
  return Array.from(wholeM2, (whole, at) => Math.min(1, (insideM2?.[at] ?? 0) / whole))
}

interface Submission {
  plan: PlanData
  areas: LayerColumns
  found: FoundAreas | undefined
  proposedLayer: LayerColumns | undefined
  lines: readonly LayerColumns[]
  /** Zones of high hazard. */
  closed: readonly Chosen[]
  water: readonly Chosen[]
  gaps: CorridorGaps
}

/** Below it an overlap comes of rounding. */
const TOUCH_M2 = 1

function submittedAreas(
  { plan, areas, found, proposedLayer, lines, closed, water, gaps }: Submission,
  { opportunityCut }: AreaParameters,
): SubmittedArea[] {
  const wholeM2 = featureAreas(areas)
  const onLines = lines.map((line) => tableAreasWithin(areas, line))
  const inWater = water.map(({ layer, select }) => areasWithin(areas, layer, select && { b: select }))
  const inCorridors = polygons(plan.layers('corridor')).map((layer) => tableAreasWithin(areas, layer))
  const inHazard = closed.map(({ layer, select }) => areasWithin(areas, layer, select && { b: select }))
  const onGaps = gapsInside(gaps, areas)
  const inProposed = proposedLayer ? areasWithin(areas, proposedLayer) : undefined
  const sum = (lists: readonly Float64Array[], feature: number) => lists.reduce((total, list) => total + (list[feature] ?? 0), 0)
  return Array.from(areas.fid.keys())
    .filter((feature) => hasShape(areas, feature))
    .map((feature) => {
      const card = found?.scoreOf(areas, feature)
      const areaM2 = wholeM2[feature] ?? 0
      const [keepOffM2, hazardM2] = [sum(onLines, feature), sum(inHazard, feature)]
      const passes = card && card.score >= opportunityCut
      return {
        feature,
        areaM2,
        card,
        keepOffM2,
        hazardM2,
        gaps: onGaps[feature] ?? [],
        waterM2: sum(inWater, feature),
        corridorM2: sum(inCorridors, feature),
        proposedShare: areaM2 > 0 ? Math.min(1, (inProposed?.[feature] ?? 0) / areaM2) : 0,
        verdict: keepOffM2 + hazardM2 > TOUCH_M2 ? 'gate' : card === undefined ? 'unknown' : passes ? 'passes' : 'below',
      }
    })
}

/** A submitted area's name, or its number. */
export function areaTitle(areas: LayerColumns, feature: number): { zh: string; en: string } {
  const name = textAt(areas, 'name', feature)
  const fid = areas.fid[feature] ?? feature
  return name === undefined ? { zh: `机遇地区 ${fid}`, en: `opportunity area ${fid}` } : { zh: name, en: name }
}
