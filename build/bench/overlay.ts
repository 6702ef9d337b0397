import { layerFromSketches } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { totalAreaM2 } from '#core/geo/measure.ts'
import { overlapAreas } from '#core/geo/overlay-area.ts'
import { partsMeeting } from '#core/geo/prepared.ts'
import type { FeatureSketch } from '#core/geo/sketch.ts'

/**
 * The area kernel against full GEOS overlay, in the same run, on the same candidate pairs of two generated parcel layers that
 * tile the same ground differently. Prints the ratio; run it with every change to the kernel: `node build/bench/overlay.ts`.
 */
const side = Math.round(Math.sqrt(Number(process.argv[2] ?? 20_000)))
const geos = await loadGeos()
const a = parcels(side, 7)
const b = parcels(Math.round(side * 1.05), 11)

let sumM2 = 0
let pairs = 0
const kernel = () =>
  overlapAreas(a, b, (_, __, areaM2) => {
    sumM2 += areaM2
    pairs += 1
  })
const cold = cpuSeconds(kernel)
const warm = [1, 2, 3].map(() => cpuSeconds(kernel)).sort((x, y) => x - y)[1] ?? cold
sumM2 /= 4
pairs /= 4

// GEOS is measured on every tenth parcel and scaled: it needs minutes for all of them
const STEP = 10
let candidates = 0
let worstM2 = 0
let geosPairs = 0
const kernelPairs = new Map<number, number>()
overlapAreas(a, b, (i, j, areaM2) => kernelPairs.set(i * b.count + j, areaM2), { a: (i) => i % STEP === 0 })
const peer =
  STEP *
  cpuSeconds(() => {
    for (let i = 0; i < a.count; i += STEP) {
      const [minX = 0, minY = 0, maxX = 0, maxY = 0] = a.partBox.subarray(4 * i, 4 * i + 4)
      for (const j of partsMeeting(b, minX, minY, maxX, maxY)) {
        candidates += 1
        const areaM2 = geos.overlapAreaM2(a, i, b, j)
        if (areaM2 > 0) geosPairs += 1
        worstM2 = Math.max(worstM2, Math.abs(areaM2 - (kernelPairs.get(i * b.count + j) ?? 0)))
      }
    }
  })

console.log(`parcels ${a.count} x ${b.count}, vertices ${a.xy.length / 2} + ${b.xy.length / 2}, overlapping pairs ${pairs}`)
console.log(`area kernel  ${cold.toFixed(2)} s cold, ${warm.toFixed(2)} s warm (CPU)`)
console.log(
  `GEOS ${geos.version}  ${peer.toFixed(2)} s (CPU, scaled from ${candidates} candidate pairs, ${geosPairs} overlapping)`,
)
console.log(`ratio  ${(peer / warm).toFixed(1)} x`)
console.log(`largest difference of one pair  ${worstM2.toExponential(1)} m²`)
console.log(`conservation  ${(sumM2 / totalAreaM2(a) - 1).toExponential(1)} relative`)

function cpuSeconds(task: () => void): number {
  const start = process.cpuUsage()
  task()
  const used = process.cpuUsage(start)
  return (used.user + used.system) / 1e6
}

/** Parcels that tile 40 × 40 km without gaps: a jittered lattice whose shared edges carry the same crooked vertices. */
function parcels(cells: number, seed: number): LayerColumns {
  const stepM = 40_000 / cells
  const jitter = (i: number, j: number, salt: number) => {
    let hash = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(j + 1, 0x85ebca6b) ^ Math.imul(salt + seed, 0xc2b2ae35)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
    return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32 - 0.5
  }
  const inside = (i: number) => i > 0 && i < cells
  const corner = (i: number, j: number): [number, number] => [
    stepM * (i + (inside(i) ? 0.5 * jitter(i, j, 1) : 0)),
    stepM * (j + (inside(j) ? 0.5 * jitter(i, j, 2) : 0)),
  ]
  /** From a corner to the next one right or up, four crooked vertices between; edges of the whole stay straight. */
  const edge = (i: number, j: number, up: boolean): [number, number][] => {
    const [x, y] = corner(i, j)
    const [toX, toY] = up ? corner(i, j + 1) : corner(i + 1, j)
    const isOuter = up ? !inside(i) : !inside(j)
    return [0, 1, 2, 3, 4].map((at) => {
      const bend = at === 0 || isOuter ? 0 : 0.08 * stepM * jitter(i, j, 10 + at + (up ? 5 : 0))
      return [x + ((toX - x) * at) / 5 + (up ? bend : 0), y + ((toY - y) * at) / 5 + (up ? 0 : bend)]
    })
  }
  const backwards = (points: [number, number][], end: [number, number]) => [...points.slice(1), end].reverse()
  const sketches: FeatureSketch[] = []
  for (let i = 0; i < cells; i += 1) {
    for (let j = 0; j < cells; j += 1) {
      const top = backwards(edge(i, j + 1, false), corner(i + 1, j + 1))
      const left = backwards(edge(i, j, true), corner(i, j + 1))
      sketches.push({ polygon: [[...edge(i, j, false), ...edge(i + 1, j, true), ...top, ...left]] })
    }
  }
  return layerFromSketches('landuse_plan', sketches)
}
