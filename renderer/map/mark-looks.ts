import type { Severity } from '#core/review/finding.ts'

/** How a kind of finding looks: colour, shape and dash each tell the three apart, so that no reader depends on colour. */
export interface SeverityLook {
  colour: string
  dash: readonly number[]
  /** Corners of its badge; 0: round. */
  corners: 0 | 4 | 8
}

/** On paper-white in both themes; every colour carries white figures. */
export const SEVERITY_LOOKS: Readonly<Record<Severity, SeverityLook>> = {
  must: { colour: '#B3261E', dash: [], corners: 8 },
  should: { colour: '#8A5200', dash: [10, 5], corners: 4 },
  note: { colour: '#1B5A97', dash: [2, 5], corners: 0 },
}

const BADGE_PX = 11

/** Draws a numbered badge with its middle at a place: octagon, diamond or disc. */
export function drawBadge(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  label: string,
  { colour, corners }: SeverityLook,
  isChosen: boolean,
): void {
  const radius = corners === 4 ? BADGE_PX * 1.3 : BADGE_PX
  context.beginPath()
  if (corners === 0) context.arc(x, y, radius, 0, 2 * Math.PI)
  else {
    const turn = corners === 8 ? Math.PI / 8 : 0
    for (let corner = 0; corner < corners; corner++) {
      const angle = turn + (corner * 2 * Math.PI) / corners
      context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle))
    }
    context.closePath()
  }
  context.lineWidth = isChosen ? 7 : 4
  context.strokeStyle = isChosen ? '#16191A' : '#FFFFFF'
  context.stroke()
  context.lineWidth = isChosen ? 3 : 0.01
  context.strokeStyle = '#FFFFFF'
  context.stroke()
  context.fillStyle = colour
  context.fill()
  context.font = `600 ${label.length > 2 ? 9 : 11}px sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillStyle = '#FFFFFF'
  context.fillText(label, x, y + 0.5)
}

/** Room that a badge takes. */
export const BADGE_SIDE_PX = 2 * Math.ceil(BADGE_PX * 1.3) + 10

/** A ring as reviewers draw clouds: arcs of about one size bulging outwards along it. Closed; x,y,x,y… */
export function cloudRing(xyM: readonly number[], arcM: number): [number, number][] {
  const count = xyM.length / 2
  const at = (place: number): [number, number] => [xyM[2 * (place % count)] ?? 0, xyM[2 * (place % count) + 1] ?? 0]
  let twice = 0
  for (let place = 0; place < count; place++) twice += at(place)[0] * at(place + 1)[1] - at(place + 1)[0] * at(place)[1]
  const outwards = twice > 0 ? -1 : 1
  const ring: [number, number][] = []
  for (let place = 0; place < count; place++) {
    const [from, to] = [at(place), at(place + 1)]
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    const arcs = Math.min(200, Math.max(1, Math.round(length / arcM)))
    const [alongX, alongY] = [(to[0] - from[0]) / arcs, (to[1] - from[1]) / arcs]
    for (let arc = 0; arc < arcs; arc++)
      for (let step = 0; step < 8; step++) {
        const angle = (Math.PI * step) / 8
        const along = arc + (1 - Math.cos(angle)) / 2
        const out = (outwards * Math.sin(angle)) / 2
        ring.push([from[0] + alongX * along - alongY * out, from[1] + alongY * along + alongX * out])
      }
  }
  const [first] = ring
  return first ? [...ring, first] : ring
}
