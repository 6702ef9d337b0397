import type { LayerShape } from '../model/inspection.ts'

/** A layer's place on the overview, in the units of its sheet. */
export interface DrawnShape {
  /** What the caller calls the layer. */
  key: string
  /** Path data of the outlines. */
  d: string
  /** The extent, never smaller than can be seen. */
  box: { x: number; y: number; width: number; height: number }
}

export interface Overview {
  width: number
  height: number
  shapes: DrawnShape[]
  /** Layers that have no place among the others: their system is not known. */
  unplaced: string[]
  /** How far the sheet reaches from left to right, metres; null where the numbers have no place on Earth. */
  acrossM: number | null
}

export interface OverviewSheet {
  width: number
  height: number
  margin: number
}

const METRES_PER_DEGREE = 111_320
const LEAST_BOX = 5

/**
 * Lays the layers' outlines over each other on one sheet: in degrees of equal length where layers have a place on Earth;
 * where none has, in their own numbers. A layer that lies off by an ocean shows as a far speck, as it should.
 */
export function overviewOf(layers: readonly { key: string; shape: LayerShape | null }[], sheet: OverviewSheet): Overview {
  const shaped = layers.flatMap(({ key, shape }) => (shape === null ? [] : [{ key, shape }]))
  const onEarth = shaped.filter(({ shape }) => shape.space === 'earth')
  const placed = onEarth.length > 0 ? onEarth : shaped
  const unplaced = shaped.filter((layer) => !placed.includes(layer)).map(({ key }) => key)
  const { width, height, margin } = sheet
  if (placed.length === 0) return { width, height, shapes: [], unplaced, acrossM: null }
  const [minX, minY, maxX, maxY] = unionOf(placed.map(({ shape }) => shape.extent))
  const stretch = onEarth.length > 0 ? Math.max(0.05, Math.cos((((minY + maxY) / 2) * Math.PI) / 180)) : 1
  const [spanX, spanY] = [(maxX - minX) * stretch, maxY - minY]
  const [roomX, roomY] = [width - 2 * margin, height - 2 * margin]
  const scale = Math.min(roomX / (spanX || 1e-9), roomY / (spanY || 1e-9), 1e12)
  const [left, top] = [(width - spanX * scale) / 2, (height - spanY * scale) / 2]
  const toX = (x: number) => left + (x - minX) * stretch * scale
  const toY = (y: number) => top + (maxY - y) * scale
  return {
    width,
    height,
    unplaced,
    shapes: placed.map(({ key, shape }) => ({ key, d: pathOf(shape.runs, toX, toY), box: boxOf(shape.extent, toX, toY) })),
    acrossM: onEarth.length > 0 ? (width / scale) * METRES_PER_DEGREE : null,
  }
}

type Extent = LayerShape['extent']

const unionOf = (extents: readonly Extent[]): Extent =>
  extents.reduce((a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])])

type Axis = (value: number) => number

const short = (value: number): number => Math.round(value * 10) / 10

/** Points become short strokes that a round line cap shows as dots. */
function pathOf(runs: readonly number[][], toX: Axis, toY: Axis): string {
  let d = ''
  for (const run of runs) {
    let last = ''
    for (let i = 0; i + 1 < run.length; i += 2) {
      const at = `${short(toX(run[i] ?? 0))} ${short(toY(run[i + 1] ?? 0))}`
      if (at !== last) d += `${i === 0 ? 'M' : 'L'}${at}`
      last = at
    }
    if (run.length === 2) d += 'h0.1'
  }
  return d
}

function boxOf([minX, minY, maxX, maxY]: Extent, toX: Axis, toY: Axis): DrawnShape['box'] {
  const [width, height] = [Math.max(LEAST_BOX, toX(maxX) - toX(minX)), Math.max(LEAST_BOX, toY(minY) - toY(maxY))]
  const [centreX, centreY] = [(toX(minX) + toX(maxX)) / 2, (toY(minY) + toY(maxY)) / 2]
  return { x: short(centreX - width / 2), y: short(centreY - height / 2), width: short(width), height: short(height) }
}
