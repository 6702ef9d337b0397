import { badgeCorners, type SeverityLook } from '#core/map/mark-looks.ts'

const BADGE_PX = 11

/** Draws a numbered badge with its middle at a place: octagon, diamond or disc. */
export function drawBadge(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  label: string,
  look: SeverityLook,
  isChosen: boolean,
): void {
  context.beginPath()
  if (look.corners === 0) context.arc(x, y, BADGE_PX, 0, 2 * Math.PI)
  else {
    for (const corner of badgeCorners(x, y, BADGE_PX, look)) context.lineTo(...corner)
    context.closePath()
  }
  context.lineWidth = isChosen ? 7 : 4
  context.strokeStyle = isChosen ? '#16191A' : '#FFFFFF'
  context.stroke()
  context.lineWidth = isChosen ? 3 : 0.01
  context.strokeStyle = '#FFFFFF'
  context.stroke()
  context.fillStyle = look.colour
  context.fill()
  context.font = `600 ${label.length > 2 ? 9 : 11}px sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillStyle = '#FFFFFF'
  context.fillText(label, x, y + 0.5)
}

/** Room that a badge takes. */
export const BADGE_SIDE_PX = 2 * Math.ceil(BADGE_PX * 1.3) + 10
