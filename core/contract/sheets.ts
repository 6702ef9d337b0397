import * as z from 'zod'
import { FIT_METHODS } from '../geo/sheet-fit.ts'
import type { FileToken, PlanId, SheetId } from '../model/ids.ts'
import { CRS_CODE } from '../model/manifest.ts'
import type { SheetFile, SheetView } from '../model/sheet.ts'
import { id, procedure } from './procedure.ts'

/** A piece of a sheet's picture: PDF, PNG or JPEG bytes, drawn by the screen. */
export interface SheetBytes {
  type: 'application/pdf' | 'image/png' | 'image/jpeg'
  bytes: Uint8Array
  totalBytes: number
}

/** Pieces of this size are well below what one message may carry. */
export const SHEET_PIECE_BYTES = 2 ** 21

const number = z.number().min(-1e9).max(1e9)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const page = z.number().int().min(1).max(100_000)
const crs = z.string().regex(CRS_CODE)
const point = z.strictObject({ x: number, y: number, xM: number, yM: number })

/** The conversation about plan sheets; part of `procedures`. */
export const sheetProcedures = {
  'sheets.list': procedure(z.strictObject({ planId: id<PlanId>() })).returns<SheetView[]>(),
  /** Copies a chosen file into the catalogue and tells its pages and where they say they lie; lays nothing yet. */
  'sheets.open': procedure(z.strictObject({ files: id<FileToken>() })).returns<SheetFile>(),
  /** The file of a sheet that lies already, for laying it anew. */
  'sheets.reopen': procedure(z.strictObject({ sheetId: id<SheetId>() })).returns<SheetFile>(),
  'sheets.bytes': procedure(
    z.strictObject({
      sha256,
      offset: z
        .number()
        .int()
        .min(0)
        .max(2 ** 40),
    }),
  ).returns<SheetBytes>(),
  /** Places in a coordinate system → frame metres of the plan, as pairs one after the other. */
  'sheets.locate': procedure(
    z.strictObject({
      planId: id<PlanId>(),
      crs,
      places: z
        .array(z.tuple([z.number(), z.number()]))
        .min(1)
        .max(1000),
    }),
  ).returns<Float64Array>(),
  /** Lays a page under the plan, or with `sheetId` lays it anew. */
  'sheets.place': procedure(
    z.strictObject({
      planId: id<PlanId>(),
      sheetId: id<SheetId>().nullable(),
      sha256,
      page,
      name: z.string().trim().min(1).max(200),
      by: z.discriminatedUnion('kind', [
        /** As the file says; `crs` where the file does not name it. */
        z.strictObject({ kind: z.literal('file'), registration: z.number().int().min(0).max(99), crs: crs.nullable() }),
        z.strictObject({ kind: z.literal('points'), method: z.enum(FIT_METHODS), points: z.array(point).max(200) }),
      ]),
    }),
  ).returns<SheetView>(),
  'sheets.show': procedure(
    z.strictObject({ sheetId: id<SheetId>(), visible: z.boolean(), above: z.boolean(), opacity: z.number().min(0).max(1) }),
  ).returns<SheetView>(),
  'sheets.remove': procedure(z.strictObject({ sheetId: id<SheetId>() })).returns<void>(),
}
