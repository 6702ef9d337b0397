/** The angle that one straight piece of a stroked arc may span: its bow is then at most 0.00016 of the radius. */
const STEP_RAD = Math.PI / 90

/** Most points that the arcs of one geometry may become: beyond it a file asks for memory that it does not pay for. */
export const MOST_STROKED_POINTS = 5_000_000

/** For notes: what stroking does, in both languages. */
export const STROKED = {
  zh: '每段圆心角不超过 2°，矢高不超过半径的 0.02%',
  en: 'at most 2° of arc per piece, off by at most 0.02 % of the radius',
}

interface Circle {
  x: number
  y: number
  radius: number
}

/** The circle through three points, or null when they lie on a line. */
function circleThrough(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): Circle | null {
  const [ux, uy, vx, vy] = [bx - ax, by - ay, cx - ax, cy - ay]
  const cross = 2 * (ux * vy - uy * vx)
  const [u, v] = [ux * ux + uy * uy, vx * vx + vy * vy]
  if (Math.abs(cross) <= 1e-12 * (u + v)) return null
  const x = (vy * u - uy * v) / cross
  const y = (ux * v - vx * u) / cross
  return { x: ax + x, y: ay + y, radius: Math.hypot(x, y) }
}

/** Points after `from` on the way to `to` round a circle, `to` itself last and exact. */
function pushArc(run: number[], { x, y, radius }: Circle, from: [number, number], to: [number, number], turn: number): void {
  const start = Math.atan2(from[1] - y, from[0] - x)
  let sweep = Math.atan2(to[1] - y, to[0] - x) - start
  if (turn > 0 && sweep <= 0) sweep += 2 * Math.PI
  if (turn < 0 && sweep >= 0) sweep -= 2 * Math.PI
  const steps = Math.max(1, Math.ceil(Math.abs(sweep) / STEP_RAD))
  for (let step = 1; step < steps; step++) {
    const angle = start + (sweep * step) / steps
    run.push(x + radius * Math.cos(angle), y + radius * Math.sin(angle))
  }
  run.push(to[0], to[1])
}

/**
 * A circular string (start, a point on the arc, end, a point on the next arc, end …) as a run of straight pieces; the given
 * points stay exactly where they are. Points left over after the last whole arc are joined straight. Null when that takes more than
 * `most` points.
 */
export function strokeArcs(points: Float64Array, most = MOST_STROKED_POINTS): Float64Array | null {
  const at = (index: number): [number, number] => [points[index * 2] ?? 0, points[index * 2 + 1] ?? 0]
  const count = points.length / 2
  if (count > most) return null
  if (count < 3) return points
  const run: number[] = [...at(0)]
  let index = 0
  for (; index + 2 < count; index += 2) {
    if (run.length / 2 > most) return null
    const [a, b, c] = [at(index), at(index + 1), at(index + 2)]
    const isFull = a[0] === c[0] && a[1] === c[1]
    const circle = isFull
      ? { x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, radius: Math.hypot(a[0] - b[0], a[1] - b[1]) / 2 }
      : circleThrough(...a, ...b, ...c)
    if (circle === null || circle.radius === 0) run.push(...b, ...c)
    else {
      const turn = isFull ? 1 : (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0 ? 1 : -1
      pushArc(run, circle, a, b, turn)
      pushArc(run, circle, b, c, turn)
    }
  }
  for (index++; index < count; index++) run.push(...at(index))
  return run.length / 2 > most ? null : Float64Array.from(run)
}
