import { NO_TEXT, type Column, type LayerColumns } from './columns.ts'
import { planarFrame, type Frame } from './frame.ts'
import { GrowingFloats, GrowingInts } from './growing.ts'
import type { FeatureSketch } from './sketch.ts'
import { roleInfo, type GeometryKind, type Role } from '../model/roles.ts'

export interface LayerHead {
  role: Role
  name: string
  kind: GeometryKind
  frame: Frame
}

/** Text becomes a dictionary; numbers and booleans (1 and 0) become numbers. */
export type FieldTypes = Readonly<Record<string, 'text' | 'number'>>
export type AttributeValue = string | number | boolean | null | undefined

/** parts → rings → x,y,x,y… A polygon part is its shell and then its holes; a line part has one run; a point part one pair. */
export type Parts = readonly (readonly ArrayLike<number>[])[]

/** What became of a feature's geometry when it was snapped to millimetres. */
export interface Snapped {
  /** Rings, runs or parts that collapsed to nothing. */
  dropped: number
}

export interface LayerBuilder {
  /** Adds one feature. `parts` are metres of the frame (or of `unitM` metres each). */
  add(fid: number, parts: Parts, attributes: Readonly<Record<string, AttributeValue>>): Snapped
  /** Features added so far. */
  size(): number
  finish(sha256: string): LayerColumns
}

/**
 * Builds columns feature by feature: rounds to whole millimetres, removes repeated vertices, closes rings, turns shells
 * counter-clockwise and holes clockwise, drops what collapses, and never keeps the source's objects.
 * Throws RangeError when a coordinate lies more than 2,147 km from the frame's origin (Int32 millimetres).
 */
export function layerBuilder(head: LayerHead, fields: FieldTypes, unitM = 1): LayerBuilder {
  const fid = new GrowingFloats()
  const shape = shapeBuilder(head.kind, unitM * 1000)
  const columns = new Map(Object.entries(fields).map(([name, type]) => [name, columnBuilder(type)]))
  return {
    add(id, parts, attributes) {
      fid.push(id)
      for (const [name, column] of columns) column.push(attributes[name])
      return { dropped: shape.add(parts) }
    },
    size: () => fid.length,
    finish(sha256) {
      const attributes: Record<string, Column> = {}
      for (const [name, column] of columns) attributes[name] = column.finish()
      return { ...head, sha256, count: fid.length, fid: fid.toShared(), ...shape.finish(), attributes }
    },
  }
}

/** Columns of a layer sketched in metres, for worked examples and tests. Feature ids count from 1. */
export function layerFromSketches(
  role: Role,
  sketches: readonly FeatureSketch[],
  frame: Frame = planarFrame(0, 0),
): LayerColumns {
  const first = sketches[0]
  const kind: GeometryKind = first?.line
    ? 'line'
    : first?.point
      ? 'point'
      : first
        ? 'polygon'
        : (roleInfo(role).kinds.find((kind) => kind !== 'raster') ?? 'polygon')
  const fields: Record<string, 'text' | 'number'> = {}
  for (const sketch of sketches) {
    for (const [name, value] of Object.entries(sketch.attributes ?? {})) {
      if (value !== null) fields[name] = typeof value === 'string' ? 'text' : 'number'
    }
  }
  const builder = layerBuilder({ role, name: role, kind, frame }, fields)
  sketches.forEach((sketch, index) => {
    const rings = sketch.polygon ?? [sketch.line ?? (sketch.point ? [sketch.point] : [])]
    builder.add(index + 1, [rings.map((ring) => ring.flat())], sketch.attributes ?? {})
  })
  return builder.finish('')
}

function columnBuilder(type: 'text' | 'number') {
  if (type === 'number') {
    const values = new GrowingFloats()
    return {
      push: (value: AttributeValue) => values.push(asNumber(value)),
      finish: (): Column => ({ type: 'number', values: values.toShared() }),
    }
  }
  const codes = new GrowingInts()
  const codeOf = new Map<string, number>()
  return {
    push(value: AttributeValue) {
      if (value === null || value === undefined || value === '') return codes.push(NO_TEXT)
      const text = String(value)
      const code = codeOf.get(text) ?? codeOf.size
      codeOf.set(text, code)
      codes.push(code)
    },
    finish: (): Column => ({ type: 'text', codes: codes.toSharedOffsets(), dictionary: [...codeOf.keys()] }),
  }
}

function asNumber(value: AttributeValue): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN
}

function shapeBuilder(kind: GeometryKind, scale: number) {
  const xy = new GrowingInts()
  const ringOff = new GrowingInts()
  const partOff = new GrowingInts()
  const featureOff = new GrowingInts()
  const partBox = new GrowingInts()
  for (const offsets of [ringOff, partOff, featureOff]) offsets.push(0)

  const addRing = (ring: ArrayLike<number>, isHole: boolean): boolean => {
    const start = xy.length
    pushSnapped(xy, ring, scale)
    const kept = kind === 'polygon' ? closeAndTurn(xy, start, isHole) : xy.length - start >= (kind === 'line' ? 4 : 2)
    if (kept) ringOff.push(xy.length / 2)
    else xy.truncate(start)
    return kept
  }
  const addPart = (part: readonly ArrayLike<number>[]): number => {
    const start = xy.length
    let dropped = 0
    for (const [index, ring] of part.entries()) {
      if (addRing(ring, index > 0)) continue
      if (index === 0) return part.length
      dropped += 1
    }
    if (xy.length === start) return dropped
    partOff.push(ringOff.length - 1)
    pushBox(partBox, xy, start)
    return dropped
  }
  return {
    add(parts: Parts): number {
      let dropped = 0
      for (const part of parts) dropped += addPart(part)
      featureOff.push(partOff.length - 1)
      return dropped
    },
    finish: () => ({
      xy: xy.toSharedInts(),
      ringOff: ringOff.toSharedOffsets(),
      partOff: partOff.toSharedOffsets(),
      featureOff: featureOff.toSharedOffsets(),
      partBox: partBox.toSharedInts(),
    }),
  }
}

/** Its negative is no Int32. */
const SMALLEST = -(2 ** 31)

function pushSnapped(xy: GrowingInts, ring: ArrayLike<number>, scale: number): void {
  const start = xy.length
  const values = xy.reserve(ring.length)
  let end = start
  for (let index = 0; index + 1 < ring.length; index += 2) {
    const wideX = Math.round((ring[index] as number) * scale)
    const wideY = Math.round((ring[index + 1] as number) * scale)
    // Whole numbers of 32 bits from here on: what is no such number is another after this.
    const x = wideX | 0
    const y = wideY | 0
    if (x !== wideX || y !== wideY || x === SMALLEST || y === SMALLEST) {
      xy.length = end
      throw new RangeError(`coordinate (${ring[index]}, ${ring[index + 1]}) does not fit the frame`)
    }
    if (end > start && values[end - 2] === x && values[end - 1] === y) continue
    values[end] = x
    values[end + 1] = y
    end += 2
  }
  xy.length = end
}

/** Closes the ring that starts at `start` and gives it its direction; false when it encloses nothing. */
function closeAndTurn(xy: GrowingInts, start: number, isHole: boolean): boolean {
  if (xy.length - start < 6) return false
  const values = xy.reserve(2)
  const originX = values[start] as number
  const originY = values[start + 1] as number
  if (originX !== values[xy.length - 2] || originY !== values[xy.length - 1]) {
    values[xy.length] = originX
    values[xy.length + 1] = originY
    xy.length += 2
  }
  let twice = 0
  const last = xy.length - 3
  for (let index = start; index < last; index += 2) {
    const x = (values[index] as number) - originX
    const y = (values[index + 1] as number) - originY
    twice += x * ((values[index + 3] as number) - originY) - ((values[index + 2] as number) - originX) * y
  }
  if (twice === 0 || xy.length - start < 8) return false
  if (twice > 0 === isHole) reverse(values, start, xy.length)
  return true
}

function reverse(values: Int32Array, start: number, end: number): void {
  for (let low = start, high = end - 2; low < high; low += 2, high -= 2) {
    for (let axis = 0; axis < 2; axis += 1) {
      const kept = values[low + axis] as number
      values[low + axis] = values[high + axis] as number
      values[high + axis] = kept
    }
  }
}

function pushBox(boxes: GrowingInts, xy: GrowingInts, start: number): void {
  const values = xy.reserve(0)
  const end = xy.length
  let minX = values[start] as number
  let minY = values[start + 1] as number
  let maxX = minX
  let maxY = minY
  for (let index = start + 2; index < end; index += 2) {
    const x = values[index] as number
    const y = values[index + 1] as number
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  boxes.push(minX)
  boxes.push(minY)
  boxes.push(maxX)
  boxes.push(maxY)
}
