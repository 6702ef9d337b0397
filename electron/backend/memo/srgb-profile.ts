/** Chromaticities of the primaries and of white (D65), as IEC 61966-2-1 gives them. */
const PRIMARIES = [
  [0.64, 0.33],
  [0.3, 0.6],
  [0.15, 0.06],
] as const
const WHITE_D65 = [0.3127, 0.329] as const
/** White of the profile connection space (ICC.1:2001-04, 6.3.4.3). */
const WHITE_D50: Vector = [0.9642, 1, 0.8249]
/** Cone responses of the Bradford adaptation (ICC.1, annex E). */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
]
/** Steps of the tone curve: enough for 8 bits per channel. */
const CURVE_STEPS = 1024

type Vector = [number, number, number]
type Matrix = [Vector, Vector, Vector]

const times = (matrix: Matrix, [x, y, z]: Vector): Vector => matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Vector

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  const rows: Matrix = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ]
  return rows.map((row) => row.map((value) => value / determinant)) as unknown as Matrix
}

const xyzOf = ([x, y]: readonly [number, number]): Vector => [x / y, 1, (1 - x - y) / y]
const transposed = (m: Matrix): Matrix => [0, 1, 2].map((at) => m.map((row) => row[at])) as unknown as Matrix

/** Colours of full red, green and blue as the connection space sees them: scaled to white, then adapted from D65 to D50. */
export function adaptedPrimaries(): [Vector, Vector, Vector] {
  const columns = PRIMARIES.map(xyzOf) as Matrix
  const scale = times(inverse(transposed(columns)), xyzOf(WHITE_D65))
  const [from, to] = [times(BRADFORD, xyzOf(WHITE_D65)), times(BRADFORD, WHITE_D50)]
  const adapted = (xyz: Vector): Vector => {
    const cones = times(BRADFORD, xyz).map((value, at) => (value * (to[at] ?? 0)) / (from[at] ?? 1)) as Vector
    return times(inverse(BRADFORD), cones)
  }
  return columns.map((xyz, at) => adapted(xyz.map((value) => value * (scale[at] ?? 0)) as Vector)) as Matrix
}

/** Light of a stored value, both 0..1 (IEC 61966-2-1, 5.2). */
export const lightOf = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const fixed = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(Math.round(value * 65_536))
  return bytes
}
const xyzTag = (xyz: Vector): Buffer => Buffer.concat([ascii('XYZ '), Buffer.alloc(4), ...xyz.map(fixed)])

function curveTag(): Buffer {
  const samples = Buffer.alloc(CURVE_STEPS * 2)
  for (let step = 0; step < CURVE_STEPS; step++)
    samples.writeUInt16BE(Math.round(lightOf(step / (CURVE_STEPS - 1)) * 65_535), step * 2)
  return Buffer.concat([ascii('curv'), Buffer.alloc(4), uint32(CURVE_STEPS), samples])
}

/** An ASCII name, and no Unicode or ScriptCode one. */
const descriptionTag = (text: string): Buffer =>
  Buffer.concat([ascii('desc'), Buffer.alloc(4), uint32(text.length + 1), ascii(`${text}\0`), Buffer.alloc(8 + 2 + 1 + 67)])

const textTag = (text: string): Buffer => Buffer.concat([ascii('text'), Buffer.alloc(4), ascii(`${text}\0`)])

/**
 * An sRGB display profile (ICC 2.4) made here from the standard's own numbers, so that what is embedded in every memo is ours to give
 * away. The same bytes each time.
 */
export function srgbProfile(): Buffer {
  const [red, green, blue] = adaptedPrimaries()
  const curve = curveTag()
  const tags: [string, Buffer][] = [
    ['desc', descriptionTag('sRGB IEC61966-2.1')],
    ['cprt', textTag('Made by Greenprint from IEC 61966-2-1. No rights reserved.')],
    ['wtpt', xyzTag(WHITE_D50)],
    ['rXYZ', xyzTag(red)],
    ['gXYZ', xyzTag(green)],
    ['bXYZ', xyzTag(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const table: Buffer[] = [uint32(tags.length)]
  const bodies: Buffer[] = []
  const placed = new Map<Buffer, number>()
  let offset = 128 + 4 + tags.length * 12
  for (const [signature, body] of tags) {
    const at = placed.get(body) ?? offset
    table.push(ascii(signature), uint32(at), uint32(body.length))
    if (placed.has(body)) continue
    placed.set(body, at)
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
    bodies.push(padded)
    offset += padded.length
  }
  return Buffer.concat([header(offset), ...table, ...bodies])
}

function header(length: number): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.writeUInt32BE(length, 0)
  bytes.writeUInt32BE(0x02_40_00_00, 8)
  bytes.write('mntrRGB XYZ ', 12, 'latin1')
  // A date is required; it is that of the standard's amendment, never that of the export.
  for (const [at, value] of [2003, 1, 1, 0, 0, 0].entries()) bytes.writeUInt16BE(value, 24 + at * 2)
  bytes.write('acsp', 36, 'latin1')
  for (const [at, value] of WHITE_D50.entries()) fixed(value).copy(bytes, 68 + at * 4)
  return bytes
}
