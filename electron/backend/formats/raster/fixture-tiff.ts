/** A small TIFF of one band of 32-bit floats in one strip, or of bytes in several samples: for tests. */
export interface TestTiff {
  columns: number
  rows: number
  values: Float32Array | Uint8Array
  /** Samples per pixel, interleaved; 1 when absent. */
  samples?: number
  epsg?: number
  leftX?: number
  topY?: number
  cell?: number
  /** First eight numbers of the transformation matrix, instead of corner and cell. */
  matrix?: readonly number[]
  isPoint?: boolean
  noData?: string
  metadata?: string
}

type Entry = [tag: number, type: number, values: Uint8Array | readonly number[]]

const [ASCII, SHORT, LONG, DOUBLE] = [2, 3, 4, 12]
const SIZE: Record<number, number> = { [ASCII]: 1, [SHORT]: 2, [LONG]: 4, [DOUBLE]: 8 }

const textOf = (text: string): Uint8Array => Buffer.from(`${text}\0`, 'latin1')

/** Writes the file's bytes, little-endian. */
export function tiffBytes(tiff: TestTiff): Buffer {
  const { columns, rows, values, samples = 1, epsg, cell = 1 } = tiff
  const floats = values instanceof Float32Array
  const projected = epsg === undefined || epsg === 4326 ? 2 : 1
  const keys =
    epsg === undefined ? [] : [1024, 0, 1, projected, 1025, 0, 1, tiff.isPoint ? 2 : 1, projected === 1 ? 3072 : 2048, 0, 1, epsg]
  const entries: Entry[] = [
    [256, LONG, [columns]],
    [257, LONG, [rows]],
    [258, SHORT, Array.from({ length: samples }, () => (floats ? 32 : 8))],
    [259, SHORT, [1]],
    [262, SHORT, [samples >= 3 ? 2 : 1]],
    [273, LONG, [8]],
    [277, SHORT, [samples]],
    [278, LONG, [rows]],
    [279, LONG, [values.byteLength]],
    [339, SHORT, Array.from({ length: samples }, () => (floats ? 3 : 1))],
  ]
  if (tiff.leftX !== undefined && tiff.topY !== undefined)
    entries.push([33_550, DOUBLE, [cell, cell, 0]], [33_922, DOUBLE, [0, 0, 0, tiff.leftX, tiff.topY, 0]])
  if (tiff.matrix) entries.push([34_264, DOUBLE, [...tiff.matrix, 0, 0, 0, 0, 0, 0, 0, 1]])
  if (keys.length > 0) entries.push([34_735, SHORT, [1, 1, 0, keys.length / 4, ...keys]])
  if (tiff.metadata !== undefined) entries.push([42_112, ASCII, textOf(tiff.metadata)])
  if (tiff.noData !== undefined) entries.push([42_113, ASCII, textOf(tiff.noData)])
  return assemble(entries, Buffer.from(values.buffer, values.byteOffset, values.byteLength))
}

function assemble(entries: readonly Entry[], cells: Buffer): Buffer {
  const directoryAt = 8 + cells.length + (cells.length % 2)
  let extraAt = directoryAt + 2 + entries.length * 12 + 4
  const file = Buffer.alloc(extraAt + entries.reduce((sum, [, type, values]) => sum + values.length * (SIZE[type] ?? 1) + 8, 0))
  file.write('II', 'latin1')
  file.writeUInt16LE(42, 2)
  file.writeUInt32LE(directoryAt, 4)
  cells.copy(file, 8)
  file.writeUInt16LE(entries.length, directoryAt)
  for (const [i, [tag, type, values]] of entries.entries()) {
    const at = directoryAt + 2 + i * 12
    const size = SIZE[type] ?? 1
    file.writeUInt16LE(tag, at)
    file.writeUInt16LE(type, at + 2)
    file.writeUInt32LE(values.length, at + 4)
    const inPlace = values.length * size <= 4
    if (!inPlace) file.writeUInt32LE(extraAt, at + 8)
    for (const [k, value] of values.entries()) put(file, type, (inPlace ? at + 8 : extraAt) + k * size, value)
    if (!inPlace) extraAt += values.length * size + ((values.length * size) % 2)
  }
  return file
}

function put(file: Buffer, type: number, at: number, value: number): void {
  if (type === SHORT) file.writeUInt16LE(value, at)
  else if (type === LONG) file.writeUInt32LE(value, at)
  else if (type === DOUBLE) file.writeDoubleLE(value, at)
  else file.writeUInt8(value, at)
}
