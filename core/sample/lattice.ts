/** A closed ring or open run of coordinates x,y,x,y… in metres of the city's CRS. */
export type Ring = Float64Array

/** One block is a street strip and two cells wide: lattice lines 3b (street), 3b+1 and 3b+2 (cells). */
export const LINES_PER_BLOCK = 3

const STREET_M = 26
const ARTERIAL_M = 46
const CELL_M = 145
const ARTERIAL_EVERY = 4

/**
 * Cities of up to so many blocks a side have full-size blocks; larger ones get finer blocks, so that a plan with a million
 * parcels is a metropolis and not a province.
 */
const FULL_SIZE_BLOCKS = 80
const blockScale = (blocks: number): number => Math.min(1, Math.sqrt(FULL_SIZE_BLOCKS / blocks))

/** Where the city lies in EPSG:4547 (CGCS2000, central meridian 114° E): an invented place near 30.5° N. */
const CENTRE_EASTING_M = 523_000
const CENTRE_NORTHING_M = 3_376_000

/** How much the square street grid bends into rings, 0 = chessboard, 1 = circles. */
const ROUNDNESS = 0.72
const MEANDER = 0.055

/**
 * The street lattice all layers are cut from. Every polygon walks lattice vertices, and neighbours walk the same ones, so
 * layers tile without gaps or overlaps by construction.
 */
export interface Lattice {
  blocks: number
  lines: number
  halfSizeM: number
  /** Vertex coordinates, `(row * (lines) + column) * 2`. */
  vertices: Float64Array
  /** Distance of each block's middle from the centre (share of the half size) and its direction in degrees, 0..360. */
  radius: Float64Array
  degrees: Float64Array
}

export const isArterial = (block: number): boolean => block % ARTERIAL_EVERY === 0

export function buildLattice(blocks: number): Lattice {
  const lines = blocks * LINES_PER_BLOCK + 1
  const positions = new Float64Array(lines)
  const scale = blockScale(blocks)
  const cellM = CELL_M * scale
  let at = 0
  for (let block = 0; block < blocks; block++) {
    const streetM = (isArterial(block) ? ARTERIAL_M : STREET_M) * scale
    positions.set([at, at + streetM, at + streetM + cellM], block * LINES_PER_BLOCK)
    at += streetM + 2 * cellM
  }
  positions[lines - 1] = at
  const halfSizeM = at / 2
  const vertices = new Float64Array(lines * lines * 2)
  for (let row = 0; row < lines; row++) {
    for (let column = 0; column < lines; column++) {
      const [x, y] = bend((positions[column] ?? 0) / halfSizeM - 1, (positions[row] ?? 0) / halfSizeM - 1)
      const index = (row * lines + column) * 2
      vertices[index] = toMillimetre(CENTRE_EASTING_M + x * halfSizeM)
      vertices[index + 1] = toMillimetre(CENTRE_NORTHING_M + y * halfSizeM)
    }
  }
  return { blocks, lines, halfSizeM, vertices, ...blockPlaces(blocks) }
}

/** Direction and distance of every block, computed once: every layer asks for them. */
function blockPlaces(blocks: number): Pick<Lattice, 'radius' | 'degrees'> {
  const radius = new Float64Array(blocks * blocks)
  const degrees = new Float64Array(blocks * blocks)
  for (let block = 0; block < blocks * blocks; block++) {
    const [x, y] = blockCentre(blocks, block % blocks, Math.floor(block / blocks))
    radius[block] = Math.hypot(x, y)
    degrees[block] = ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360
  }
  return { radius, degrees }
}

const toMillimetre = (metres: number): number => Math.round(metres * 1000) / 1000

/** Square → rounded rings (concentric map blended with the identity), then a gentle meander. One-to-one on [-1, 1]². */
export function bend(u: number, v: number): [number, number] {
  const along = Math.abs(u) >= Math.abs(v)
  const radius = along ? u : v
  const angle = radius === 0 ? 0 : (Math.PI / 4) * ((along ? v : u) / radius)
  const discX = along ? radius * Math.cos(angle) : radius * Math.sin(angle)
  const discY = along ? radius * Math.sin(angle) : radius * Math.cos(angle)
  const x = (1 - ROUNDNESS) * u + ROUNDNESS * discX
  const y = (1 - ROUNDNESS) * v + ROUNDNESS * discY
  return [x, y + MEANDER * Math.sin(3.1 * x + 0.7)]
}

export function vertex(lattice: Lattice, column: number, row: number): [number, number] {
  const index = (row * lattice.lines + column) * 2
  return [lattice.vertices[index] ?? 0, lattice.vertices[index + 1] ?? 0]
}

/** The outline of a rectangle of the lattice, counter-clockwise and closed, through every lattice vertex on its edge. */
export function rectangle(lattice: Lattice, c0: number, r0: number, c1: number, r1: number): Ring {
  const path: number[] = []
  const push = (column: number, row: number) => path.push(...vertex(lattice, column, row))
  for (let c = c0; c < c1; c++) push(c, r0)
  for (let r = r0; r < r1; r++) push(c1, r)
  for (let c = c1; c > c0; c--) push(c, r1)
  for (let r = r1; r > r0; r--) push(c0, r)
  push(c0, r0)
  return Float64Array.from(path)
}

/** Middle of a block in the city's own coordinates: bent, from -1 to 1. */
export function blockCentre(blocks: number, bi: number, bj: number): [number, number] {
  const half = blocks / 2
  return bend((bi + 0.5) / half - 1, (bj + 0.5) / half - 1)
}

/** A place given by direction and distance from the centre (share of the half size), in metres. */
export function polarPoint(lattice: Lattice, degrees: number, radius: number): [number, number] {
  const angle = (degrees * Math.PI) / 180
  return [
    toMillimetre(CENTRE_EASTING_M + radius * lattice.halfSizeM * Math.cos(angle)),
    toMillimetre(CENTRE_NORTHING_M + radius * lattice.halfSizeM * Math.sin(angle)),
  ]
}

/** A point of a block in metres: the lattice vertex in its middle. */
export const blockPoint = (lattice: Lattice, bi: number, bj: number): [number, number] =>
  vertex(lattice, bi * LINES_PER_BLOCK + 2, bj * LINES_PER_BLOCK + 2)
