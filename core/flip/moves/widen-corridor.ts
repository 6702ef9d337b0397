import { layerBuilder } from '../../geo/build.ts'
import type { LayerColumns } from '../../geo/columns.ts'
import { featureAreas } from '../../geo/feature-areas.ts'
import { OUTSIDE, zoneAt } from '../../geo/within.ts'
import { classOf, ofClass } from '../../indicators/by-class.ts'
import { corridorAxes, type CorridorAxis } from '../../indicators/corridor-axes.ts'
import { corridorNeeds } from '../../indicators/corridor-needs.ts'
import { isOpenClass } from '../../indicators/wedge-gaps.ts'
import { widthsAlong, type AxisSample } from '../../network/along-axis.ts'
import type { Candidate } from '../change.ts'
import { drawnPark } from './park-on-parcel.ts'
import { byWorth, type Move, type MoveInput } from './move.ts'

/** Rounded ends and arcs of a buffer must not come out a hair too narrow. */
const MARGIN_M = 1

/** Green as wide as a corridor's function needs, drawn along each stretch of its axis that is too narrow. */
export const widenCorridor: Move = {
  id: 'widen-corridor',
  candidates(input) {
    const { functionalWidthM: otherwiseM, widthStepM: stepM } = input.measurement.parameters
    if (otherwiseM === undefined || stepM === undefined || !input.plan.layer('green')) return []
    const needs = new Map(input.plan.layers('corridor').map((layer) => [layer, corridorNeeds(layer, otherwiseM)]))
    return byWorth(
      corridorAxes(input.plan, () => true).flatMap((axis) => {
        const widthM = needs.get(axis.layer)?.(axis.feature).widthM ?? otherwiseM
        return axis.runs.flatMap((run) =>
          narrowStretches(input, run, widthM, stepM).flatMap((one) => asWidened(input, axis, one, widthM, stepM)),
        )
      }),
    )
  },
}

/** Samples on end whose ground is too narrow. */
function narrowStretches({ plan }: MoveInput, run: ArrayLike<number>, widthM: number, stepM: number): AxisSample[][] {
  const parcels = plan.layer('landuse_plan')
  const open = parcels ? ofClass(parcels, isOpenClass) : () => false
  const ground = [...(parcels ? [parcels] : []), ...plan.layers('green')]
  const select = (feature: number, layer: LayerColumns) => layer !== parcels || open(feature)
  const stretches: AxisSample[][] = []
  let current: AxisSample[] = []
  for (const sample of widthsAlong(run, ground, { stepM, reachM: Math.max(500, widthM), select })) {
    if (sample.widthM < widthM) {
      if (current.length === 0) stretches.push(current)
      current.push(sample)
    } else current = []
  }
  return stretches
}

function asWidened(
  input: MoveInput,
  { layer, feature, title }: CorridorAxis,
  stretch: readonly AxisSample[],
  widthM: number,
  stepM: number,
): Candidate[] {
  const ground = stripAlong(input, layer, stretch, widthM)
  if (!ground) return []
  const lengthM = stretch.length * stepM
  const { parts, areaM2 } = ground
  return [
    {
      move: 'widen-corridor',
      edits: drawnPark(input.plan, parts),
      features: [{ layer: layer.role, fid: layer.fid[feature] ?? 0 }],
      shapes: [{ kind: 'polygon', parts }],
      size: { unit: 'm2', value: areaM2 },
      from: codesAt(input, stretch),
      to: null,
      note: {
        zh: `${title.zh}，约 ${Math.round(lengthM)} m 拓宽到 ${Math.round(widthM)} m`,
        en: `${title.en}, about ${Math.round(lengthM)} m widened to ${Math.round(widthM)} m`,
      },
      worth: lengthM / Math.max(1, areaM2),
    },
  ]
}

/** Ground within half the width of the line through the samples. */
function stripAlong({ plan }: MoveInput, { frame }: LayerColumns, stretch: readonly AxisSample[], widthM: number) {
  const [first] = stretch
  if (!first) return undefined
  const xy = stretch.flatMap(({ x, y }) => [Math.round(x), Math.round(y)])
  const isPoint = stretch.length === 1
  const line = layerBuilder({ role: 'other', name: 'stretch', kind: isPoint ? 'point' : 'line', frame }, {}, 0.001)
  line.add(1, [[xy]], {})
  const parts = plan.geos.buffer(line.finish(''), 0, widthM / 2 + MARGIN_M).map((rings) => splitRings(rings))
  const strip = layerBuilder({ role: 'green', name: 'strip', kind: 'polygon', frame }, {}, 0.001)
  strip.add(1, parts, {})
  const areaM2 = featureAreas(strip.finish(''))[0] ?? 0
  return areaM2 > 0 ? { parts: parts.map((rings) => rings.map((ring) => ring.map((mm) => mm / 1000))), areaM2 } : undefined
}

const splitRings = (rings: readonly ArrayLike<number>[]): number[][] => rings.map((ring) => Array.from(ring))

/** Planned uses that the stretch runs over now, where they are no open ground. */
function codesAt({ plan }: MoveInput, stretch: readonly AxisSample[]): string | null {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return null
  const codes = stretch.flatMap(({ x, y }) => {
    const parcel = zoneAt(parcels, Math.round(x), Math.round(y))
    const code = parcel === OUTSIDE ? undefined : classOf(parcels, parcel)
    return code === undefined || isOpenClass(code) ? [] : [code]
  })
  return [...new Set(codes)].toSorted().join(' ') || null
}
