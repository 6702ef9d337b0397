import { layerFromSketches } from '#core/geo/build.ts'
import type { RasterGrid } from '#core/geo/raster.ts'
import type { FeatureSketch } from '#core/geo/sketch.ts'
import { zonalMeans } from '#core/geo/zonal.ts'

/**
 * Means of a grid over parcels by scan lines, against asking every cell of each parcel's box, in the same run and to the same
 * answer: `node build/bench/zonal.ts [parcels]`.
 */
const SIDE = Math.round(Math.sqrt(Number(process.argv[2] ?? 20_000)))
const GRID = 4000
const CELL_M = 5
const SPAN_M = (GRID * CELL_M) / SIDE

const grid: RasterGrid = {
  columns: GRID,
  rows: GRID,
  leftX: 0,
  topY: GRID * CELL_M,
  cellX: CELL_M,
  cellY: CELL_M,
  crs: 'LOCAL:metre',
  values: Float32Array.from({ length: GRID * GRID }, (_, i) => (i * 2_654_435_761) % 1000),
}
const at = (i: number, j: number): [number, number] => [
  (i + 0.2 * Math.sin(i * 7 + j * 3)) * SPAN_M,
  (j + 0.2 * Math.cos(i * 5 + j)) * SPAN_M,
]
const sketches = Array.from({ length: SIDE * SIDE }, (_, n): FeatureSketch => {
  const [i, j] = [n % SIDE, Math.floor(n / SIDE)]
  return { polygon: [[at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1), at(i, j)]] }
})
const zones = layerFromSketches('landuse_plan', sketches)
const same = (x: number, y: number): [number, number] => [x, y]

const lines = timed(() => zonalMeans(zones, grid, same))
const naive = timed(() => askEveryCell())
const worst = Math.max(...lines.value.mean.map((mean, i) => Math.abs(mean - (naive.value[i] ?? NaN))))
console.log(`${zones.count} parcels over ${GRID} x ${GRID} cells`)
console.log(`scan lines  ${lines.seconds.toFixed(2)} s CPU`)
console.log(`every cell of the box  ${naive.seconds.toFixed(2)} s CPU`)
console.log(`ratio  ${(naive.seconds / lines.seconds).toFixed(1)} x, largest difference ${worst.toExponential(1)}`)

function askEveryCell(): Float64Array {
  return Float64Array.from({ length: zones.count }, (_, zone) => {
    const first = zones.ringOff[zone] ?? 0
    const end = zones.ringOff[zone + 1] ?? 0
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = zones.partBox.subarray(4 * zone, 4 * zone + 4)
    let [sum, cells] = [0, 0]
    for (let row = Math.max(0, Math.floor(GRID - maxY / 1000 / CELL_M)); row < GRID - minY / 1000 / CELL_M && row < GRID; row++)
      for (let column = Math.max(0, Math.floor(minX / 1000 / CELL_M)); column < maxX / 1000 / CELL_M && column < GRID; column++) {
        if (!holds(first, end, (column + 0.5) * CELL_M * 1000, (GRID - row - 0.5) * CELL_M * 1000)) continue
        sum += grid.values[row * GRID + column] ?? 0
        cells++
      }
    return sum / cells
  })
}

function holds(first: number, end: number, x: number, y: number): boolean {
  let inside = false
  for (let v = first; v + 1 < end; v++) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = zones.xy.subarray(2 * v, 2 * v + 4)
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside
  }
  return inside
}

function timed<T>(task: () => T): { value: T; seconds: number } {
  const before = process.cpuUsage()
  const value = task()
  const { user, system } = process.cpuUsage(before)
  return { value, seconds: (user + system) / 1e6 }
}
