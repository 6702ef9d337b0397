import { applyMapping, type Mapping } from '#core/geo/sheet-fit.ts'

/** A sheet on the map: its picture, how it lies, and what of it is shown. */
export interface LaidSheet {
  key: string
  picture: ImageBitmap | HTMLCanvasElement
  width: number
  height: number
  mapping: Mapping
  neatline: readonly (readonly [number, number])[] | null
  opacity: number
  /** Drawn over the plan's layers. */
  above: boolean
}

export interface MapWindow {
  /** Frame metres of the upper left corner. */
  leftM: number
  topM: number
  metresPerPx: number
}

/** A projective sheet is drawn in this many columns and rows of triangles; each is bent as an affine piece. */
const MESH = 24

/** Draws a sheet where it lies. */
export function drawSheet(context: CanvasRenderingContext2D, sheet: LaidSheet, view: MapWindow): void {
  const { picture, mapping, neatline } = sheet
  const place = applyMapping(mapping)
  const toPx = (x: number, y: number): [number, number] => {
    const [xM, yM] = place(x, y)
    return [(xM - view.leftM) / view.metresPerPx, (view.topM - yM) / view.metresPerPx]
  }
  context.save()
  context.imageSmoothingQuality = 'high'
  if (neatline && neatline.length >= 3) {
    context.beginPath()
    for (const [x, y] of neatline) context.lineTo(...toPx(x, y))
    context.closePath()
    context.clip()
  }
  const [unitX, unitY] = [sheet.width / picture.width, sheet.height / picture.height]
  const [, , , , , , g, h] = mapping
  if (g === 0 && h === 0) {
    bend(context, [0, 0], [1, 0], [0, 1], (x, y) => toPx(x * unitX, y * unitY))
    context.drawImage(picture, 0, 0)
  } else drawBent(context, picture, (x, y) => toPx(x * unitX, y * unitY))
  context.restore()
}

type Corner = readonly [x: number, y: number]
type ToPx = (x: number, y: number) => [number, number]

/** Sets the affine transformation by which three corners of the picture come where they belong. */
function bend(context: CanvasRenderingContext2D, first: Corner, second: Corner, third: Corner, toPx: ToPx): void {
  const [[x0, y0], [x1, y1], [x2, y2]] = [toPx(...first), toPx(...second), toPx(...third)]
  const [ux, uy, vx, vy] = [second[0] - first[0], second[1] - first[1], third[0] - first[0], third[1] - first[1]]
  const turn = ux * vy - uy * vx
  const a = ((x1 - x0) * vy - (x2 - x0) * uy) / turn
  const c = ((x2 - x0) * ux - (x1 - x0) * vx) / turn
  const b = ((y1 - y0) * vy - (y2 - y0) * uy) / turn
  const d = ((y2 - y0) * ux - (y1 - y0) * vx) / turn
  context.setTransform(a, b, c, d, x0 - a * first[0] - c * first[1], y0 - b * first[0] - d * first[1])
}

function drawBent(context: CanvasRenderingContext2D, picture: LaidSheet['picture'], toPx: ToPx): void {
  const [stepX, stepY] = [picture.width / MESH, picture.height / MESH]
  for (let row = 0; row < MESH; row++) {
    for (let column = 0; column < MESH; column++) {
      const [left, top, right, bottom] = [column * stepX, row * stepY, (column + 1) * stepX, (row + 1) * stepY]
      for (const [a, b, c] of [[[left, top], [right, top], [left, bottom]], [[right, bottom], [left, bottom], [right, top]]] as const) {
        context.save()
        // A hair wider than the triangle, so that no seam shows between two.
        bend(context, a, b, c, toPx)
        context.beginPath()
        for (const [x, y] of [a, b, c]) context.lineTo(x + (x - (a[0] + b[0] + c[0]) / 3) * 0.04, y + (y - (a[1] + b[1] + c[1]) / 3) * 0.04)
        context.closePath()
        context.clip()
        context.drawImage(picture, left - 2, top - 2, stepX + 4, stepY + 4, left - 2, top - 2, stepX + 4, stepY + 4)
        context.restore()
      }
    }
  }
} // prettier-ignore
