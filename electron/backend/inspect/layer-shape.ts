import { crsInfo } from '#core/crs/crs.ts'
import { AppError } from '#core/errors.ts'
import type { LayerShape } from '#core/model/inspection.ts'
import type { SourceLayer, SourceValue } from '../formats/format.ts'
import { toGeographic } from '../store/plan-to-frame.ts'

type Extent = [number, number, number, number]

/** Thumbnails need no more; the rest of a large layer is passed over unread or untouched. */
const MOST_DRAWN = 600
const MOST_POINTS = 6000
/** Features looked at in all, spread over the layer: streaming a million for a thumbnail would keep the person waiting. */
const MOST_READ = 60_000
/** Pixels of the longest side of the thumbnail: finer than this nothing is drawn. */
const PIXELS = 320

/**
 * A thinned outline of a layer's features in degrees, or in its own numbers when its system has no place on Earth or is not
 * known. Every n-th feature of a large layer is drawn; `drawn` says how many.
 * @param crs the system that the layer is taken to be in, or null
 */
export function layerShape(
  layer: SourceLayer,
  crs: string | null,
  keeps: (values: readonly SourceValue[]) => boolean,
): LayerShape | null {
  if (layer.extent === null || layer.kind === null) return null
  const onEarth = crs !== null && placed(crs, layer.extent)
  const project = onEarth ? toGeographic(crs) : (x: number, y: number): [number, number] => [x, y]
  const [minX, minY, maxX, maxY] = layer.extent
  const pixel = Math.max(maxX - minX, maxY - minY) / PIXELS
  const stride = Math.max(1, Math.ceil(Math.min(layer.count, MOST_READ) / MOST_DRAWN))
  const runs: number[][] = []
  const extent: Extent = [Infinity, Infinity, -Infinity, -Infinity]
  let [read, drawn, points] = [0, 0, 0]
  try {
    for (const { geometry, values } of layer.features()) {
      if (++read > MOST_READ || points > MOST_POINTS) break
      if (geometry === null || !keeps(values)) continue
      if (drawn * stride > read) continue
      drawn++
      for (const run of geometry.parts.flat()) {
        const thinned = thinnedRun(run, pixel, project)
        grow(extent, thinned)
        if (thinned.length > 0) runs.push(thinned)
        points += thinned.length / 2
      }
    }
  } catch (error) {
    // A row that cannot be read is told with the layer's problems; what was seen before it can be drawn.
    if (!(error instanceof AppError)) throw error
  }
  if (runs.length === 0) return null
  const whole = read <= MOST_READ && stride === 1 ? extent : union(extent, corners(layer.extent, project))
  return { space: onEarth ? 'earth' : 'source', extent: whole, runs, drawn }
}

/** Whether the system gives the layer's corners a place on Earth at all. */
function placed(crs: string, extent: Extent): boolean {
  const info = crsInfo(crs)
  if (!info || info.kind === 'local') return false
  const [west, south, east, north] = corners(extent, toGeographic(crs))
  return [west, east].every((lon) => Math.abs(lon) <= 360) && [south, north].every((lat) => Math.abs(lat) <= 90)
}

type Project = (x: number, y: number) => [number, number]

function corners([minX, minY, maxX, maxY]: Extent, project: Project): Extent {
  const extent: Extent = [Infinity, Infinity, -Infinity, -Infinity]
  for (const x of [minX, (minX + maxX) / 2, maxX]) for (const y of [minY, maxY]) grow(extent, project(x, y))
  return extent
}

function grow(extent: Extent, xy: readonly number[]): void {
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const [x = 0, y = 0] = [xy[i], xy[i + 1]]
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue // outside what the projection can place
    extent[0] = Math.min(extent[0], x)
    extent[1] = Math.min(extent[1], y)
    extent[2] = Math.max(extent[2], x)
    extent[3] = Math.max(extent[3], y)
  }
}

const union = (a: Extent, b: Extent): Extent => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
]

/** Drops points closer than a pixel to the last one kept; first and last stay, so that rings stay closed. */
function thinnedRun(run: Float64Array, pixel: number, project: Project): number[] {
  const thinned: number[] = []
  let [lastX, lastY] = [Infinity, Infinity]
  for (let i = 0; i + 1 < run.length; i += 2) {
    const [x = 0, y = 0] = [run[i], run[i + 1]]
    const isEnd = i === 0 || i + 3 >= run.length
    if (!isEnd && Math.abs(x - lastX) < pixel && Math.abs(y - lastY) < pixel) continue
    const at = project(x, y)
    if (at.every(Number.isFinite)) thinned.push(...at.map((value) => Math.round(value * 1e6) / 1e6))
    ;[lastX, lastY] = [x, y]
  }
  return thinned
}
