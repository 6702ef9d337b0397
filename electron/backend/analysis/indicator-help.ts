import type { LayerColumns } from '#core/geo/columns.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { adoptGround, type SharedGround } from '#core/geo/prepared.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { measureOne, planData, type PlanFacts } from '#core/indicators/measure-plan.ts'
import type { Measurement } from '#core/model/measurement.ts'

/** What a helping thread is started with: merged layers in shared memory, and who has taken which indicator. */
export interface HelpTask {
  facts: PlanFacts
  layers: { layer: LayerColumns; ground: SharedGround | null }[]
  /** Indicators that may be taken, the slowest first. */
  ids: string[]
  /** Parameters in use by indicator. */
  parameters: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** 1 for indicators that a thread has begun. */
  taken: Int32Array
}

/** Takes the first or the last indicator that nobody has begun: its place, or −1. Threads that share what they derive take from one end. */
export function takeIndicator(taken: Int32Array, from: 'first' | 'last'): number {
  for (let step = 0; step < taken.length; step += 1) {
    const at = from === 'first' ? step : taken.length - 1 - step
    if (Atomics.exchange(taken, at, 1) === 0) return at
  }
  return -1
}

/** Measures indicators from the slowest on until none is left. */
export async function helpMeasuring(
  { facts, layers, ids, parameters, taken }: HelpTask,
  done: (measurement: Measurement) => void,
): Promise<void> {
  for (const { layer, ground } of layers) if (ground) adoptGround(layer, ground)
  const data = planData(
    facts,
    layers.map(({ layer }) => layer),
    await loadGeos(),
  )
  for (let at = takeIndicator(taken, 'first'); at >= 0; at = takeIndicator(taken, 'first')) {
    const indicator = INDICATORS.find(({ id }) => id === ids[at])
    if (!indicator) throw new RangeError(`there is no indicator ${ids[at]}`)
    done(measureOne(indicator, data, parameters[indicator.id] ?? {}))
  }
}
