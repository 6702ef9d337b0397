import type { LegendEntry } from '../contract/map-data.ts'
import type { RasterFigures } from '../model/plan.ts'
import type { Role } from '../model/roles.ts'
import type { Bilingual } from '../text.ts'
import { roleStyleOf, type Ramp } from './styles.ts'

/** Cells looked at for equally filled steps and for the legend's counts: enough for both, whatever the size of the grid. */
const MOST_SAMPLED = 200_000

/** The steps that a grid is drawn in: `limits` rise; step i holds limits[i] ≤ value < limits[i + 1], the last one its upper limit too. */
export interface RampSteps {
  limits: Float64Array
  legend: LegendEntry[]
}

/** The steps of a grid's values and their legend. Colours and limits come from `map-styles.json` only. */
export function rampSteps(role: Role, values: Float32Array, figures: Pick<RasterFigures, 'min' | 'max'>): RampSteps {
  const style = roleStyleOf(role)
  const ramp = style.ramp ?? { otherwise: 'equal', unit: 'number', colours: [style.otherwise.fill ?? '#888888', '#222222'] }
  const { limits, fixed } = limitsOf(ramp, values, figures)
  const steps = limits.length - 1
  const legend = Array.from({ length: steps }, (_, index): LegendEntry => {
    const colour = ramp.colours[steps === 1 ? 0 : Math.round((index * (ramp.colours.length - 1)) / (steps - 1))] ?? null
    const label = labelOf(limits[index] ?? 0, limits[index + 1] ?? 0, fixed && ramp.unit === 'share')
    return {
      index,
      code: String(index),
      label,
      fill: colour,
      stroke: null,
      strokeWidthPx: 0,
      dash: null,
      hatch: 'none',
      features: 0,
    }
  })
  const limitArray = Float64Array.from(limits)
  for (const value of values) {
    const entry = value === value ? legend[stepOf(limitArray, value)] : undefined
    if (entry) entry.features++
  }
  return { limits: limitArray, legend }
}

/** Number of the step that a value falls in; values beyond the ends belong to the outermost steps. */
export function stepOf(limits: Float64Array, value: number): number {
  let step = limits.length - 2
  while (step > 0 && value < (limits[step] ?? 0)) step--
  return step
}

function limitsOf(
  ramp: Ramp,
  values: Float32Array,
  { min, max }: Pick<RasterFigures, 'min' | 'max'>,
): { limits: number[]; fixed: boolean } {
  const { limits } = ramp
  if (limits && min >= (limits[0] ?? 0) && max <= (limits.at(-1) ?? 0)) return { limits, fixed: true }
  if (!(max > min)) return { limits: [min, max], fixed: false }
  const count = ramp.colours.length
  const found = ramp.otherwise === 'quantile' ? quantiles(values, count) : null
  const rising = found && found.length > 2 ? found : Array.from({ length: count + 1 }, (_, i) => min + ((max - min) * i) / count)
  return { limits: [min, ...rising.slice(1, -1), max], fixed: false }
}

/** Limits of equally filled steps, each once: many equal values make fewer steps. */
function quantiles(values: Float32Array, count: number): number[] {
  const stride = Math.max(1, Math.floor(values.length / MOST_SAMPLED))
  const sample: number[] = []
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i] ?? NaN
    if (value === value) sample.push(value)
  }
  const sorted = Float64Array.from(sample).sort()
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return [...new Set(Array.from({ length: count + 1 }, (_, i) => at(i / count)))]
}

function labelOf(low: number, high: number, share: boolean): Bilingual {
  const write = (value: number): string =>
    share ? String(Number((value * 100).toPrecision(3))) : String(Number(value.toPrecision(4)))
  const text = low === high ? write(low) : `${write(low)}–${write(high)}${share ? '%' : ''}`
  return { zh: text, en: text }
}
