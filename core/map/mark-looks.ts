import * as z from 'zod'
import findingMarksFile from '../../resources/reference/finding-marks.json' with { type: 'json' }
import { CERTAINTIES } from '../checklist/schema.ts'
import { SEVERITIES, type Severity } from '../review/finding.ts'

const severityLook = z.strictObject({
  colour: z.string().regex(/^#[0-9A-F]{6}$/),
  /** Screen pixels drawn and left out in turn; none: an unbroken line. */
  dash: z.array(z.number().positive()),
  /** Corners of its badge; 0: round. */
  corners: z.union([z.literal(0), z.literal(4), z.literal(8)]),
})

/** How a kind of finding looks: colour, shape and dash each tell the three apart, so that no reader depends on colour. */
export type SeverityLook = Readonly<z.infer<typeof severityLook>>

/** Shape of `resources/reference/finding-marks.json`. */
export const findingMarksSchema = z.strictObject({
  greenprint: z.literal('finding-marks/1'),
  note: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  source: z.string().min(1),
  certainty: z.enum(CERTAINTIES),
  severities: z.record(z.enum(SEVERITIES), severityLook),
})

/** On paper-white, on screen and in print; every colour carries white figures. */
export const SEVERITY_LOOKS: Readonly<Record<Severity, SeverityLook>> = findingMarksSchema.parse(findingMarksFile).severities

/** Corners of a badge around a middle, x,y in turn; empty for a round one. Units and direction are those of the caller. */
export function badgeCorners(
  x: number,
  y: number,
  radius: number,
  { corners }: Pick<SeverityLook, 'corners'>,
): [number, number][] {
  const reach = corners === 4 ? radius * 1.3 : radius
  const turn = corners === 8 ? Math.PI / 8 : 0
  return Array.from({ length: corners }, (_, corner) => {
    const angle = turn + (corner * 2 * Math.PI) / corners
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)]
  })
}

/** The closed triangle of an arrow's head, its point first; `xy`: x,y of tail and point. Null for an arrow that is not finished. */
export function arrowHead(xy: readonly number[], length: number): [number, number][] | null {
  const [fromX = 0, fromY = 0, toX, toY] = xy
  if (toX === undefined || toY === undefined) return null
  const angle = Math.atan2(toY - fromY, toX - fromX)
  const side = (turn: number): [number, number] => [toX - length * Math.cos(angle + turn), toY - length * Math.sin(angle + turn)]
  return [[toX, toY], side(0.45), side(-0.45), [toX, toY]]
}

/** A ring as reviewers draw clouds: arcs of about one size bulging outwards along it. Closed; x,y,x,y… and `arc` in one unit. */
export function cloudRing(xy: readonly number[], arcLength: number): [number, number][] {
  const count = xy.length / 2
  const at = (place: number): [number, number] => [xy[2 * (place % count)] ?? 0, xy[2 * (place % count) + 1] ?? 0]
  let twice = 0
  for (let place = 0; place < count; place++) twice += at(place)[0] * at(place + 1)[1] - at(place + 1)[0] * at(place)[1]
  const outwards = twice > 0 ? -1 : 1
  const ring: [number, number][] = []
  for (let place = 0; place < count; place++) {
    const [from, to] = [at(place), at(place + 1)]
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    const arcs = Math.min(200, Math.max(1, Math.round(length / arcLength)))
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
