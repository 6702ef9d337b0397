import { layerBuilder } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { continuity, widthsAlong, type AxisGap, type AxisSample } from '../network/along-axis.ts'
import type { Bilingual } from '../text.ts'
import { ofClass } from './by-class.ts'
import { corridorAxes, formsOf, type CorridorAxis } from './corridor-axes.ts'
import type { PlanData } from './indicator.ts'
import { GAP_RULE, isOpenClass, wedgeContinuity, type GapRule } from './wedge-gaps.ts'

/** A stretch of a corridor without enough open ground. */
export interface CorridorGap {
  /** 1, 2, 3 …: the longest first. */
  number: number
  kind: 'wedge' | 'corridor'
  title: Bilingual
  /** Feature of role corridor. */
  fid: number
  lengthM: number
}

/** Gaps of corridors, and the stretches as lines: `fid` is the number. */
export interface CorridorGaps {
  gaps: CorridorGap[]
  lines: LayerColumns | undefined
}

/**
 * Where corridors of a plan are broken or too narrow: gaps of wedges as N02 finds them, and stretches of rings and other corridors by the
 * same rule. Without land use and green there is nothing to tell a gap by.
 */
export function corridorGaps(plan: PlanData, rule: GapRule = GAP_RULE): CorridorGaps {
  if (!plan.layer('landuse_plan') && plan.layers('green').length === 0) return { gaps: [], lines: undefined }
  const wedges = wedgeContinuity(plan, rule).flatMap(({ axis, gaps }) =>
    gaps.map(({ gap, before, after }) => ({ kind: 'wedge' as const, axis, gap, before, after })),
  )
  const found = [...wedges, ...narrowStretches(plan, rule)].toSorted((one, other) => other.gap.lengthM - one.gap.lengthM)
  const [frame] = found.map(({ axis }) => axis.layer.frame)
  if (!frame) return { gaps: [], lines: undefined }
  const builder = layerBuilder({ role: 'other', name: 'corridor gaps', kind: 'line', frame }, { lengthM: 'number' }, 0.001)
  const gaps = found.map(({ kind, axis, gap, before, after }, at): CorridorGap => {
    const run = [before, ...gap.samples, after].flatMap((sample) => (sample ? [sample.x, sample.y] : []))
    builder.add(at + 1, [[run]], { lengthM: gap.lengthM })
    return { number: at + 1, kind, title: axis.title, fid: axis.layer.fid[axis.feature] ?? 0, lengthM: gap.lengthM }
  })
  return { gaps, lines: builder.finish('') }
}

interface Stretch {
  kind: 'corridor'
  axis: CorridorAxis
  gap: AxisGap
  before: AxisSample | undefined
  after: AxisSample | undefined
}

/** Stretches of rings and other corridors that are narrower than the rule asks. */
function narrowStretches(plan: PlanData, { stepM, minimumWidthM, shortestGapM }: GapRule): Stretch[] {
  const parcels = plan.layer('landuse_plan')
  const open = parcels ? ofClass(parcels, isOpenClass) : () => false
  const ground = [...(parcels ? [parcels] : []), ...plan.layers('green')]
  const forms = new Map(plan.layers('corridor').map((layer) => [layer, formsOf(layer)]))
  return corridorAxes(plan, (feature, layer) => forms.get(layer)?.(feature) !== 'wedge').flatMap((axis) =>
    axis.runs.flatMap((run) => {
      const select = (feature: number, layer: LayerColumns) => layer !== parcels || open(feature)
      const samples = widthsAlong(run, ground, { stepM, reachM: minimumWidthM, select })
      return continuity(samples, stepM, minimumWidthM, shortestGapM).gaps.map((gap): Stretch => {
        const [first, last] = [gap.samples[0], gap.samples.at(-1)]
        const [from, to] = [first ? samples.indexOf(first) : -1, last ? samples.indexOf(last) : -1]
        return { kind: 'corridor', axis, gap, before: samples[from - 1], after: samples[to + 1] }
      })
    }),
  )
}
