import { placeOfVertex, verticesOf, withoutVertex, withVertexAfter, withVertexAt } from './edit-vertices.ts'
import type { MapEdit, Place, ReshapedShape } from './map-edit.ts'

const STEP_PX = 20
const FINE_PX = 1

const ARROWS: Readonly<Record<string, Place>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** What the map does when a key says so. */
export interface KeyHands {
  centre: () => Place
  metresPerPx: number
  /** The corner that is shown with a ring near a place. */
  corner: (near: Place) => Place | null
  point: (at: Place, isFree: boolean) => void
  pick: (places: readonly Place[]) => void
  /** Moves the map so that another place lies under its cross. */
  goTo: (at: Place) => void
  /** A held vertex moved: shows it, and looks for corners near it. */
  moved: (at: Place) => void
}

const moved = ([x, y]: Place, [right, up]: Place, distanceM: number): Place => [x + right * distanceM, y + up * distanceM]

/** Keys while vertices are moved: N and Shift+N take the next and the last one, arrows move it, Insert adds one behind it, Delete removes it. */
function pressedReshaping(edit: MapEdit, shape: ReshapedShape, event: KeyboardEvent, hands: KeyHands): boolean {
  const { parts, held } = shape
  const vertices = verticesOf(parts)
  const at = held === null ? undefined : vertices[held]
  const arrow = ARROWS[event.key]
  if (event.key.toLowerCase() === 'n') {
    const next = held === null ? (event.shiftKey ? -1 : 0) : held + (event.shiftKey ? -1 : 1)
    const now = (next + vertices.length) % vertices.length
    edit.onHold(now)
    const vertex = vertices[now]
    if (vertex) hands.moved(placeOfVertex(parts, vertex))
  } else if (at === undefined) return false
  else if (arrow) {
    const to = moved(placeOfVertex(parts, at), arrow, (event.shiftKey ? FINE_PX : STEP_PX) * hands.metresPerPx)
    edit.onReshape(withVertexAt(parts, at, to))
    hands.moved(to)
  } else if (event.key === ' ') {
    const corner = hands.corner(placeOfVertex(parts, at))
    if (corner) edit.onReshape(withVertexAt(parts, at, corner))
  } else if (event.key === 'Insert' || event.key === '+') {
    edit.onReshape(withVertexAfter(parts, at))
    edit.onHold((held ?? 0) + 1)
  } else if (event.key === 'Delete' || event.key === 'Backspace') {
    edit.onReshape(withoutVertex(parts, at))
    edit.onHold(Math.min(held ?? 0, verticesOf(withoutVertex(parts, at)).length - 1))
  } else return false
  return true
}

/** Shift and an arrow paint from the keyboard: the cross of the map passes over what lies between. */
function pressedPainting(event: KeyboardEvent, hands: KeyHands): boolean {
  const arrow = ARROWS[event.key]
  if (!arrow || !event.shiftKey) return false
  const from = hands.centre()
  const to = moved(from, arrow, STEP_PX * hands.metresPerPx)
  hands.goTo(to)
  hands.pick([from, to])
  return true
}

/**
 * What a key on the map does while an option is edited; false where it is none of ours. Space sets a point at the cross in the middle, Enter ends
 * the drawing; while selecting, Enter picks there and Ctrl+Enter makes the step.
 */
export function pressedKey(edit: MapEdit, event: KeyboardEvent, hands: KeyHands): boolean {
  const { tool, reshaped } = edit
  if (tool === 'look' || event.isComposing) return false
  const isShaping = tool === 'draw' || tool === 'reshape'
  if (event.key === 'Enter' && (event.ctrlKey || isShaping)) edit.onFinish()
  else if (event.ctrlKey || event.metaKey) return false
  else if (event.key === 'Escape') edit.onCancel()
  else if (isShaping && event.key.toLowerCase() === 's') edit.onSnapping(!edit.isSnapping)
  else if (tool === 'reshape') return reshaped !== null && pressedReshaping(edit, reshaped, event, hands)
  else if (tool === 'paint' && pressedPainting(event, hands)) return true
  else if (event.key === ' ' && tool === 'draw') hands.point(hands.centre(), event.altKey)
  else if (event.key === 'Enter' || event.key === ' ') hands.pick([hands.centre()])
  else if (event.key === 'Backspace') edit.onBack()
  else return false
  return true
}
