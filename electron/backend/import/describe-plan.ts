import type { Progress } from '#core/contract/procedures.ts'
import type { Frame } from '#core/geo/frame.ts'
import { totalAreaM2, totalLengthM } from '#core/geo/measure.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import { columnsFromGpkg } from '../store/gpkg-columns.ts'
import type { Box } from '../store/gpkg-geometry.ts'
import type { GpkgLayerRecord } from '../store/gpkg-writer.ts'
import { extentOf, frameOf } from './plan-frame.ts'
import type { WrittenLayer } from './write-layer.ts'

/** A layer as it lies in the plan's GeoPackage. */
export interface StoredLayer {
  role: Role
  written: WrittenLayer
  record: GpkgLayerRecord
  crsReason: Bilingual
}

export type LayerDraft = Omit<Layer, 'id' | 'planId'>

/** Totals, frame and extent, from the file as it was written: what the engine will read is what is summed here. */
export function describePlan(
  gpkg: string,
  stored: readonly StoredLayer[],
  crs: string,
  report: (progress: Progress, file: string) => void,
): { plan: Pick<Plan, 'crs' | 'frame' | 'extent'>; layers: LayerDraft[] } {
  const frame = frameOf(
    crs,
    stored.map(({ written, record }) => ({ box: written.box, name: record.name })),
  )
  const label = bilingual('正在核算面积和长度', 'Measuring areas and lengths')
  const described = stored.map((layer, index) => {
    report({ done: index, total: stored.length, label }, layer.record.sourcePath)
    return describeLayer(gpkg, layer, crs, frame)
  })
  const extent: Box = [
    Math.min(...described.map((layer) => layer.extent[0])),
    Math.min(...described.map((layer) => layer.extent[1])),
    Math.max(...described.map((layer) => layer.extent[2])),
    Math.max(...described.map((layer) => layer.extent[3])),
  ]
  return { plan: { crs, frame, extent }, layers: described.map(({ draft }) => draft) }
}

function describeLayer(
  gpkg: string,
  { role, written, record, crsReason }: StoredLayer,
  crs: string,
  frame: Frame,
): { extent: Box; draft: LayerDraft } {
  const { name, kind, table, sha256, sourcePath, sourceSha256, sourceCrs, encoding } = record
  const columns = columnsFromGpkg(gpkg, { role, name, kind, table, sha256 }, { crs, frame })
  const draft: LayerDraft = {
    role,
    name,
    kind,
    table,
    features: written.features,
    areaM2: kind === 'polygon' ? totalAreaM2(columns) : null,
    lengthM: kind === 'line' ? totalLengthM(columns) : null,
    sha256,
    sourcePath,
    sourceSha256,
    sourceCrs,
    crsReason,
    encoding,
    notes: written.notes,
    unknownClasses: written.unknownClasses,
  }
  return { extent: extentOf(columns), draft }
}
