import { planarFrame } from '#core/geo/frame.ts'
import { layerBuilder } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { classIndexes } from '#core/map/legend.ts'
import { generateCity } from '#core/sample/city.ts'
import { buildTile } from '#core/tiles/build-tile.ts'
import { clipRing } from '#core/tiles/clip.ts'
import { STEPS_PER_PX, TILE_PX, tileGrid, tileWindow, toStepsX, toStepsY, type TileGrid } from '#core/tiles/grid.ts'

/**
 * How long a map tile takes, per zoom level, on the sample city's planned land use, and how many times longer a loop over all
 * features takes that tests their boxes and cuts what meets the tile. Levels with many tiles are sampled evenly.
 * Run: `node build/bench/tiles.ts [parcels]`.
 */
const parcels = Number(process.argv[2] ?? 100_000)
const TILES_PER_LEVEL = 24

function cityColumns(): LayerColumns {
  const city = generateCity({ parcels, seed: 1 }, (code) => code)
  const source = city.layers.find(({ role }) => role === 'landuse_plan')
  if (source === undefined) throw new Error('the sample has no planned land use')
  const head = { role: source.role, name: source.table, kind: source.kind, frame: planarFrame(0, 0) }
  const builder = layerBuilder(head, { class: 'text' })
  let fid = 0
  for (const { parts, values } of source.features) {
    const moved = parts.map((rings) => rings.map((ring) => ring.map((value, i) => value - (i % 2 === 0 ? 523_000 : 3_376_000))))
    builder.add(++fid, moved, { class: String(values[1]) })
  }
  return builder.finish('bench')
}

function extentOf({ partBox }: LayerColumns): [number, number, number, number] {
  const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < partBox.length; at += 4) {
    extent[0] = Math.min(extent[0], (partBox[at] ?? 0) / 1000)
    extent[1] = Math.min(extent[1], (partBox[at + 1] ?? 0) / 1000)
    extent[2] = Math.max(extent[2], (partBox[at + 2] ?? 0) / 1000)
    extent[3] = Math.max(extent[3], (partBox[at + 3] ?? 0) / 1000)
  }
  return extent
}

/** What a program without index and overview does: every part's box against the tile, and every shape that meets it cut to it. */
function naiveTile(layer: LayerColumns, grid: TileGrid, z: number, x: number, y: number): number {
  const window = tileWindow(grid, z, x, y)
  if (window === null) return 0
  let vertices = 0
  for (let part = 0; part + 1 < layer.partOff.length; part++) {
    if ((layer.partBox[4 * part] ?? 0) > window.maxXMm || (layer.partBox[4 * part + 2] ?? 0) < window.minXMm) continue
    if ((layer.partBox[4 * part + 1] ?? 0) > window.maxYMm || (layer.partBox[4 * part + 3] ?? 0) < window.minYMm) continue
    for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring++) {
      const path: number[] = []
      for (let v = layer.ringOff[ring] ?? 0; v < (layer.ringOff[ring + 1] ?? 0); v++)
        path.push(toStepsX(window, layer.xy[2 * v] ?? 0), toStepsY(window, layer.xy[2 * v + 1] ?? 0))
      vertices += clipRing(path, 0, TILE_PX * STEPS_PER_PX).length / 2
    }
  }
  return vertices
}

function milliseconds(work: () => void): number {
  const from = performance.now()
  work()
  return performance.now() - from
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const layer = cityColumns()
const classOf = classIndexes(layer)
const grid = tileGrid(extentOf(layer))
const prepare = milliseconds(() => void buildTile(layer, classOf, grid, grid.resolutions.length - 1, 0, 0))
console.log(
  `${layer.count} parcels, ${(layer.xy.length / 2).toLocaleString('en')} vertices; index and owners ${prepare.toFixed(0)} ms`,
)
console.log('level   m/px  tiles  kind       mean ms   max ms  features  kB/tile  naive ms  ratio')
for (const [z, resolution] of grid.resolutions.entries()) {
  if (resolution < 0.5) break
  const side = 2 ** z
  const step = Math.max(1, side ** 2 / TILES_PER_LEVEL)
  const tiles = Array.from({ length: Math.min(side ** 2, TILES_PER_LEVEL) }, (_, i) => {
    const at = Math.floor((i + 0.5) * step)
    return [at % side, Math.floor(at / side)] as const
  })
  const built = tiles.map(([x, y]) => {
    let tile = buildTile(layer, classOf, grid, z, x, y)
    const ms = Math.min(...Array.from({ length: 3 }, () => milliseconds(() => (tile = buildTile(layer, classOf, grid, z, x, y)))))
    return { ms, tile, bytes: tile.xy.byteLength + tile.cells.byteLength + tile.ringOff.byteLength + tile.fid.byteLength }
  })
  const naive = mean(tiles.slice(0, 4).map(([x, y]) => milliseconds(() => void naiveTile(layer, grid, z, x, y))))
  const took = mean(built.map(({ ms }) => ms))
  const kinds = [...new Set(built.map(({ tile }) => tile.kind))].join('/')
  const features = mean(built.map(({ tile }) => tile.fid.length + tile.cells.length / 5))
  const columns = [
    String(z).padStart(5),
    resolution.toFixed(2).padStart(6),
    String(tiles.length).padStart(6),
    ` ${kinds.padEnd(14)}`,
    took.toFixed(2).padStart(4),
    Math.max(...built.map(({ ms }) => ms))
      .toFixed(1)
      .padStart(8),
    features.toFixed(0).padStart(9),
    (mean(built.map(({ bytes }) => bytes)) / 1000).toFixed(0).padStart(8),
    naive.toFixed(1).padStart(9),
    `${(naive / took).toFixed(1)}×`.padStart(6),
  ]
  console.log(columns.join(' '))
}
