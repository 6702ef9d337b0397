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
      const across = { axis, samples, parcels, isOpen: open, widthM: rule.minimumWidthM }
      one.gaps.push(...gaps.map((gap) => gapOf(across, gap)))
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

/** An axis that was looked at, and what its gaps are told from. */
export interface Across {
  axis: CorridorAxis
  samples: readonly AxisSample[]
  parcels: LayerColumns | undefined
  isOpen: (parcel: number) => boolean
  /** The width that is wanted: land within it is what narrows the ground. */
  widthM: number
}

/** A stretch without enough ground, with its ends and with the land that breaks or narrows it. */
export function gapOf(across: Across, gap: AxisGap): WedgeGap {
  return { axis: across.axis, gap, ...endsOf(across.samples, gap), ...causesOf(across, gap) }
}

/**
 * What stands on the stretch: at the axis itself, or, where that runs over open ground, on the nearer side of it within the wanted
 * width; and the parcels there and across the whole width of a corridor that is drawn as an area.
 */
function causesOf({ axis, samples, parcels, isOpen, widthM }: Across, gap: AxisGap): Pick<WedgeGap, 'parcels' | 'causes'> {
  if (!parcels) return { parcels: [], causes: [] }
  const found = new Set<number>()
  const counts = new Map<string | null, number>()
  const count = (parcel: number) => {
    const code = parcel === OUTSIDE ? null : (classOf(parcels, parcel) ?? null)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  for (const sample of gap.samples) {
    const [parcel, ...beside] = placesAcross(axis, sample, samples).map(([x, y]) => zoneAt(parcels, x, y))
    for (const other of [parcel ?? OUTSIDE, ...beside]) if (other !== OUTSIDE && !isOpen(other)) found.add(other)
    if (parcel === undefined || parcel === OUTSIDE || !isOpen(parcel)) count(parcel ?? OUTSIDE)
    else {
      const narrowing = narrowedBy(sample, samples, parcels, isOpen, widthM)
      if (narrowing === undefined) continue
      count(narrowing)
      if (narrowing !== OUTSIDE) found.add(narrowing)
    }
  }
  const causes = [...counts].map(([code, number]) => ({ code, samples: number }))
  return {
    parcels: [...found].toSorted((one, other) => one - other),
    causes: causes.toSorted((one, other) => other.samples - one.samples || (one.code ?? '').localeCompare(other.code ?? '')),
  }
}

/** How far apart places beside an axis are looked at for what narrows it, in mm. */
const BESIDE_MM = 5000

/** The nearest parcel beside a place that is no open ground, within the wanted width; undefined where there is none. */
function narrowedBy(
  sample: AxisSample,
  samples: readonly AxisSample[],
  parcels: LayerColumns,
  isOpen: (parcel: number) => boolean,
  widthM: number,
): number | undefined {
  const normal = normalAt(sample, samples)
  if (!normal) return undefined
  for (let away = BESIDE_MM; away <= 1000 * widthM; away += BESIDE_MM) {
    for (const side of [-1, 1]) {
      const [x, y] = [Math.round(sample.x + side * away * normal[0]), Math.round(sample.y + side * away * normal[1])]
      const parcel = zoneAt(parcels, x, y)
      if (parcel === OUTSIDE || !isOpen(parcel)) return parcel
    }
  }
  return undefined
}

/** The unit vector across the axis at a sample, by its neighbours; undefined where they are one place. */
function normalAt(sample: AxisSample, samples: readonly AxisSample[]): [x: number, y: number] | undefined {
  const at = samples.indexOf(sample)
  const [one, other] = [samples[at - 1] ?? sample, samples[at + 1] ?? sample]
  const [dx, dy] = [other.x - one.x, other.y - one.y]
  const length = Math.hypot(dx, dy)
  return length === 0 ? undefined : [-dy / length, dx / length]
}

/** Places on the line through a sample at right angles to the axis, outwards for as long as they lie in the wedge. */
function placesAcross({ layer, feature }: CorridorAxis, sample: AxisSample, samples: readonly AxisSample[]): [number, number][] {
  const places: [number, number][] = [[Math.round(sample.x), Math.round(sample.y)]]
  const normal = layer.kind === 'polygon' ? normalAt(sample, samples) : undefined
  if (!normal) return places
  const holds = (x: number, y: number): boolean => {
    for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
      if (partHolds(layer, part, x, y)) return true
    }
    return false
  }
  for (const side of [-1, 1]) {
    for (let step = 1; step <= MOST_ACROSS; step += 1) {
      const away = side * step * ACROSS_MM
      const [x, y] = [Math.round(sample.x + away * normal[0]), Math.round(sample.y + away * normal[1])]
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
