/** A numbered place on the map; `tone` says whether it is set, still waits for its partner, or fits worst. */
export interface Pin {
  at: readonly [number, number]
  label: string
  tone: 'set' | 'waiting' | 'worst'
}

/** The same three colours mark the points on the sheet and in the table; on paper-white in both themes. */
const PIN_COLOURS: Readonly<Record<Pin['tone'], string>> = { set: '#125A36', waiting: '#1B5A97', worst: '#B3261E' }

export const PIN_PX = 10

/** Draws a pin with its middle at a place of a canvas. */
export function drawPin(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  { label, tone }: Pick<Pin, 'label' | 'tone'>,
): void {
  context.beginPath()
  context.arc(x, y, PIN_PX, 0, 2 * Math.PI)
  context.fillStyle = PIN_COLOURS[tone]
  context.fill()
  context.lineWidth = 2
  context.strokeStyle = '#FFFFFF'
  context.stroke()
  context.font = '600 12px sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillStyle = '#FFFFFF'
  context.fillText(label, x, y + 1)
}
