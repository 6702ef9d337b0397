import type { FeatureGeometry } from '../contract/map-data.ts'
import type { OverlayPartView } from '../contract/overlay-procedures.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { hasShape } from '../geo/edited.ts'
import { boxOfFeature } from '../geo/feature-box.ts'
import { anchorOf } from './anchor.ts'
import type { OverlayPart } from './overlay.ts'

/** minX, minY, maxX, maxY in metres. */
type Box = [number, number, number, number]

/** How strongly the plan itself is drawn under overlays, where it steps back. */
export const FADED_PLAN = 0.35

/** A screen draws this many shapes of a part; an export holds all of them. */
export const MOST_DRAWN = 20_000

/** A part as a screen needs it: metres instead of millimetres, and for each row of its list where the map must go. */
export function partView(part: OverlayPart, most = MOST_DRAWN): OverlayPartView {
  const { id, title, labels, shapes, list } = part
  const drawn = Math.min(shapes.count, most)
  const rows = list?.rows.length ?? 0
  return {
    id,
    title,
    labels: [...labels],
    list,
    legend: [...part.legend],
    shapes: shapes.count,
    shape: geometryOfFirst(shapes, drawn),
    classOf: part.classOf.slice(0, drawn),
    rowOf: part.rowOf.slice(0, drawn),
    ...placesOf(part, rows),
  }
}

/** The first features of a layer in metres, rings and features split as the map splits them. */
export function geometryOfFirst(layer: LayerColumns, count: number): FeatureGeometry {
  const { kind, xy, ringOff, partOff, featureOff, fid } = layer
  const firstRingOf = (feature: number) => partOff[featureOff[feature] ?? 0] ?? 0
  const rings = firstRingOf(count)
  return {
    kind,
    xyM: Float64Array.from(xy.subarray(0, 2 * (ringOff[rings] ?? 0)), (mm) => mm / 1000),
    ringOff: Uint32Array.from(ringOff.subarray(0, rings + 1)),
    featureOff: Uint32Array.from({ length: count + 1 }, (_, feature) => firstRingOf(feature)),
    fid: Float64Array.from(fid.subarray(0, count)),
  }
}

/** Of every row the box around its shapes, and the place of its number: on the largest of them. */
export function placesOf(
  { shapes, rowOf }: Pick<OverlayPart, 'shapes' | 'rowOf'>,
  rows: number,
): Pick<OverlayPartView, 'boxesM' | 'anchorsM'> {
  const boxesM = new Float64Array(4 * rows).fill(NaN)
  const largest = new Int32Array(rows).fill(-1)
  const sizes = new Float64Array(rows)
  for (let shape = 0; shape < shapes.count; shape += 1) {
    const row = (rowOf[shape] ?? 0) - 1
    if (row < 0 || row >= rows || !hasShape(shapes, shape)) continue
    const [left, bottom, right, top] = boxOfFeature(shapes, shape).map((mm) => mm / 1000) as Box
    widen(boxesM, row, [left, bottom, right, top])
    const size = right - left + top - bottom
    if ((largest[row] ?? -1) >= 0 && size <= (sizes[row] ?? 0)) continue
    largest[row] = shape
    sizes[row] = size
  }
  const anchorsM = new Float64Array(2 * rows).fill(NaN)
  largest.forEach((shape, row) => {
    const at = shape < 0 ? undefined : anchorOf(shapes, shape)
    if (at) anchorsM.set([at[0] / 1000, at[1] / 1000], 2 * row)
  })
  return { boxesM, anchorsM }
}

function widen(boxes: Float64Array, row: number, [left, bottom, right, top]: Box): void {
  const at = 4 * row
  const isFirst = Number.isNaN(boxes[at])
  boxes[at] = isFirst ? left : Math.min(boxes[at] ?? left, left)
  boxes[at + 1] = isFirst ? bottom : Math.min(boxes[at + 1] ?? bottom, bottom)
  boxes[at + 2] = isFirst ? right : Math.max(boxes[at + 2] ?? right, right)
  boxes[at + 3] = isFirst ? top : Math.max(boxes[at + 3] ?? top, top)
}
