import type { FieldType, GeometryKind, Role } from '../model/roles.ts'
import type { Ring } from './lattice.ts'

export type SampleValue = string | number | boolean | null

/** A feature of the sample city: parts → rings of x,y,x,y… in metres, and values in the order of the layer's fields. */
export interface SampleFeature {
  parts: Ring[][]
  values: SampleValue[]
}

/** Features of a layer, made while they are walked where there are many: a million parcels are never all in memory. */
export interface SampleFeatures extends Iterable<SampleFeature> {
  readonly length: number
}

/** A layer as an office would hand it in: its own table and field names, to be mapped by the manifest. */
export interface SampleLayer {
  role: Role
  table: string
  kind: GeometryKind
  fields: { name: string; type: FieldType }[]
  /** Our attribute → the field above. */
  mapping: Record<string, string>
  features: SampleFeatures
}

/** Features that are made one by one each time the layer is walked. */
export const madeOnDemand = (length: number, make: (index: number) => SampleFeature): SampleFeatures => ({
  length,
  *[Symbol.iterator]() {
    for (let index = 0; index < length; index++) yield make(index)
  },
})

export const field = (name: string, type: FieldType = 'text'): { name: string; type: FieldType } => ({ name, type })

/** One polygon feature per part: offices rarely hand in multipolygons. */
export const polygons = (parts: Ring[][], values: SampleValue[]): SampleFeature[] =>
  parts.map((part) => ({ parts: [part], values }))

export const pointAt = (x: number, y: number, values: SampleValue[]): SampleFeature => ({
  parts: [[Float64Array.of(x, y)]],
  values,
})

export const lineThrough = (points: readonly (readonly [number, number])[], values: SampleValue[]): SampleFeature => ({
  parts: [[Float64Array.from(points.flat())]],
  values,
})

export function ringAreaM2(ring: Ring): number {
  let sum = 0
  const [x0, y0] = [ring[0] ?? 0, ring[1] ?? 0]
  for (let i = 0; i + 3 < ring.length; i += 2)
    sum += ((ring[i] ?? 0) - x0) * ((ring[i + 3] ?? 0) - y0) - ((ring[i + 2] ?? 0) - x0) * ((ring[i + 1] ?? 0) - y0)
  return Math.abs(sum) / 2
}
