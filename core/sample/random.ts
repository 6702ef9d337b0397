/** A number in [0, 1) that depends only on its arguments: the same city on every machine, whatever is drawn first. */
export function chance(seed: number, ...keys: number[]): number {
  let h = (seed ^ 0x9e3779b9) >>> 0
  for (const key of keys) {
    h = Math.imul(h ^ (key | 0), 0x85ebca6b) >>> 0
    h = (h ^ (h >>> 13)) >>> 0
    h = Math.imul(h, 0xc2b2ae35) >>> 0
    h = (h ^ (h >>> 16)) >>> 0
  }
  return h / 0x1_0000_0000
}

/** Three octaves of smooth noise in [-1, 1], each turned, so that edges are ragged and never follow the noise's own grid. */
export function fractalNoise(seed: number, x: number, y: number): number {
  let sum = 0
  for (let octave = 0; octave < 3; octave++) {
    ;[x, y] = [1.6 * x - 1.2 * y, 1.2 * x + 1.6 * y]
    sum += smoothNoise(seed + octave, x / 2, y / 2) / 2 ** octave
  }
  return sum / 1.75
}

/** Smooth noise in [-1, 1] over the plane, from four hashed corners; used for hills and soils. */
export function smoothNoise(seed: number, x: number, y: number): number {
  const xi = Math.floor(x)
  const yi = Math.floor(y)
  const fade = (t: number) => t * t * (3 - 2 * t)
  const fx = fade(x - xi)
  const fy = fade(y - yi)
  const corner = (dx: number, dy: number) => chance(seed, xi + dx, yi + dy) * 2 - 1
  const top = corner(0, 0) * (1 - fx) + corner(1, 0) * fx
  const bottom = corner(0, 1) * (1 - fx) + corner(1, 1) * fx
  return top * (1 - fy) + bottom * fy
}
