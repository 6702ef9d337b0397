import { layerBuilder } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { planarFrame } from '../geo/frame.ts'
import type { SampleLayer } from './layer.ts'

/** Where the planar columns of the city have their origin, in metres of its coordinate system. */
export const SAMPLE_ORIGIN = [523_000, 3_376_000] as const

/** A layer of the sample city as the engine reads it, without files in between: for tests and benchmarks. Planar, as written. */
export function sampleColumns(
  layer: SampleLayer,
  originX: number = SAMPLE_ORIGIN[0],
  originY: number = SAMPLE_ORIGIN[1],
): LayerColumns {
  const ours = Object.entries(layer.mapping).map(([name, source]) => {
    const at = layer.fields.findIndex((field) => field.name === source)
    return { name, at, type: layer.fields[at]?.type === 'text' ? ('text' as const) : ('number' as const) }
  })
  const frame = planarFrame(0, 0)
  const types = Object.fromEntries(ours.map(({ name, type }) => [name, type]))
  const builder = layerBuilder({ role: layer.role, name: layer.table, kind: layer.kind, frame }, types)
  let fid = 0
  for (const { parts, values } of layer.features) {
    const moved = parts.map((part) => part.map((ring) => ring.map((value, i) => value - (i % 2 === 0 ? originX : originY))))
    builder.add(++fid, moved, Object.fromEntries(ours.map(({ name, at }) => [name, values[at]])))
  }
  return builder.finish('')
}
