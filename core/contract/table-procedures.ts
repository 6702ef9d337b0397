import * as z from 'zod'
import type { FileToken, PlanId } from '../model/ids.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

/** The features behind one figure of a result table, largest first. */
export interface FigureFeatures {
  features: EvidenceFeature[]
  /** How many there are; `features` holds at most 2,000 of them. */
  total: number
}

export const TABLE_FORMATS = ['csv', 'xlsx', 'gpkg'] as const
export type TableFormat = (typeof TABLE_FORMATS)[number]

const key = z.string().min(1).max(200)
const table = { planId: id<PlanId>(), indicator: z.string().min(1).max(40) }

/** What a screen and the command line may ask about result tables beside seeing them. */
export const tableProcedures = {
  /** Computed on a read-only worker from the stored layers; cancelling ends it. */
  'analysis.featuresOf': procedure(
    z.strictObject({ ...table, place: z.strictObject({ table: key, row: key, column: key.optional() }) }),
  ).returns<FigureFeatures>(),
  /** One table as a file: CSV and XLSX hold every cell unrounded, GeoPackage joins them to their features. */
  'analysis.exportTable': procedure(
    z.strictObject({
      ...table,
      table: key,
      format: z.enum(TABLE_FORMATS),
      lang: z.enum(['zh', 'en']),
      /** A save token from the host's dialog; null lets the host offer a download. */
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),
}
