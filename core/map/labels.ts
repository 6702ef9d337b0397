import type { MapLabel } from '../contract/map-data.ts'
import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { featureOfPart } from '../geo/prepared.ts'
import type { LayerId } from '../model/ids.ts'
import { anchorOf } from '../overlays/anchor.ts'
import { landClass } from '../reference/land-classes.ts'
import type { Lang } from '../text.ts'
import { HIDDEN_CLASS } from '../tiles/cells.ts'
import { partsInWindow, type BoxMm } from '../tiles/parts-in-window.ts'
import type { LabelStyle } from './label-styles.ts'
import { without } from '../without.ts'
import { scaleOf } from './look.ts'

/** A name that may be set, before it is known whether it has room. */
export interface LabelWish extends MapLabel {
  priority: number
  /** Among names of one priority the larger shape comes first. */
  sizeM: number
}

/** So many shapes of one layer are looked at, the largest first: more than any screen has room for. */
const MOST_WISHES = 2000
/** Room around a name, and how far apart the same name of one layer stands (a road is many pieces). */
const GAP_PX = 3
const SAME_NAME_PX = 260
const LINE = 1.25

/** Width of a text in ems: Chinese signs are square, others about half as wide. */
export const textEms = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (/[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/.test(sign) ? 1 : 0.58), 0)

/** What a layer would like to have written in a window, in frame metres. `classOf` marks filtered features as hidden. */
export function labelWishes(
  layer: LayerColumns,
  layerId: LayerId,
  style: LabelStyle,
  window: BoxMm,
  metresPerPx: number,
  lang: Lang,
  classOf: Uint16Array,
): LabelWish[] {
  if (scaleOf(metresPerPx) > style.from) return []
  const owners = featureOfPart(layer)
  const sizes = new Map<number, number>()
  for (const part of partsInWindow(layer, window)) {
    const feature = owners[part] ?? 0
    if (classOf[feature] === HIDDEN_CLASS) continue
    const size = sizeOfPartM(layer, part)
    if (size >= style.leastPx * metresPerPx) sizes.set(feature, Math.max(size, sizes.get(feature) ?? 0))
  }
  const largest = [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_WISHES)
  return largest.flatMap(([feature, sizeM]): LabelWish[] => {
    const text = wordsOf(layer, feature, style, lang, layer.kind === 'polygon' ? sizeM / metresPerPx : Infinity)
    const at = text === null ? undefined : anchorOf(layer, feature)
    if (text === null || at === undefined || !holds(window, at)) return []
    const [x, y] = at
    const { sizePx, colour, priority } = style
    const fid = layer.fid[feature] ?? 0
    const over = layer.kind === 'point'
    return [{ layerId, fid, xM: x / 1000, yM: y / 1000, text, sizePx, colour, over, priority, sizeM }]
  })
}

const holds = ([minX, minY, maxX, maxY]: BoxMm, [x, y]: readonly [number, number]): boolean =>
  x >= minX && x <= maxX && y >= minY && y <= maxY

function sizeOfPartM({ partBox, kind }: LayerColumns, part: number): number {
  const width = (partBox[4 * part + 2] ?? 0) - (partBox[4 * part] ?? 0)
  const height = (partBox[4 * part + 3] ?? 0) - (partBox[4 * part + 1] ?? 0)
  return (kind === 'polygon' ? Math.sqrt(width * height) : Math.hypot(width, height)) / 1000
}

/** The first attribute with a value. A class is told by name where that fits into the shape, else by code, else not at all. */
function wordsOf(
  layer: LayerColumns,
  feature: number,
  { fields, sizePx }: LabelStyle,
  lang: Lang,
  widthPx: number,
): string | null {
  for (const field of fields) {
    const value = (textAt(layer, field, feature) ?? numberAt(layer, field, feature)?.toString())?.trim()
    if (value === undefined || value === '') continue
    if (field !== 'class') return value
    const words = [landClass(value)?.[lang], value].find((text) => text !== undefined && textEms(text) * sizePx <= widthPx)
    return words ?? null
  }
  return null
}

/** Boxes already taken, found by the squares that they lie in. */
class Room {
  readonly #taken = new Map<string, [number, number, number, number][]>()

  take(box: [number, number, number, number]): boolean {
    const squares: string[] = []
    for (let x = Math.floor(box[0] / 100); x <= Math.floor(box[2] / 100); x += 1)
      for (let y = Math.floor(box[1] / 100); y <= Math.floor(box[3] / 100); y += 1) squares.push(`${x} ${y}`)
    const isFree = squares.every((square) =>
      (this.#taken.get(square) ?? []).every(
        (other) => other[0] >= box[2] || other[2] <= box[0] || other[1] >= box[3] || other[3] <= box[1],
      ),
    )
    if (isFree) for (const square of squares) this.#taken.set(square, [...(this.#taken.get(square) ?? []), box])
    return isFree
  }
}

/** The box of a name on the screen, px, y up; names of points stand above them. */
export function labelBox({ xM, yM, text, sizePx, over }: MapLabel, metresPerPx: number): [number, number, number, number] {
  const [x, y] = [xM / metresPerPx, yM / metresPerPx + (over ? OVER_PX + (sizePx * LINE) / 2 : 0)]
  const [width, height] = [textEms(text) * sizePx + 2 * GAP_PX, sizePx * LINE + 2 * GAP_PX]
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
}

/** How far above its place the name of a point begins. */
export const OVER_PX = 6

/**
 * Chooses what has room, most important first: no two names touch, and the same name of one layer is not repeated nearby.
 * The outcome depends on the wishes only, not on their order.
 */
export function placeLabels(wishes: readonly LabelWish[], metresPerPx: number, most: number): MapLabel[] {
  const room = new Room()
  const placed: MapLabel[] = []
  const same = new Map<string, MapLabel[]>()
  const first = (a: LabelWish, b: LabelWish) =>
    b.priority - a.priority || b.sizeM - a.sizeM || (a.layerId < b.layerId ? -1 : a.layerId > b.layerId ? 1 : a.fid - b.fid)
  for (const wish of wishes.toSorted(first)) {
    if (placed.length >= most) break
    const label = without(wish, 'priority', 'sizeM')
    const key = `${label.layerId} ${label.text}`
    const near = (other: MapLabel) => Math.hypot(other.xM - label.xM, other.yM - label.yM) < SAME_NAME_PX * metresPerPx
    if (!label.text.match(/^\d+$/) && same.get(key)?.some(near)) continue
    if (!room.take(labelBox(label, metresPerPx))) continue
    placed.push(label)
    same.set(key, [...(same.get(key) ?? []), label])
  }
  return placed
}
