import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { continuity, widthsAlong } from '../network/along-axis.ts'
import { ofClass } from './by-class.ts'
import { corridorAxes, formsOf, runLengthM, type CorridorAxis } from './corridor-axes.ts'
import { corridorNeeds, type CorridorNeed } from './corridor-needs.ts'
import { gapLabel } from './gap-label.ts'
import type { PlanData } from './indicator.ts'
import { gapOf, isOpenClass, type WedgeGap } from './wedge-gaps.ts'

/** How widths of corridors are measured, m. */
export interface WidthRule {
  /** The width that a corridor needs which states neither function nor level. */
  otherwiseM: number
  stepM: number
  /** Shorter stretches that are too narrow are not listed. */
  shortestM: number
}

/** What N04 judges by unless told otherwise. */
export const WIDTH_RULE: WidthRule = { otherwiseM: 60, stepM: 50, shortestM: 100 }

/** A stretch of a corridor that is narrower than it needs to be. */
export interface NarrowStretch extends WedgeGap {
  need: CorridorNeed
  /** Least width of open ground on the stretch; 0 where the axis leaves it. */
  leastM: number
}

/** The same as N04's table lists it. */
export interface NumberedStretch extends NarrowStretch {
  /** Its name on maps and in tables: see `gapLabel`. */
  label: string
}

/** One corridor with its widths. */
export interface MeasuredCorridor {
  axis: CorridorAxis
  need: CorridorNeed
  lengthM: number
  widths: number[]
  /** Share of its length that is wide enough. */
  share: number
  stretches: NarrowStretch[]
}

/** How far widths are looked for, at least, m. */
const REACH_M = 500

/**
 * Widths along every corridor that is no patch: of open ground (planned land use and the green layer); without any, of the corridor
 * polygon itself, or as a line states it.
 */
export function measuredCorridors(plan: PlanData, rule: WidthRule): MeasuredCorridor[] {
  const parcels = plan.layer('landuse_plan')
  const open = parcels ? ofClass(parcels, isOpenClass) : () => false
  const ground = [...(parcels ? [parcels] : []), ...plan.layers('green')]
  const known = new Map(
    plan.layers('corridor').map((layer) => [layer, { form: formsOf(layer), need: corridorNeeds(layer, rule.otherwiseM) }]),
  )
  return corridorAxes(plan, (feature, layer) => known.get(layer)?.form(feature) !== 'patch').map((axis) => {
    const { layer, feature } = axis
    const need = known.get(layer)?.need(feature) ?? { widthM: rule.otherwiseM, why: null, isPrimary: undefined }
    if (ground.length === 0 && layer.kind === 'line') return asStated(axis, need)
    const on = ground.length > 0 ? ground : [layer]
    const select = (one: number, of: LayerColumns) => (of === parcels ? open(one) : of === layer ? one === feature : true)
    return measuredOn(axis, need, rule, { on, select, parcels, open })
  })
}

interface OnGround {
  on: readonly LayerColumns[]
  select: (feature: number, layer: LayerColumns) => boolean
  parcels: LayerColumns | undefined
  open: (parcel: number) => boolean
}

function measuredOn(axis: CorridorAxis, need: CorridorNeed, rule: WidthRule, ground: OnGround): MeasuredCorridor {
  const found: MeasuredCorridor = { axis, need, lengthM: 0, widths: [], share: 0, stretches: [] }
  let metM = 0
  for (const run of axis.runs) {
    const lengthM = runLengthM(run)
    const reachM = Math.max(REACH_M, need.widthM)
    const samples = widthsAlong(run, ground.on, { stepM: rule.stepM, reachM, select: ground.select })
    const { share, gaps } = continuity(samples, rule.stepM, need.widthM, rule.shortestM)
    found.lengthM += lengthM
    metM += share * lengthM
    found.widths.push(...samples.map(({ widthM }) => widthM))
    const across = { axis, samples, parcels: ground.parcels, isOpen: ground.open, widthM: need.widthM }
    found.stretches.push(
      ...gaps.map((gap) => {
        const leastM = Math.min(...gap.samples.map(({ widthM }) => widthM))
        return { ...gapOf(across, gap), need, leastM }
      }),
    )
  }
  found.share = found.lengthM > 0 ? metM / found.lengthM : 0
  return found
}

/** A line on no ground is as wide as it says, all along; without a word it says nothing. */
function asStated(axis: CorridorAxis, need: CorridorNeed): MeasuredCorridor {
  const stated = numberAt(axis.layer, 'widthM', axis.feature)
  const lengthM = axis.runs.reduce((sum, run) => sum + runLengthM(run), 0)
  const isWide = stated !== undefined && stated >= need.widthM
  return { axis, need, lengthM, widths: stated === undefined ? [] : [stated], share: isWide ? 1 : 0, stretches: [] }
}

/** The corridors whose width could be told. */
export const withWidths = (all: readonly MeasuredCorridor[]): MeasuredCorridor[] =>
  all.filter(({ lengthM, widths }) => lengthM > 0 && widths.length > 0)

/** The corridors that count: the primary ones; where none says of which level it is, all of them. */
export function countedCorridors(all: readonly MeasuredCorridor[]): { counted: MeasuredCorridor[]; byLevel: boolean } {
  const byLevel = all.some(({ need }) => need.isPrimary === true)
  return { counted: byLevel ? all.filter(({ need }) => need.isPrimary === true) : [...all], byLevel }
}

/**
 * Stretches of the corridors that count, numbered from 1 in the order of the corridors and then along their axes: the numbers of
 * N04's table. What other corridors lack comes after them.
 */
export function numberedStretches(all: readonly MeasuredCorridor[]): NumberedStretch[] {
  const { counted } = countedCorridors(all)
  const first = new Set(counted)
  const inOrder = [...counted, ...all.filter((one) => !first.has(one))].flatMap(({ stretches }) => stretches)
  return inOrder.map((stretch, at) => ({ ...stretch, label: gapLabel('corridor', at + 1) }))
}

/** Every stretch of a plan as N04's table lists and numbers it. */
export const listedStretches = (plan: PlanData, rule: WidthRule): NumberedStretch[] =>
  numberedStretches(withWidths(measuredCorridors(plan, rule)))
