import * as z from 'zod'
import type { AttributeValue } from '../attributes/condition.ts'
import type { ColumnTally } from '../attributes/column-tally.ts'
import { featureSetSchema, type FeatureSet } from '../attributes/feature-set.ts'
import type { AttributeField } from '../attributes/fields.ts'
import { columnSort, MOST_SORTS } from '../attributes/table-look.ts'
import type { FileToken, LayerId, PlanId } from '../model/ids.ts'
import type { GeometryKind, Role } from '../model/roles.ts'
import type { Bilingual } from '../text.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

/** A layer that has an attribute table. */
export interface AttributeLayer {
  id: LayerId
  role: Role
  title: Bilingual
  name: string
  kind: GeometryKind
  features: number
  fields: AttributeField[]
}

export interface AttributeRow {
  fid: number
  /** One for each field of the layer, in their order. Measured values are in base units. */
  values: AttributeValue[]
}

export interface AttributePage {
  /** How many features meet the filter. */
  matching: number
  rows: AttributeRow[]
}

/** What a column comes to; of its most frequent values at most `MOST_VALUES`. */
export interface AttributeStatistics extends ColumnTally {
  field: string
}

/** Features of one layer that were selected, however many. */
export interface SelectedFeatures {
  layerId: LayerId
  features: FeatureSet
}

/** A feature that a search found, with the value that was met. */
export interface FoundFeature {
  layerId: LayerId
  role: Role
  fid: number
  title: string
  /** The field that holds what was sought, and its value. */
  label: Bilingual
  value: string
}

/** Rows of one page at most, values of one column's statistics at most. */
export const MOST_ROWS = 500
export const MOST_VALUES = 50

/** Files that a table leaves as; features with their shapes as GeoPackage. */
export const ATTRIBUTE_FORMATS = ['csv', 'xlsx', 'gpkg'] as const
export type AttributeFormat = (typeof ATTRIBUTE_FORMATS)[number]
/** A workbook is made in memory. */
export const MOST_SHEET_ROWS = 200_000

const ofLayer = { planId: id<PlanId>(), layerId: id<LayerId>() }
/** Which rows, in which order: a filter as people write it, only some features, and fields to sort by. */
const asked = {
  ...ofLayer,
  where: z.string().max(2000),
  only: featureSetSchema.nullable(),
}
/** None is the order of the file. */
const sorting = z.array(columnSort).max(MOST_SORTS)

/** The features of a plan as tables: never whole, always from the plan's own GeoPackage. */
export const attributeProcedures = {
  'attributes.layers': procedure(z.strictObject({ planId: id<PlanId>() })).returns<AttributeLayer[]>(),
  'attributes.page': procedure(
    z.strictObject({
      ...asked,
      sort: sorting,
      offset: z.number().int().min(0),
      limit: z.number().int().min(0).max(MOST_ROWS),
    }),
  ).returns<AttributePage>(),
  /** Where a feature stands in such a table, from 0; null where the filter leaves it out. */
  'attributes.place': procedure(z.strictObject({ ...asked, sort: sorting, fid: z.number().int() })).returns<number | null>(),
  'attributes.statistics': procedure(
    z.strictObject({ ...asked, field: z.string().min(1).max(200) }),
  ).returns<AttributeStatistics>(),
  /** The features that meet a filter. */
  'attributes.select': procedure(z.strictObject({ ...ofLayer, where: z.string().max(2000) })).returns<SelectedFeatures>(),
  /** The features of some layers that lie in a polygon, or touch it; its corners are x,y,x,y… in metres of the plan's frame. */
  'attributes.selectWithin': procedure(
    z.strictObject({
      planId: id<PlanId>(),
      layerIds: z.array(id<LayerId>()).min(1).max(200),
      xyM: z.array(z.number()).min(6).max(4000),
      mode: z.enum(['touching', 'inside']),
    }),
  ).returns<SelectedFeatures[]>(),
  /** Features with a text in any of their attributes; at most `limit` of them, layers in the order of the plan. */
  'attributes.search': procedure(
    z.strictObject({ planId: id<PlanId>(), text: z.string().trim().min(1).max(200), limit: z.number().int().min(1).max(200) }),
  ).returns<FoundFeature[]>(),
  /**
   * The table as a file, as it is filtered and sorted: CSV where no format is named. No spreadsheet calculates what is in it; a workbook with
   * more than `MOST_SHEET_ROWS` is refused with `attributes.too-many-rows`.
   */
  'attributes.export': procedure(
    z.strictObject({
      ...asked,
      sort: sorting,
      /** Fields in the order wanted; all of them where none is named. */
      columns: z.array(z.string().min(1).max(200)).min(1).max(600).optional(),
      format: z.enum(ATTRIBUTE_FORMATS).optional(),
      lang: z.enum(['zh', 'en']),
      /** A save token from the host's dialog; null lets the host offer a download. */
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),
}
