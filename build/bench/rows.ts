import type { LayerColumns } from '#core/geo/columns.ts'
import { createGpkg } from '#backend/store/gpkg-writer.ts'

/** Features as rows of a valid GeoPackage with an index, metres of the frame: what our overlay is asked for, and what QGIS is given. */
export function writeRows(file: string, layer: LayerColumns): void {
  const names = Object.entries(layer.attributes)
  const writer = createGpkg(file, { srsId: -1, name: 'metres', organization: 'NONE', code: -1, wkt: 'undefined' })
  const fields = names.map(([name, column]) => ({ name, type: column.type }))
  const table = writer.addTable({ table: 'overlay', name: 'overlay', kind: 'polygon', multiPoint: false, fields })
  for (let feature = 0; feature < layer.count; feature += 1) {
    const parts: Float64Array[][] = []
    for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
      const rings: Float64Array[] = []
      for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring += 1) {
        const run = new Float64Array(layer.xy.subarray(2 * (layer.ringOff[ring] ?? 0), 2 * (layer.ringOff[ring + 1] ?? 0)))
        for (let at = 0; at < run.length; at += 1) run[at] = (run[at] ?? 0) / 1000
        rings.push(run)
      }
      parts.push(rings)
    }
    const values = names.map(([, column]) =>
      column.type === 'number' ? (column.values[feature] ?? null) : (column.dictionary[column.codes[feature] ?? -1] ?? null),
    )
    table.add({ kind: 'polygon', parts }, values)
  }
  table.finish()
  writer.finish([])
}
