import type { LegendEntry } from '../contract/map-data.ts'
import { layerBuilder, type Parts } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { partsOf } from '../geo/edit-layer.ts'
import type { Frame } from '../geo/frame.ts'
import type { GeometryKind } from '../model/roles.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { namedLegend, rampLegend, type LookId, type RampId } from './looks.ts'
import type { UnitId } from '../model/units.ts'
import type { OverlayPart } from './overlay.ts'

/** One shape: its geometry in mm of the frame, and the row that it belongs to (from 1; 0 for none). */
export interface Shape {
  parts: Parts
  row: number
}

/** What every part says of itself. */
export interface PartHead {
  id: string
  title: Bilingual
  kind: GeometryKind
  frame: Frame
  list?: ResultTable | null
  /** Before the numbers of rows, so that two lists of one overlay can be told apart. */
  prefix?: string
  /** Numbers of rows where they are not 1, 2, 3 … */
  labels?: readonly string[]
}

/** A part whose shapes wear named looks. Shapes without geometry are left out. */
export function namedPart(head: PartHead, ids: readonly LookId[], shapes: readonly (Shape & { look: LookId })[]): OverlayPart {
  const { layer, kept } = layerOf(head, shapes)
  const classOf = Uint16Array.from(kept, ({ look }) => ids.indexOf(look))
  return partWith(head, layer, kept, classOf, namedLegend(ids, classOf, head.kind))
}

/** A part whose shapes are coloured (lines and points also sized) by a figure in a base unit. */
export function rampPart(
  head: PartHead,
  ramp: RampId,
  unit: UnitId,
  shapes: readonly (Shape & { value: number })[],
): OverlayPart {
  const { layer, kept } = layerOf(head, shapes)
  const values = kept.map(({ value }) => value)
  const { legend, classOf } = rampLegend(ramp, values, head.kind, unit)
  return partWith(head, layer, kept, classOf, legend)
}

function partWith(
  { id, title, list = null, prefix = '', labels }: PartHead,
  shapes: LayerColumns,
  kept: readonly Shape[],
  classOf: Uint16Array,
  legend: LegendEntry[],
): OverlayPart {
  const rowOf = Uint32Array.from(kept, ({ row }) => row)
  const numbers = labels ?? (list?.rows ?? []).map((_, at) => `${prefix}${at + 1}`)
  return { id, title, shapes, legend, classOf, rowOf, list, labels: numbers }
}

function layerOf<S extends Shape>({ id, kind, frame }: PartHead, shapes: readonly S[]): { layer: LayerColumns; kept: S[] } {
  const kept = shapes.filter(({ parts }) => parts.some((part) => part.some((ring) => ring.length >= LEAST[kind])))
  const builder = layerBuilder({ role: 'other', name: id, kind, frame }, {}, 0.001)
  kept.forEach(({ parts }, at) => builder.add(at + 1, parts, {}))
  return { layer: builder.finish(''), kept }
}

/** Coordinates that a shape has at least. */
const LEAST: Readonly<Record<GeometryKind, number>> = { point: 2, line: 4, polygon: 6 }

/** The shape of a whole feature of a layer. */
export const featureShape = (layer: LayerColumns, feature: number, row = 0): Shape => ({ parts: partsOf(layer, feature), row })

/** Every feature of a layer as one shape each, all of one row. */
export const shapesOf = (layer: LayerColumns, row = 0): Shape[] =>
  Array.from({ length: layer.count }, (_, feature) => featureShape(layer, feature, row))
