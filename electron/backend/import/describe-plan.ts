import type { Progress } from '#core/contract/procedures.ts'
import { loadGeos, type Geos } from '#core/geo/geos.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import type { Box } from '../store/gpkg-geometry.ts'
import type { GpkgLayerRecord } from '../store/gpkg-writer.ts'
import { writeTopology, type LocatedFault } from '../store/topology-table.ts'
import { measureLayer } from './measure-layer.ts'
import { gpkgCrs } from './plan-crs.ts'
import { frameOf } from './plan-frame.ts'
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
export async function describePlan(
  gpkg: string,
  stored: readonly StoredLayer[],
  crs: string,
  report: (progress: Progress, file: string) => void,
): Promise<{ plan: Pick<Plan, 'crs' | 'frame' | 'extent'>; layers: LayerDraft[] }> {
  const geos = await loadGeos()
  const frame = frameOf(
    crs,
    stored.map(({ written, record }) => ({ box: written.box, name: record.name })),
  )
  const label = bilingual('正在核算面积和长度', 'Measuring areas and lengths')
  const total = stored.reduce((sum, { written }) => sum + written.features, 0)
  let before = 0
  const described = stored.map((layer) => {
    const tell = (done: number) => report({ done: before + done, total, label }, layer.record.sourcePath)
    const description = describeLayer(gpkg, layer, { crs, frame }, geos, tell)
    before += layer.written.features
    return description
  })
  writeTopology(
    gpkg,
    gpkgCrs(crs),
    described.flatMap(({ faults }) => faults),
  )
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
  plan: Pick<Plan, 'crs' | 'frame'>,
  geos: Geos,
  report: (done: number) => void,
): { extent: Box; draft: LayerDraft; faults: LocatedFault[] } {
  const { name, kind, table, sha256, sourcePath, sourceSha256, sourceCrs, encoding } = record
  const ellipsoidalM2 = new Float64Array(written.declared ? written.features : 0)
  let at = 0
  const onAreas = (areas: Float64Array): void => {
    if (written.declared) ellipsoidalM2.set(areas, at)
    at += areas.length
  }
  const { extent, areaM2, lengthM, notes, faults } = measureLayer(
    gpkg,
    { role, name, kind, table, sha256 },
    plan,
    geos,
    report,
    onAreas,
  )
  const draft: LayerDraft = {
    role,
    name,
    kind,
    table,
    features: written.features,
    areaM2,
    lengthM,
    sha256,
    sourcePath,
    sourceSha256,
    sourceCrs,
    crsReason,
    encoding,
    notes: [...written.notes, ...(written.declared?.notes(ellipsoidalM2) ?? []), ...notes],
    unknownClasses: written.unknownClasses,
  }
  return { extent, draft, faults }
}
