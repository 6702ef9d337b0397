import * as z from 'zod'
import type { FileToken, PlanId } from '../model/ids.ts'
import { id, procedure } from './procedure.ts'

/** The picture tiles that lie under every plan of a catalogue; its file was copied in, so nothing points outside. */
export interface BasemapInfo {
  id: string
  name: string
  /** `geotiff`: one picture with a place, cut into tiles of the plan's own plane; the others hold web-mercator tiles. */
  kind: 'mbtiles' | 'pmtiles' | 'geotiff'
  /** Levels of the web-mercator pyramid; both 0 for a picture. */
  minZoom: number
  maxZoom: number
  sizeBytes: number
  /** Who must be named beside it, as the file says. */
  attribution: string | null
  /** 0..1 */
  opacity: number
}

/** One tile, as the file holds it or cut from its picture; the screen decodes it. */
export interface BasemapTile {
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  bytes: Uint8Array
}

const metres = z.number().min(-1e9).max(1e9)
const nothing = z.strictObject({})
const zoom = z.number().int().min(0).max(24)
const place = z
  .number()
  .int()
  .min(0)
  .max(2 ** 24)

/** The conversation about the basemap; part of `procedures`. */
export const basemapProcedures = {
  'basemap.get': procedure(nothing).returns<BasemapInfo | null>(),
  /** Copies a chosen file into the catalogue in place of the one before. */
  'basemap.choose': procedure(z.strictObject({ files: id<FileToken>() })).returns<BasemapInfo>(),
  'basemap.fade': procedure(z.strictObject({ opacity: z.number().min(0).max(1) })).returns<BasemapInfo | null>(),
  'basemap.remove': procedure(nothing).returns<void>(),
  /** null where the file has no tile. */
  'basemap.tile': procedure(
    z.strictObject({ basemapId: z.string().min(1).max(64), z: zoom, x: place, y: place }),
  ).returns<BasemapTile | null>(),
  /** A square of the plan's plane, cut from a picture; null where the picture does not reach. */
  'basemap.square': procedure(
    z.strictObject({
      basemapId: z.string().min(1).max(64),
      planId: id<PlanId>(),
      leftM: metres,
      topM: metres,
      metresPerPx: z.number().positive().max(1e6),
    }),
  ).returns<BasemapTile | null>(),
}

/** Side of a square that is cut from a picture. */
export const SQUARE_PX = 256
