import type { DatumShift } from '#core/crs/datum-shift-file.ts'
import { noFindings, type GeometryFindings } from '#core/geo/geometry-findings.ts'
import type { Frame } from '#core/geo/frame.ts'
import type { Geos } from '#core/geo/geos.ts'
import type { GeometryKind, Role } from '#core/model/roles.ts'
import { boxOf, encodedBytes, gpbEncoder } from '../store/gpkg-geometry.ts'
import { unpackBatch, type GeometryBatch } from './geometry-batch.ts'
import { streamMeter, type MeasuredGeometry } from './stream-meter.ts'
import { planGeometry, type PlanGeometry } from './plan-geometry.ts'

/** What is to be done to the geometries of one layer, in words that cross to another thread. */
export interface GeometryTask {
  kind: GeometryKind
  role: Role
  /** The source's system, and the plan's. */
  from: string
  to: string
  shift: DatumShift | null
  /** What refusals name. */
  file: string
  layer: string | null
  srsId: number
  /** Of points only: whether the table holds clusters. */
  multi: boolean
  /** The plane in which the layer is measured while it passes; null when it is not known yet. */
  frame: Frame | null
}

/** What was done to one feature that could not stay as it was. */
export interface GeometryChange extends Omit<PlanGeometry, 'parts'> {
  index: number
}

/** Geometries as they are stored. */
export interface FittedBatch {
  /** GeoPackage geometries, one after the other, and where each ends: where the one before does, when nothing is left of it. */
  blobs: Uint8Array<ArrayBuffer>
  blobEnds: Uint32Array
  /** minX, minY, maxX, maxY of each. */
  boxes: Float64Array
  changes: GeometryChange[]
  /** The batch's coordinates, whose room may be used again. */
  spent: ArrayBuffer
  /** Of the layer so far. */
  found: GeometryFindings
}

/** The part of an import that sees geometry only: into the plan's system, repair, encoding, measuring. */
export interface GeometryWork {
  /** Takes the batch over: its arrays are changed. `room` is for the result, when it is large enough. @throws AppError `import.off-earth` with the row */
  fit(batch: GeometryBatch, room?: ArrayBuffer): FittedBatch
  /** What the layer comes to; null when the frame was not known. */
  finish(): MeasuredGeometry | null
}

/** Room that a batch is given before it is known how much it needs. */
const FIRST_BYTES = 1 << 18
const MOST_BYTES_AHEAD = 1 << 22

/** @throws AppError `import.local-plane`, `import.datum-shift-needs-parameters` when the systems cannot be brought together */
export function geometryWork(task: GeometryTask, geos: Geos): GeometryWork {
  const { kind, to, frame, role } = task
  const found = noFindings()
  const toPlan = planGeometry({ ...task, shift: task.shift ?? undefined }, geos, found)
  const encode = gpbEncoder(task.srsId)
  const multi = kind !== 'point' || task.multi
  let meter = frame && streamMeter({ kind, role }, { crs: to, frame })
  const measure = (parts: Float64Array[][]) => {
    try {
      meter?.add(parts)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      meter = null // it lies outside the frame, so that was expected wrongly: the layer is measured from the file
    }
  }
  let usualBytes = FIRST_BYTES
  return {
    fit(batch, room) {
      const changes: GeometryChange[] = []
      const blobEnds = new Uint32Array(batch.rows.length)
      const boxes = new Float64Array(4 * batch.rows.length)
      let blobs = Buffer.from(room && room.byteLength >= usualBytes ? room : new ArrayBuffer(usualBytes))
      let filled = 0
      unpackBatch(batch, (raw, row, index) => {
        const { parts, ...change } = toPlan(raw, row)
        if (change.repairs.length > 0) changes.push({ index, ...change })
        if (parts.length > 0) {
          const geometry = { kind, parts }
          const box = boxOf(geometry)
          boxes.set(box, 4 * index)
          const size = encodedBytes(geometry)
          if (filled + size > blobs.length) {
            const wider = Buffer.from(new ArrayBuffer(2 * (filled + size)))
            blobs.copy(wider, 0, 0, filled)
            blobs = wider
          }
          filled = encode(blobs, filled, geometry, multi, box)
          measure(parts)
        }
        blobEnds[index] = filled
      })
      usualBytes = Math.min(MOST_BYTES_AHEAD, Math.max(FIRST_BYTES, Math.ceil(filled * 1.1)))
      return { blobs: blobs.subarray(0, filled), blobEnds, boxes, changes, spent: batch.xy.buffer, found: { ...found } }
    },
    finish: () => meter?.finish(geos) ?? null,
  }
}
