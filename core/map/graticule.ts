import type { MapSystem, SystemMaps } from './coordinates.ts'
import { coordinateWords } from './coordinates.ts'

/** One line of a graticule, in frame metres, with what stands at its end. */
export interface GraticuleLine {
  axis: 'east' | 'north'
  value: number
  label: string
  /** x,y,x,y… */
  xyM: number[]
  /** Where it leaves the view: at the lower side for eastings, at the left side for northings; null where it does not. */
  labelAtM: [number, number] | null
}

const SECOND = 1 / 3600
const DEGREE_STEPS: readonly number[] = [
  [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  [1, 2, 5, 10, 15, 30].map((minutes) => minutes / 60),
  [1, 2, 5, 10, 15, 30],
].flat()
/** About so many lines cross the longer side of a view. */
const LINES = 7
const SAMPLES = 24

/** A round distance between lines: 1, 2 or 5 times a power of ten of metres, or round parts of a degree. */
export function graticuleStep(span: number, kind: MapSystem['kind']): number {
  const least = span / LINES
  if (kind !== 'metres') return DEGREE_STEPS.find((step) => step >= least) ?? 30
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5, 10].find((step) => step * power >= least) ?? 10) * power
}

/** Decimals that a step needs: none for whole metres; degrees as far as the step has digits. */
function decimalsOf(step: number, kind: MapSystem['kind']): number {
  if (kind === 'metres') return Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  if (kind === 'dms') return Math.max(0, -Math.floor(Math.log10(step * 3600) + 1e-9))
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(step)) + 1))
}

/**
 * Lines of round coordinates of a system over a view (minX, minY, maxX, maxY of the frame, metres). Lines are as curved as the systems
 * lie to each other. Empty where the view has no size or lies where the system has no coordinates.
 */
export function graticule(
  view: readonly [number, number, number, number],
  { toSystem, toFrame }: SystemMaps,
  kind: MapSystem['kind'],
): GraticuleLine[] {
  const [minX, minY, maxX, maxY] = view
  const share = Array.from({ length: 9 }, (_, i) => i / 8)
  const corners = share.flatMap((u) => share.map((v) => toSystem(minX + u * (maxX - minX), minY + v * (maxY - minY))))
  const span = (axis: 0 | 1): [number, number] => [
    Math.min(...corners.map((corner) => corner[axis])),
    Math.max(...corners.map((corner) => corner[axis])),
  ]
  const [east, north] = [span(0), span(1)]
  const longest = Math.max(east[1] - east[0], north[1] - north[0])
  if (!Number.isFinite(longest) || longest <= 0) return []
  const step = graticuleStep(longest, kind)
  const lines = (axis: 'east' | 'north', [from, to]: [number, number], [low, high]: [number, number]) =>
    Array.from({ length: Math.floor(to / step) - Math.ceil(from / step) + 1 }, (_, i): GraticuleLine => {
      const value = (Math.ceil(from / step) + i) * step
      const run = Array.from({ length: SAMPLES + 1 }, (_unused, at) => {
        const along = low + ((high - low) * at) / SAMPLES
        return axis === 'east' ? toFrame(value, along) : toFrame(along, value)
      })
      const label = coordinateWords(value, axis, kind, decimalsOf(step, kind))
      return { axis, value, label, xyM: run.flat(), labelAtM: leaving(run, axis === 'east' ? minY : minX, axis, view) }
    })
  return [...lines('east', east, north), ...lines('north', north, east)]
}

/** Where a run crosses the lower (eastings) or left (northings) side of the view. */
function leaving(
  run: readonly (readonly [number, number])[],
  side: number,
  axis: 'east' | 'north',
  [minX, minY, maxX, maxY]: readonly [number, number, number, number],
): [number, number] | null {
  const across = axis === 'east' ? 1 : 0
  for (const [at, b] of run.entries()) {
    const a = run[at - 1]
    if (a === undefined || a[across] > side === b[across] > side) continue
    const t = (side - a[across]) / (b[across] - a[across])
    const [x, y] = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]
    if (x >= minX - 1e-6 && x <= maxX + 1e-6 && y >= minY - 1e-6 && y <= maxY + 1e-6) return [x, y]
  }
  return null
}
