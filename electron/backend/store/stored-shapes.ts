import type Database from 'better-sqlite3'
import type { Layer } from '#core/model/plan.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import { decodeGpkgGeometry } from '../formats/wkb.ts'
import { quoted } from './gpkg-schema.ts'

/** What names a stored feature: the role of its layer and its `fid`. */
interface FeatureName {
  layer: string
  fid: number
}

/** Those of the named features that lie in layers of one kind, each with its geometry as stored, layer by layer. */
export function storedShapes<F extends FeatureName>(
  reader: Database.Database,
  layers: readonly Layer[],
  kind: GeometryKind,
  features: readonly F[],
): { feature: F; parts: Float64Array[][] }[] {
  const rows: { feature: F; parts: Float64Array[][] }[] = []
  for (const layer of layers.filter((candidate) => candidate.kind === kind)) {
    const geometry = reader.prepare<[number], { geom: Buffer | null }>(`SELECT geom FROM ${quoted(layer.table)} WHERE fid = ?`)
    for (const feature of features.filter((candidate) => candidate.layer === layer.role)) {
      const blob = geometry.get(feature.fid)?.geom
      if (blob) rows.push({ feature, parts: decodeGpkgGeometry(blob).parts.get(kind) ?? [] })
    }
  }
  return rows
}
