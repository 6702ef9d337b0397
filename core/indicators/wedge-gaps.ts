import type { LayerColumns } from '../geo/columns.ts'
import { OUTSIDE, partHolds, zoneAt } from '../geo/within.ts'
import { continuity, widthsAlong, type AxisGap, type AxisSample } from '../network/along-axis.ts'
import { classGroup } from '../reference/land-classes.ts'
import type { Bilingual } from '../text.ts'
import { classOf, ofClass } from './by-class.ts'
import { corridorAxes, formsOf, runLengthM, type CorridorAxis } from './corridor-axes.ts'
import type { PlanData } from './indicator.ts'
import { classTitle } from './land-transition-tables.ts'

/** How continuity along an axis is judged, in m. */
export interface GapRule {
  minimumWidthM: number
  /** Shorter stretches without enough ground are not listed as gaps. */
  shortestGapM: number
  stepM: number
}

/** What N02 judges by unless told otherwise. */
export const GAP_RULE: GapRule = { minimumWidthM: 60, shortestGapM: 100, stepM: 10 }

/** A stretch of a wedge without enough open ground, and what stands there. */
export interface WedgeGap {
  axis: CorridorAxis
  gap: AxisGap
  /** Where it begins and ends on the axis: the nearest samples on good ground, if there are any. */
  before: AxisSample | undefined
  after: AxisSample | undefined
  /** Parcels across the stretch that are no open ground, and the samples in each class, most first. */
  parcels: number[]
  causes: { code: string | null; samples: number }[]
}

export interface WedgeContinuity {
  axis: CorridorAxis
  lengthM: number
  continuousM: number
  /** The same where fields and orchards do not count. */
  greenOnlyM: number
  gaps: WedgeGap[]
}

const green = classGroup('blue_green')
const fields = classGroup('farmland')

/** Classes of open ground: green, water, and the fields and orchards that wedges are made of outside the city. */
export const isOpenClass = (code: string): boolean => green(code) || (fields(code) && !code.startsWith('06'))

/** Every feature of role corridor whose form is a wedge, with its continuity in the planned land use and the green layer. */
export function wedgeContinuity(plan: PlanData, rule: GapRule): WedgeContinuity[] {
  const parcels = plan.layer('landuse_plan')
  const drawn = plan.layers('green')
  const ground = [...(parcels ? [parcels] : []), ...drawn]
  const forms = new Map(plan.layers('corridor').map((layer) => [layer, formsOf(layer)]))
  const open = parcels ? ofClass(parcels, isOpenClass) : () => false
  const strict = parcels ? ofClass(parcels, green) : () => false
  const axes = corridorAxes(plan, (feature, layer) => forms.get(layer)?.(feature) === 'wedge')
  return axes.map((axis) => {
    const one: WedgeContinuity = { axis, lengthM: 0, continuousM: 0, greenOnlyM: 0, gaps: [] }
    for (const run of axis.runs) {
      const lengthM = runLengthM(run)
      const along = (select: (feature: number) => boolean) =>
        widthsAlong(run, ground, {
          stepM: rule.stepM,
          reachM: rule.minimumWidthM,
          select: (feature, layer) => layer !== parcels || select(feature),
        })
      const samples = along(open)
      const { share, gaps } = continuity(samples, rule.stepM, rule.minimumWidthM, rule.shortestGapM)
      one.lengthM += lengthM
      one.continuousM += share * lengthM
      one.greenOnlyM += continuity(along(strict), rule.stepM, rule.minimumWidthM, rule.shortestGapM).share * lengthM
      one.gaps.push(
        ...gaps.map((gap) => ({ axis, gap, ...endsOf(samples, gap), ...causesOf(axis, gap, samples, parcels, open) })),
      )
    }
    return one
  })
}

/** The good places just before and just after a gap. */
function endsOf(samples: readonly AxisSample[], { samples: run }: AxisGap): Pick<WedgeGap, 'before' | 'after'> {
  const [first, last] = [run[0], run.at(-1)]
  return {
    before: first && samples[samples.indexOf(first) - 1],
    after: last && samples[samples.indexOf(last) + 1],
  }
}

/** How far apart places across a wedge are looked at, and how far from its axis at most, in mm. */
const ACROSS_MM = 20_000
const MOST_ACROSS = 60

/** What stands on the stretch: classes at the axis itself, parcels across the whole width of the wedge. */
function causesOf(
  { layer, feature }: CorridorAxis,
  gap: AxisGap,
  samples: readonly AxisSample[],
  parcels: LayerColumns | undefined,
  isOpen: (parcel: number) => boolean,
): Pick<WedgeGap, 'parcels' | 'causes'> {
  if (!parcels) return { parcels: [], causes: [] }
  const found = new Set<number>()
  const counts = new Map<string | null, number>()
  for (const sample of gap.samples) {
    const parcel = zoneAt(parcels, Math.round(sample.x), Math.round(sample.y))
    if (parcel === OUTSIDE || !isOpen(parcel)) {
      const code = parcel === OUTSIDE ? null : (classOf(parcels, parcel) ?? null)
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
    for (const [x, y] of placesAcross(layer, feature, sample, samples)) {
      const beside = zoneAt(parcels, x, y)
      if (beside !== OUTSIDE && !isOpen(beside)) found.add(beside)
    }
  }
  const causes = [...counts].map(([code, count]) => ({ code, samples: count }))
  return {
    parcels: [...found].toSorted((one, other) => one - other),
    causes: causes.toSorted((one, other) => other.samples - one.samples || (one.code ?? '').localeCompare(other.code ?? '')),
  }
}

/** Places on the line through a sample at right angles to the axis, outwards for as long as they lie in the wedge. */
function placesAcross(
  layer: LayerColumns,
  feature: number,
  sample: AxisSample,
  samples: readonly AxisSample[],
): [number, number][] {
  const places: [number, number][] = [[Math.round(sample.x), Math.round(sample.y)]]
  if (layer.kind !== 'polygon') return places
  const at = samples.indexOf(sample)
  const [one, other] = [samples[at - 1] ?? sample, samples[at + 1] ?? sample]
  const [dx, dy] = [other.x - one.x, other.y - one.y]
  const length = Math.hypot(dx, dy)
  if (length === 0) return places
  const holds = (x: number, y: number): boolean => {
    for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
      if (partHolds(layer, part, x, y)) return true
    }
    return false
  }
  for (const side of [-1, 1]) {
    for (let step = 1; step <= MOST_ACROSS; step += 1) {
      const away = (side * step * ACROSS_MM) / length
      const [x, y] = [Math.round(sample.x - dy * away), Math.round(sample.y + dx * away)]
      if (!holds(x, y)) break
      places.push([x, y])
    }
  }
  return places
}

/** The land use that breaks a stretch most, in words: its class, no land use at all, or ground that is too narrow. */
export function causeOf(causes: WedgeGap['causes']): Bilingual {
  const [first] = causes
  if (!first) return { zh: '开敞用地宽度不足', en: 'open ground too narrow' }
  return first.code === null ? { zh: '无用地数据', en: 'no land use given' } : classTitle(first.code)
}
