import { AppError } from '#core/errors.ts'
import { equalAreaFrame, planarFrame, toFrame, type Frame } from '#core/geo/frame.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { toGeographic } from '../store/plan-to-frame.ts'
import type { Box } from '../store/gpkg-geometry.ts'
import type { ChosenLayer } from './open-sources.ts'
import { knownCrs } from './plan-crs.ts'

/** Int32 millimetres reach 2,147 km from the origin; a plan that wide has a layer in the wrong system. */
const LIMIT_KM = 2000

const SAMPLES_PER_EDGE = 8

/**
 * The plane of a plan: equal-area, centred on all its layers, on the ellipsoid of its datum; planar for a local system. The
 * centre is rounded, so that it does not move with the last digit of a coordinate.
 * @throws AppError `import.too-wide` when a layer lies too far from the centre.
 */
export function frameOf(crs: string, layers: readonly { name: string; box: Box }[]): Frame {
  const info = knownCrs(crs)
  const outlines = layers.map(({ box }) => outline(box, toGeographic(crs)))
  const all = outlines.flat()
  const [minX, minY, maxX, maxY] = boxAround(all)
  const centre = [(minX + maxX) / 2, (minY + maxY) / 2] as const
  const base = info.base === null ? info : knownCrs(info.base)
  const frame =
    info.kind === 'local'
      ? planarFrame(Math.round(centre[0]), Math.round(centre[1]))
      : equalAreaFrame(rounded(centre[0]), rounded(centre[1]), base.semiMajorM, base.inverseFlattening)
  const project = toFrame(frame)
  const farthestKm = Math.max(...all.map(([x, y]) => Math.hypot(...project(x, y)))) / 1000
  if (!(farthestKm <= LIMIT_KM))
    throw new AppError('import.too-wide', {
      widthKm: Math.round(farthestKm * 2),
      limitKm: LIMIT_KM * 2,
      layers: layers.map(({ name }) => name),
    })
  return frame
}

/**
 * The frame that a plan will have, told from what its sources say of their extent, so that layers can be measured while they pass.
 * Null where that is not known well enough: filtered or converted layers. What it says is checked against `frameOf` afterwards.
 */
export function expectedFrame(
  crs: string,
  layers: readonly { chosen: Pick<ChosenLayer, 'source'>; crs: string; isWhole: boolean }[],
): Frame | null {
  const boxes = layers.flatMap(({ chosen: { source }, crs: from, isWhole }) =>
    isWhole && from === crs && source.extent ? [{ name: source.layer ?? '', box: source.extent }] : [],
  )
  if (boxes.length === 0 || boxes.length < layers.length) return null
  try {
    return frameOf(crs, boxes)
  } catch (error) {
    if (error instanceof AppError && error.code === 'import.too-wide') return null // told when it is certain
    throw error
  }
}

export const isSameFrame = (a: Frame, b: Frame): boolean => JSON.stringify(a) === JSON.stringify(b)

const rounded = (degrees: number): number => Math.round(degrees * 1e4) / 1e4

/** Points along the edges of a box, converted: the extreme longitude of a projected box is not always at a corner. */
export function outline([minX, minY, maxX, maxY]: Box, convert: (x: number, y: number) => [number, number]): [number, number][] {
  const points: [number, number][] = []
  for (let i = 0; i <= SAMPLES_PER_EDGE; i += 1) {
    const x = minX + ((maxX - minX) * i) / SAMPLES_PER_EDGE
    const y = minY + ((maxY - minY) * i) / SAMPLES_PER_EDGE
    points.push(convert(x, minY), convert(x, maxY), convert(minX, y), convert(maxX, y))
  }
  return points
}

/** The smallest box that holds some points. */
export function boxAround(points: readonly [number, number][]): Box {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** The box around a layer in metres of the frame. */
export function extentOf({ partBox }: LayerColumns): Box {
  const extent: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < partBox.length; i += 4) {
    extent[0] = Math.min(extent[0], (partBox[i] as number) / 1000)
    extent[1] = Math.min(extent[1], (partBox[i + 1] as number) / 1000)
    extent[2] = Math.max(extent[2], (partBox[i + 2] as number) / 1000)
    extent[3] = Math.max(extent[3], (partBox[i + 3] as number) / 1000)
  }
  return extent
}
