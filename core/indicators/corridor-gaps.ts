import { layerBuilder } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { Bilingual } from '../text.ts'
import { formsOf } from './corridor-axes.ts'
import { listedStretches, WIDTH_RULE, type WidthRule } from './corridor-stretches.ts'
import { gapLabel, type GapKind } from './gap-label.ts'
import type { PlanData } from './indicator.ts'
import { GAP_RULE, wedgeContinuity, type GapRule, type WedgeGap } from './wedge-gaps.ts'

/** A stretch of a corridor without enough open ground. */
export interface CorridorGap {
  /** Its name wherever it is shown: see `gapLabel`. */
  label: string
  kind: GapKind
  title: Bilingual
  /** Feature of role corridor. */
  fid: number
  lengthM: number
}

/** Gaps of corridors, what is known of each, and the stretches as lines: all in the same order. */
export interface CorridorGaps {
  gaps: CorridorGap[]
  found: WedgeGap[]
  lines: LayerColumns | undefined
}

/**
 * Where corridors of a plan are broken or too narrow, as the tables of N02 and N04 list and number them: gaps of wedges by N02's rule
 * first, then stretches of rings and other corridors by N04's. Without land use and green there is nothing to tell a gap by.
 */
export function corridorGaps(plan: PlanData, rule: GapRule = GAP_RULE, widths: WidthRule = WIDTH_RULE): CorridorGaps {
  if (!plan.layer('landuse_plan') && plan.layers('green').length === 0) return { gaps: [], found: [], lines: undefined }
  const wedges = wedgeContinuity(plan, rule)
    .flatMap(({ gaps }) => gaps)
    .map((gap, at) => ({ kind: 'wedge' as const, label: gapLabel('wedge', at + 1), gap }))
  const forms = new Map(plan.layers('corridor').map((layer) => [layer, formsOf(layer)]))
  const others = listedStretches(plan, widths)
    .filter(({ axis }) => forms.get(axis.layer)?.(axis.feature) !== 'wedge')
    .map((gap) => ({ kind: 'corridor' as const, label: gap.label, gap }))
  const all = [...wedges, ...others]
  const found = all.map(({ gap }) => gap)
  const gaps = all.map(({ kind, label, gap: { axis, gap } }): CorridorGap => {
    return { label, kind, title: axis.title, fid: axis.layer.fid[axis.feature] ?? 0, lengthM: gap.lengthM }
  })
  return { gaps, found, lines: linesOf(found) }
}

/** Each gap as a line from the good ground before it to that behind it; `fid` is its place in the list, from 1. */
function linesOf(found: readonly WedgeGap[]): LayerColumns | undefined {
  const [first] = found
  if (!first) return undefined
  const head = { role: 'other', name: 'corridor gaps', kind: 'line', frame: first.axis.layer.frame } as const
  const builder = layerBuilder(head, { lengthM: 'number' }, 0.001)
  for (const [at, { gap, before, after }] of found.entries()) {
    const run = [before, ...gap.samples, after].flatMap((sample) => (sample ? [sample.x, sample.y] : []))
    builder.add(at + 1, [[run]], { lengthM: gap.lengthM })
  }
  return builder.finish('')
}
