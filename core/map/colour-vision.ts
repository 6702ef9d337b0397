/** How a colour is seen: as by most people, without red cones, without green cones, or as grey. */
export type Vision = 'usual' | 'protanopia' | 'deuteranopia'

type Triple = readonly [number, number, number]

/** Machado, Oliveira, Fernandes (2009), severity 1, for linear sRGB. */
const SEEN: Record<Vision, readonly [Triple, Triple, Triple]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

const linear = (byte: number): number => (byte <= 10.31475 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4)
const dot = (row: Triple, [red, green, blue]: Triple): number => row[0] * red + row[1] * green + row[2] * blue
const cube = (share: number): number => (share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16 / 116)

/** CIELAB (D65) of `#RRGGBB` as a kind of vision sees it: lightness 0..100, then green–red and blue–yellow. */
export function labOf(colour: string, vision: Vision = 'usual'): Triple {
  const byte = (at: number) => linear(Number.parseInt(colour.slice(at, at + 2), 16))
  const own: Triple = [byte(1), byte(3), byte(5)]
  const within = (row: Triple) => Math.min(1, Math.max(0, dot(row, own)))
  const [first, second, third] = SEEN[vision]
  const seen: Triple = [within(first), within(second), within(third)]
  const x = cube(dot([0.4124, 0.3576, 0.1805], seen) / 0.95047)
  const y = cube(dot([0.2126, 0.7152, 0.0722], seen))
  const z = cube(dot([0.0193, 0.1192, 0.9505], seen) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** Distance of two colours to the kind of vision that tells them apart worst: CIE76 ΔE, no unit. */
export const worstDistance = (one: string, other: string): number =>
  Math.min(
    ...(['usual', 'protanopia', 'deuteranopia'] as const).map((vision) => {
      const [a, b] = [labOf(one, vision), labOf(other, vision)]
      return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
    }),
  )
