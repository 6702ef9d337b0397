import type { LayerColumns } from './columns.ts'

/** Edges of one feature inside a box: leftX, leftY, slope, rightX, sign; from left to right, +1 where they bound it from above. */
type Edges = number[]
const STRIDE = 5

interface Box {
  minX: number
  minY: number
  maxX: number
  maxY: number
}

/**
 * Area in m² that features of three polygon layers have in common. The area kernel of `overlay-area.ts` taken one step further:
 * area(A ∩ B ∩ C) = Σ Σ Σ signₐ · sign_b · sign_c · ∫ min(yₐ, y_b, y_c) dx over the common x-range of each three edges. No geometry is
 * built, so nothing can fail. Meant for the few features that a boundary cuts: the cost is the product of their edges.
 */
export function tripleOverlapM2(
  a: LayerColumns,
  featureA: number,
  b: LayerColumns,
  featureB: number,
  c: LayerColumns,
  featureC: number,
): number {
  const box = common([boxOf(a, featureA), boxOf(b, featureB), boxOf(c, featureC)])
  if (!(box.minX < box.maxX && box.minY < box.maxY)) return 0
  const first = edgesWithin(a, featureA, box)
  const second = edgesWithin(b, featureB, box)
  const third = edgesWithin(c, featureC, box)
  let mm2 = 0
  for (let i = 0; i < first.length; i += STRIDE) {
    for (let j = 0; j < second.length; j += STRIDE) {
      const from = Math.max(at(first, i), at(second, j))
      const to = Math.min(at(first, i + 3), at(second, j + 3))
      if (from >= to) continue
      const sign = at(first, i + 4) * at(second, j + 4)
      for (let k = 0; k < third.length; k += STRIDE) {
        const start = Math.max(from, at(third, k))
        const end = Math.min(to, at(third, k + 3))
        if (start < end) mm2 += sign * at(third, k + 4) * underLowest(first, i, second, j, third, k, start, end)
      }
    }
  }
  return Math.max(0, mm2 / 1e6)
}

const at = (edges: Edges, index: number): number => edges[index] ?? 0

function boxOf(layer: LayerColumns, feature: number): Box {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
    box.minX = Math.min(box.minX, layer.partBox[4 * part] ?? 0)
    box.minY = Math.min(box.minY, layer.partBox[4 * part + 1] ?? 0)
    box.maxX = Math.max(box.maxX, layer.partBox[4 * part + 2] ?? 0)
    box.maxY = Math.max(box.maxY, layer.partBox[4 * part + 3] ?? 0)
  }
  return box
}

const common = (boxes: readonly Box[]): Box => ({
  minX: Math.max(...boxes.map(({ minX }) => minX)),
  minY: Math.max(...boxes.map(({ minY }) => minY)),
  maxX: Math.min(...boxes.map(({ maxX }) => maxX)),
  maxY: Math.min(...boxes.map(({ maxY }) => maxY)),
})

/**
 * Edges of a feature cut to the x-range of a box, in millimetres from its lower left corner. Edges wholly below the box are left
 * out: one feature lies wholly above them (its lowest point is the box's), and at every x the signs of its edges cancel.
 */
function edgesWithin(layer: LayerColumns, feature: number, { minX, minY, maxX }: Box): Edges {
  const { xy, ringOff, partOff, featureOff } = layer
  const edges: Edges = []
  const end = partOff[featureOff[feature + 1] ?? 0] ?? 0
  for (let ring = partOff[featureOff[feature] ?? 0] ?? 0; ring < end; ring += 1) {
    for (let vertex = 2 * (ringOff[ring] ?? 0); vertex + 2 < 2 * (ringOff[ring + 1] ?? 0); vertex += 2) {
      const isTop = (xy[vertex + 2] ?? 0) < (xy[vertex] ?? 0)
      const left = isTop ? vertex + 2 : vertex
      const right = isTop ? vertex : vertex + 2
      const [leftX, rightX] = [(xy[left] ?? 0) - minX, (xy[right] ?? 0) - minX]
      const [leftY, rightY] = [(xy[left + 1] ?? 0) - minY, (xy[right + 1] ?? 0) - minY]
      if (leftX === rightX || rightX <= 0 || leftX >= maxX - minX || (leftY < 0 && rightY < 0)) continue
      const slope = (rightY - leftY) / (rightX - leftX)
      const from = Math.max(0, leftX)
      edges.push(from, leftY + slope * (from - leftX), slope, Math.min(maxX - minX, rightX), isTop ? 1 : -1)
    }
  }
  return edges
}

/** ∫ of the lowest of three straight lines over start … end: their order changes only where two of them cross. */
function underLowest(a: Edges, i: number, b: Edges, j: number, c: Edges, k: number, start: number, end: number): number {
  const lines = [
    [at(a, i), at(a, i + 1), at(a, i + 2)],
    [at(b, j), at(b, j + 1), at(b, j + 2)],
    [at(c, k), at(c, k + 1), at(c, k + 2)],
  ].map(([x = 0, y = 0, slope = 0]) => ({ y: y + slope * (start - x), slope }))
  const width = end - start
  const lowest = (x: number) => Math.min(...lines.map(({ y, slope }) => y + slope * x))
  const stops = [0, width]
  for (const [one, line] of lines.entries()) {
    for (const other of lines.slice(one + 1)) {
      const crossing = (other.y - line.y) / (line.slope - other.slope)
      if (crossing > 0 && crossing < width) stops.push(crossing)
    }
  }
  stops.sort((x, z) => x - z)
  let area = 0
  for (const [index, x] of stops.entries()) {
    const next = stops[index + 1]
    if (next !== undefined) area += ((lowest(x) + lowest(next)) / 2) * (next - x)
  }
  return area
}
