/** Cells of a city, row by row; every array has one figure per cell. Cells outside the city have NaN as cooling capacity. */
export interface CoolingGrid {
  columns: number
  rows: number
  cellM: number
  /** Cooling capacity of the ground itself, 0 … 1. */
  capacity: Float64Array
  /** 1 where the cell is green space that cools its surroundings. */
  green: Uint8Array
}

/** How much shade, albedo and evaporation weigh in the cooling capacity; they sum to 1. */
export interface CapacityWeights {
  shade: number
  albedo: number
  evaporation: number
}

/** CC = w₁ · shade + w₂ · albedo + w₃ · ETI (InVEST urban cooling; domain §4.10). Shade is the share under trees of 2 m and more. */
export const coolingCapacity = (
  shade: number,
  albedo: number,
  evaporation: number,
  { shade: w1, albedo: w2, evaporation: w3 }: CapacityWeights,
): number => w1 * shade + w2 * albedo + w3 * evaporation

export interface MitigationOptions {
  /** Distance over which green space cools, m. */
  coolingDistanceM: number
  /** Green area within that distance from which on parks count, m² (2 ha in the model). */
  minimumGreenM2: number
}

/**
 * Heat mitigation index of every cell, 0 … 1 (NaN outside the city): its own cooling capacity, or what the green space within
 * the cooling distance brings when that is more and there is enough of it. Green cells bring their capacity times
 * exp(−d ÷ cooling distance), divided by the sum of these weights over all cells of the city within that distance: without the
 * division the index would grow with the fineness of the grid.
 */
export function heatMitigation(grid: CoolingGrid, { coolingDistanceM, minimumGreenM2 }: MitigationOptions): Float64Array {
  const { columns, rows, cellM, capacity, green } = grid
  const size = columns * rows
  const [greenM2, brought, weights] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  const reach = Math.floor(coolingDistanceM / cellM)
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const far = Math.hypot(dx, dy) * cellM
      if (far > coolingDistanceM) continue
      const weight = Math.exp(-far / coolingDistanceM)
      eachPair(columns, rows, dx, dy, (cell, other) => {
        const there = capacity[other] ?? NaN
        if (Number.isNaN(there)) return
        weights[cell] = (weights[cell] ?? 0) + weight
        if (green[other] !== 1) return
        greenM2[cell] = (greenM2[cell] ?? 0) + cellM * cellM
        brought[cell] = (brought[cell] ?? 0) + weight * there
      })
    }
  }
  return capacity.map((own, cell) => {
    const fromParks = (weights[cell] ?? 0) > 0 ? (brought[cell] ?? 0) / (weights[cell] ?? 1) : 0
    return Number.isNaN(own) || own >= fromParks || (greenM2[cell] ?? 0) < minimumGreenM2 ? own : fromParks
  })
}

/** Every cell with the one that lies dx, dy from it, where both are in the grid. */
function eachPair(columns: number, rows: number, dx: number, dy: number, visit: (cell: number, other: number) => void): void {
  const [firstX, endX] = [Math.max(0, -dx), Math.min(columns, columns - dx)]
  for (let row = Math.max(0, -dy); row < Math.min(rows, rows - dy); row += 1) {
    for (let column = firstX; column < endX; column += 1) {
      const cell = row * columns + column
      visit(cell, cell + dy * columns + dx)
    }
  }
}

/** Air temperature of a cell in °C: the reference plus what is left of the heat island (before the air mixes). */
export const airTemperature = (mitigation: number, referenceC: number, heatIslandC: number): number =>
  referenceC + (1 - mitigation) * heatIslandC
