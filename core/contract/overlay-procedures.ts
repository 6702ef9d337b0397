import * as z from 'zod'
import type { ParameterInfo } from '../indicators/indicator.ts'
import type { FileToken, PlanId } from '../model/ids.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Role } from '../model/roles.ts'
import type { UnitId } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import type { ExportedFile } from './exported-file.ts'
import type { FeatureGeometry, LegendEntry } from './map-data.ts'
import { id, procedure } from './procedure.ts'

/** A parameter of an overlay with what it is for this plan: as the person set it in the manifest, or its default. */
export interface OverlayParameter extends ParameterInfo {
  name: string
  /** In the parameter's own unit. */
  value: number
}

/** An analysis overlay and whether this plan has what it needs. */
export interface OverlayInfo {
  id: string
  group: 'network' | 'access' | 'opportunity'
  title: Bilingual
  summary: Bilingual
  source: Bilingual
  parameters: OverlayParameter[]
  /** What is missing: of every entry one role would do. Empty where the overlay can be drawn. */
  lacks: Role[][]
  isSlow: boolean
  /** Was computed before with these parameters: it comes at once. */
  isReady: boolean
}

/** One kind of shapes of an overlay, drawn together. */
export interface OverlayPartView {
  id: string
  title: Bilingual
  /** Of every row of `list` its number on the map. */
  labels: string[]
  legend: LegendEntry[]
  /** How many there are; `shape` holds at most 20,000 of them. */
  shapes: number
  shape: FeatureGeometry
  /** Of every shape the index of its legend entry, and its row of `list` counted from 1 (0: none). */
  classOf: Uint16Array
  rowOf: Uint32Array
  list: ResultTable | null
  /** Of every row: left, bottom, right, top of its shapes, and where its number stands; frame metres, NaN without a shape. */
  boxesM: Float64Array
  anchorsM: Float64Array
}

export interface OverlayView {
  overlay: string
  title: Bilingual
  method: Bilingual
  notes: Bilingual[]
  /** As used, in the parameters' own units. */
  parameters: Record<string, number>
  outcome:
    | { kind: 'drawn'; parts: OverlayPartView[]; figures: { title: Bilingual; value: number; unit: UnitId }[] }
    | { kind: 'missing'; why: Bilingual; needs: string[] }
}

export const OVERLAY_FORMATS = ['gpkg', 'geojson', 'csv'] as const
export type OverlayFormat = (typeof OVERLAY_FORMATS)[number]

const overlayId = z.string().min(1).max(40)
const parameters = z.record(z.string().min(1).max(40), z.number())

/** Analysis overlays of a stored plan: what there is, one of them drawn, some of them as a file. */
export const overlayProcedures = {
  'overlays.list': procedure(z.strictObject({ planId: id<PlanId>() })).returns<OverlayInfo[]>(),
  /** Computed on a read-only worker, or taken from an equal run; cancelling ends it. Parameters are in their own units. */
  'overlays.compute': procedure(
    z.strictObject({ planId: id<PlanId>(), overlay: overlayId, parameters: parameters.optional() }),
  ).returns<OverlayView>(),
  /** Every shape and every row of some overlays (all that can be drawn where none is named) as one file. */
  'overlays.export': procedure(
    z.strictObject({
      planId: id<PlanId>(),
      overlays: z.array(overlayId).max(50),
      /** By overlay, where not the plan's own. */
      parameters: z.record(overlayId, parameters).optional(),
      format: z.enum(OVERLAY_FORMATS),
      lang: z.enum(['zh', 'en']),
      /** A save token from the host's dialog; null lets the host offer a download. */
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),
}
