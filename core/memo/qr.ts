/**
 * QR codes (ISO/IEC 18004), byte mode at level M, versions 1 to 10: enough for a seal or an address of 213 bytes, and small enough to be
 * our own. Columns of the two tables are versions.
 */
const LEVEL_M_BLOCKS: readonly (readonly (readonly [count: number, data: number])[])[] = [
  [[1, 16]],
  [[1, 28]],
  [[1, 44]],
  [[2, 32]],
  [[2, 43]],
  [[4, 27]],
  [[4, 31]],
  [
    [2, 38],
    [2, 39],
  ],
  [
    [3, 36],
    [2, 37],
  ],
  [
    [4, 43],
    [1, 44],
  ],
]
const CORRECTION_BYTES = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26]
const ALIGNMENT: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
]
/** Level M in the format bits. */
const LEVEL_BITS = 0

const EXP = new Uint8Array(512)
const LOG = new Uint8Array(256)
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = value
  EXP[power + 255] = value
  LOG[value] = power
  value = value << 1 >= 256 ? (value << 1) ^ 0x11d : value << 1
}
const multiply = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : (EXP[(LOG[a] ?? 0) + (LOG[b] ?? 0)] ?? 0))

/** Reed–Solomon check bytes of a block. */
export function correctionBytes(data: readonly number[], count: number): number[] {
  let generator = [1]
  for (let power = 0; power < count; power++) {
    const next = Array.from({ length: generator.length + 1 }, () => 0)
    for (const [at, factor] of generator.entries()) {
      next[at] = (next[at] ?? 0) ^ factor
      next[at + 1] = (next[at + 1] ?? 0) ^ multiply(factor, EXP[power] ?? 0)
    }
    generator = next
  }
  const rest = [...data, ...Array.from({ length: count }, () => 0)]
  for (let at = 0; at < data.length; at++) {
    const lead = rest[at] ?? 0
    for (const [offset, factor] of generator.entries()) rest[at + offset] = (rest[at + offset] ?? 0) ^ multiply(factor, lead)
  }
  return rest.slice(data.length)
}

/** A square of modules; true is dark. */
export type QrMatrix = boolean[][]

/**
 * The QR code of a text (UTF-8).
 * @throws RangeError for more than 213 bytes
 */
export function qrMatrix(text: string): QrMatrix {
  const bytes = [...new TextEncoder().encode(text)]
  const index = LEVEL_M_BLOCKS.findIndex((blocks, at) => dataBytes(blocks) >= bytes.length + (at < 9 ? 2 : 3))
  if (index < 0) throw new RangeError(`${bytes.length} bytes are too many for a QR code of ours`)
  const version = index + 1
  const codewords = interleaved(padded(bytes, version), version)
  const { modules, reserved } = skeleton(version)
  place(modules, reserved, codewords)
  const candidates = MASKS.map((mask, id) => withMask(modules, reserved, mask, id, version))
  return candidates.reduce((best, one) => (penalty(one) < penalty(best) ? one : best))
}

const dataBytes = (blocks: readonly (readonly [number, number])[]): number =>
  blocks.reduce((sum, [count, data]) => sum + count * data, 0)

/** Mode, length, bytes, terminator and padding. */
function padded(bytes: readonly number[], version: number): number[] {
  const capacity = dataBytes(LEVEL_M_BLOCKS[version - 1] ?? [])
  const bits: number[] = []
  const push = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1)
  }
  push(4, 4)
  push(bytes.length, version < 10 ? 8 : 16)
  for (const byte of bytes) push(byte, 8)
  push(0, Math.min(4, capacity * 8 - bits.length))
  push(0, (8 - (bits.length % 8)) % 8)
  for (let filler = 0xec; bits.length < capacity * 8; filler ^= 0xec ^ 0x11) push(filler, 8)
  return Array.from({ length: capacity }, (_, at) => bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => (byte << 1) | bit, 0))
}

/** Blocks with their check bytes, a byte of each in turn. */
function interleaved(data: readonly number[], version: number): number[] {
  const blocks: { data: number[]; check: number[] }[] = []
  let from = 0
  for (const [count, length] of LEVEL_M_BLOCKS[version - 1] ?? [])
    for (let one = 0; one < count; one++) {
      const part = data.slice(from, from + length)
      blocks.push({ data: part, check: correctionBytes(part, CORRECTION_BYTES[version - 1] ?? 0) })
      from += length
    }
  const inTurn = (parts: number[][]) =>
    Array.from({ length: Math.max(...parts.map(({ length }) => length)) }, (_, at) => parts.flatMap((part) => part[at] ?? []))
  return [...inTurn(blocks.map((block) => block.data)), ...inTurn(blocks.map(({ check }) => check))].flat()
}

interface Skeleton {
  modules: QrMatrix
  reserved: QrMatrix
}

/** Finders, timing, alignment and the places of format and version. */
function skeleton(version: number): Skeleton {
  const size = version * 4 + 17
  const square = (): QrMatrix => Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  const [modules, reserved] = [square(), square()]
  const set = (row: number, column: number, dark: boolean) => {
    if (row < 0 || column < 0 || row >= size || column >= size) return
    ;(modules[row] ?? [])[column] = dark
    ;(reserved[row] ?? [])[column] = true
  }
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0)
    set(at, 6, at % 2 === 0)
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    for (let down = -4; down <= 4; down++)
      for (let across = -4; across <= 4; across++) {
        const ring = Math.max(Math.abs(down), Math.abs(across))
        set(row + down, column + across, ring !== 2 && ring !== 4)
      }
  const centres = ALIGNMENT[version - 1] ?? []
  const last = centres.at(-1) ?? 0
  for (const row of centres)
    for (const column of centres) {
      const isFinder = (row === 6 && (column === 6 || column === last)) || (column === 6 && row === last)
      if (isFinder) continue
      for (let down = -2; down <= 2; down++)
        for (let across = -2; across <= 2; across++)
          set(row + down, column + across, Math.max(Math.abs(down), Math.abs(across)) !== 1)
    }
  for (const [row, column] of formatPlaces(size).flat()) set(row, column, false)
  set(size - 8, 8, true)
  if (version >= 7) for (const [row, column] of versionPlaces(size).flat()) set(row, column, false)
  return { modules, reserved }
}

type Place = readonly [row: number, column: number]

/** The two copies of the 15 format bits, most significant first. */
function formatPlaces(size: number): [Place[], Place[]] {
  const around: Place[] = [
    [8, 0],
    [8, 1],
    [8, 2],
    [8, 3],
    [8, 4],
    [8, 5],
    [8, 7],
    [8, 8],
    [7, 8],
    [5, 8],
    [4, 8],
    [3, 8],
    [2, 8],
    [1, 8],
    [0, 8],
  ]
  const beside: Place[] = [
    ...Array.from({ length: 7 }, (_, at): Place => [size - 1 - at, 8]),
    ...Array.from({ length: 8 }, (_, at): Place => [8, size - 8 + at]),
  ]
  return [around, beside]
}

/** The two copies of the 18 version bits, least significant first. */
const versionPlaces = (size: number): [Place[], Place[]] => {
  const places = Array.from({ length: 18 }, (_, at): Place => [size - 11 + (at % 3), Math.floor(at / 3)])
  return [places, places.map(([row, column]): Place => [column, row])]
}

/** Bits in pairs of columns from the lower right, up and down in turn. */
function place(modules: QrMatrix, reserved: QrMatrix, codewords: readonly number[]): void {
  const size = modules.length
  let bit = 0
  for (let right = size - 1, isUp = true; right > 0; right -= 2, isUp = !isUp) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const row = isUp ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        if (reserved[row]?.[column] === true) continue
        ;(modules[row] ?? [])[column] = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        bit += 1
      }
    }
  }
}

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
]

function withMask(
  modules: QrMatrix,
  reserved: QrMatrix,
  mask: (row: number, column: number) => boolean,
  id: number,
  version: number,
): QrMatrix {
  const masked = modules.map((line, row) =>
    line.map((dark, column) => (reserved[row]?.[column] === true ? dark : dark !== mask(row, column))),
  )
  const size = masked.length
  const write = (places: readonly Place[], bits: number, isLeastFirst: boolean) => {
    for (const [at, [row, column]] of places.entries())
      (masked[row] ?? [])[column] = ((bits >> (isLeastFirst ? at : places.length - 1 - at)) & 1) === 1
  }
  const format = (remainder((LEVEL_BITS << 3) | id, 10, 0x537) | (((LEVEL_BITS << 3) | id) << 10)) ^ 0x5412
  for (const places of formatPlaces(size)) write(places, format, false)
  if (version >= 7)
    for (const places of versionPlaces(size)) write(places, (version << 12) | remainder(version, 12, 0x1f25), true)
  return masked
}

/** Remainder of a division of polynomials over two. */
function remainder(value: number, length: number, divisor: number): number {
  let rest = value << length
  const top = 31 - Math.clz32(divisor)
  while (rest !== 0 && 31 - Math.clz32(rest) >= top) rest ^= divisor << (31 - Math.clz32(rest) - top)
  return rest
}

/** How hard a code is to read, by the four rules of the standard. */
function penalty(modules: QrMatrix): number {
  const size = modules.length
  const lines = [...modules, ...modules.map((_, column) => modules.map((line) => line[column] === true))]
  let sum = 0
  for (const line of lines) {
    const text = line.map((dark) => (dark ? '1' : '0')).join('')
    for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) sum += run.length - 2
    sum += 40 * (text.match(/(?=10111010000|00001011101)/g)?.length ?? 0)
  }
  let dark = 0
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const one = modules[row]?.[column]
      if (one === true) dark += 1
      if (row < size - 1 && column < size - 1) {
        const [right, down, both] = [modules[row]?.[column + 1], modules[row + 1]?.[column], modules[row + 1]?.[column + 1]]
        if (one === right && one === down && one === both) sum += 3
      }
    }
  return sum + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10))
}

/** Modules of quiet around a code. */
const QUIET = 4

/** A code as one of our own drawings, one path for all dark modules; `alt` is read aloud. */
export function qrSvg(text: string, alt: string, escape: (text: string) => string): string {
  const modules = qrMatrix(text)
  const size = modules.length + QUIET * 2
  const path = modules.flatMap((line, row) =>
    line.flatMap((dark, column) => (dark ? [`M${column + QUIET} ${row + QUIET}h1v1h-1z`] : [])),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" role="img" aria-label="${escape(alt)}"><rect x="0" y="0" width="${size}" height="${size}" fill="#FFFFFF"/><path d="${path.join('')}" fill="#000000"/></svg>`
}
