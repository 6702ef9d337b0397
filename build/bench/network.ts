import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { connectivity, decayRate, importances, type HabitatGraph } from '#core/network/connectivity.ts'
import { costSurface } from '#core/network/cost-surface.ts'
import { graphOf, type Links } from '#core/network/graph.ts'
import { spread } from '#core/network/spread.ts'

/**
 * Networks against Python's usual libraries in the same run: ten-minute service areas on 200,000 nodes and 500,000 links,
 * cumulative cost on 2,000 × 2,000 cells, connectivity of 500 and 2,000 patches and what each patch is worth.
 * Aims: 1.0 × scipy, 0.5 × scikit-image, 0.5 × igraph, importances 20 × faster than removing patch by patch.
 */
const folder = mkdtempSync(path.join(os.tmpdir(), 'greenprint-bench-'))
const random = generator(7)
const RATE = decayRate(0.5, 1500)

const city = streets(448)
const starts = Array.from({ length: 3000 }, () => Math.floor(random() * city.nodes))
const side = 2000
const resistance = Float64Array.from({ length: side * side }, () => [1, 4, 10, 20, 40, 80, 100][Math.floor(random() * 7)] ?? 1)
const cells = Array.from({ length: 50 }, () => Math.floor(random() * side * side))
const [small, large] = [patches(500), patches(2000)]

const peers = askPeers()
rmSync(folder, { recursive: true })

const graph = graphOf(city.nodes, city.links)
const begins = starts.map((node, owner) => ({ node, already: 0, owner }))
const access = timed(() => spread(graph, begins, 800))
const total = access.answer.distance.filter(Number.isFinite).reduce((sum, far) => sum + far, 0)
console.log(`service areas, ${graph.nodes} nodes, ${graph.links} links, ${starts.length} starts`)
report(access.seconds, total, 'scipy', peers?.['scipy'])

const surface = timed(() =>
  costSurface(
    { columns: side, rows: side, cellM: 1, resistance },
    cells.map((cell, owner) => ({ cell, owner })),
  ),
)
console.log(`cumulative cost, ${side} × ${side} cells, ${cells.length} sources`)
report(
  surface.seconds,
  surface.answer.cost.reduce((sum, cost) => sum + cost, 0),
  'scikit-image',
  peers?.['skimage'],
)

for (const [habitat, name, peer] of [
  [small, 'igraph', 'igraph500'],
  [small, 'networkx', 'networkx500'],
  [large, 'igraph', 'igraph2000'],
] as const) {
  const pc = timed(() => connectivity(habitat, RATE).pcNumerator)
  console.log(`connectivity of ${habitat.graph.nodes} patches, ${habitat.graph.links} links (PC and IIC here, PC there)`)
  report(pc.seconds, pc.answer, name, peers?.[peer])
}

const once = timed(() => connectivity(small, RATE).pcNumerator).seconds
const each = timed(() => importances(small, RATE), 1).seconds
const there = peers?.['igraph500'] ?? peers?.['networkx500']
console.log('what each of 500 patches is worth, and each link')
console.log(
  `  here ${each.toFixed(2)} s; removing one by one here about ${(500 * once).toFixed(1)} s (${((500 * once) / each).toFixed(0)} ×)`,
)
if (there)
  console.log(
    `  removing one by one there about ${(500 * there.seconds).toFixed(0)} s (${((500 * there.seconds) / each).toFixed(0)} ×)`,
  )

interface Peer {
  seconds: number
  check: number
}

function report(seconds: number, check: number, name: string, peer: Peer | null | undefined): void {
  if (!peer) return console.log(`  here ${seconds.toFixed(3)} s CPU; ${name} is not installed`)
  const ratio = (seconds / peer.seconds).toFixed(2)
  const difference = Math.abs(check / peer.check - 1).toExponential(1)
  console.log(
    `  here ${seconds.toFixed(3)} s, ${name} ${peer.seconds.toFixed(3)} s CPU: ${ratio} ×; sums differ by ${difference}`,
  )
}

/** Median CPU seconds of three runs after a first one, and the answer. */
function timed<T>(task: () => T, runs = 3): { seconds: number; answer: T } {
  let answer = task()
  const seconds = Array.from({ length: runs }, () => {
    const before = process.cpuUsage()
    answer = task()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  }).toSorted((a, b) => a - b)
  return { seconds: seconds[Math.floor(runs / 2)] ?? NaN, answer }
}

function askPeers(): Record<string, Peer | null> | undefined {
  const put = (name: string, values: Iterable<number>) =>
    writeFileSync(path.join(folder, `${name}.f64`), Float64Array.from(values))
  const rows = ({ from, to, length }: Links) =>
    Array.from(from).flatMap((start, link) => [start, to[link] ?? 0, length[link] ?? 0])
  put('links', rows(city.links))
  put('starts', starts)
  put('grid', resistance)
  put('cells', cells)
  put('rate', [RATE])
  for (const [name, habitat] of [
    ['p500', small],
    ['p2000', large],
  ] as const) {
    put(`${name}-areas`, Array.from(habitat.areaM2))
    put(`${name}-links`, rows(habitat.links))
  }
  const { stdout, status, stderr } = spawnSync(
    process.env['GREENPRINT_PYTHON'] ?? 'python3',
    [path.join(import.meta.dirname, 'network-peers.py'), folder],
    {
      encoding: 'utf8',
    },
  )
  if (status === 0) return JSON.parse(stdout) as Record<string, Peer | null>
  console.log(`no peers: ${status === null ? 'python3 is not installed' : stderr}`)
  return undefined
}

/** A jittered street grid with diagonals: about 2.5 links per node, 60 to 140 m long. */
function streets(blocks: number): { nodes: number; links: Links } {
  const links: [number, number, number][] = []
  for (let row = 0; row < blocks; row += 1) {
    for (let column = 0; column < blocks; column += 1) {
      const here = row * blocks + column
      if (column + 1 < blocks) links.push([here, here + 1, 60 + 80 * random()])
      if (row + 1 < blocks) links.push([here, here + blocks, 60 + 80 * random()])
      if (column + 1 < blocks && row + 1 < blocks && random() < 0.5) links.push([here, here + blocks + 1, 90 + 80 * random()])
    }
  }
  return { nodes: blocks * blocks, links: columns(links) }
}

/** Patches strewn over a landscape, each linked with those nearer than 3 km. */
function patches(count: number): HabitatGraph & { links: Links } {
  const extent = 1000 * Math.sqrt(count * 3.9)
  const places = Array.from({ length: count }, () => [extent * random(), extent * random()] as const)
  const links = places.flatMap(([x, y], from) =>
    places.slice(from + 1).flatMap(([toX, toY], after): [number, number, number][] => {
      const far = Math.hypot(x - toX, y - toY)
      return far < 3000 ? [[from, from + 1 + after, far]] : []
    }),
  )
  const areaM2 = places.map(() => 1e4 + 1e6 * random() ** 3)
  return { graph: graphOf(count, columns(links)), links: columns(links), areaM2, landscapeM2: extent * extent }
}

function columns(links: readonly (readonly [number, number, number])[]): Links {
  return { from: links.map(([from]) => from), to: links.map(([, to]) => to), length: links.map(([, , length]) => length) }
}

/** Numbers of 0 … 1, the same in every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
