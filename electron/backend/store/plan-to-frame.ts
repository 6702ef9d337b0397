import { crsInfo, makeTransform, type Transform } from '#core/crs/crs.ts'
import { toFrame } from '#core/geo/frame.ts'
import { smoothMap, type RunMap } from '#core/geo/smooth-map.ts'
import type { Plan } from '#core/model/plan.ts'

/** Plan coordinates → longitude and latitude of the plan's own datum; the identity in a local plane. */
export function toGeographic(crs: string): Transform {
  const info = crsInfo(crs)
  if (!info || info.kind !== 'projected') return (x, y) => [x, y]
  return makeTransform(crs, info.base ?? 'EPSG:4326')
}

/** Side of the squares in which the way from the plan's system to its frame is made smooth: metres, and degrees. */
const SMOOTH_M = 4000
const SMOOTH_DEG = 0.04
const SMOOTH_TOLERANCE_M = 1e-6

/** Plan coordinates → metres of the frame, in place; within a micrometre of the projection itself. */
export function planToFrame({ crs, frame }: Pick<Plan, 'crs' | 'frame'>): RunMap {
  if (frame.kind === 'planar')
    return (xy, vertices) => {
      for (let at = 0; at < 2 * vertices; at += 2) {
        xy[at] = (xy[at] as number) - frame.originX
        xy[at + 1] = (xy[at + 1] as number) - frame.originY
      }
    }
  const toEarth = toGeographic(crs)
  const project = toFrame(frame)
  const metresPerUnit = crsInfo(crs)?.metresPerUnit ?? 0
  const side = metresPerUnit === 0 ? SMOOTH_DEG : SMOOTH_M / metresPerUnit
  return smoothMap((x, y) => project(...toEarth(x, y)), side, SMOOTH_TOLERANCE_M)
}
