import type { Progress } from '#core/contract/procedures.ts'
import type { Frame } from '#core/geo/frame.ts'
import { rasterExtent } from '#core/geo/raster.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import type { Box } from '../store/gpkg-geometry.ts'
import type { GpkgLayerRecord } from '../store/gpkg-writer.ts'
import type { LayerSource } from '../store/layer-columns.ts'
import { writeTopology, type LocatedFault } from '../store/topology-table.ts'
import { describeMeasure, measureStored } from './measure-layer.ts'
import type { MeasuredGeometry } from './stream-meter.ts'
import { gpkgCrs } from './plan-crs.ts'
import { boxAround, frameOf, isSameFrame, outline } from './plan-frame.ts'
import { figuresNote, figuresOf, gridToFrame, type ChosenRaster, type WrittenRaster } from './raster-layer.ts'
import type { WrittenLayer } from './write-layer.ts'

/** A layer as it lies in the plan's GeoPackage. */
export interface StoredLayer {
  role: Role
  written: WrittenLayer
  record: GpkgLayerRecord
  crsReason: Bilingual
}

/** A grid as it lies there. */
export interface StoredRaster {
  role: Role
  chosen: ChosenRaster
  written: WrittenRaster
  record: GpkgLayerRecord
  crsReason: Bilingual
}

export type LayerDraft = Omit<Layer, 'id' | 'planId'>

/**
 * Totals, frame and extent of what was written: measured on the way into the file (`measuredIn`, where the frame was known before),
 * or from the file itself; both give the same figures. Grids often reach
 * far beyond a city, so they set frame and extent only where a plan holds nothing else. Overlaps and gaps of tiling layers are
 * appended to the file as a table of their own.
 */
export async function describePlan(
  gpkg: string,
  stored: readonly StoredLayer[],
  grids: readonly StoredRaster[],
  { crs, measuredIn }: { crs: string; measuredIn: Frame | null },
  report: (progress: Progress, file: string) => void,
): Promise<{ plan: Pick<Plan, 'crs' | 'frame' | 'extent'>; layers: LayerDraft[] }> {
  const frame = frameOf(
    crs,
    stored.length > 0 ? stored.map(({ written, record }) => ({ box: written.box, name: record.name })) : grids.map(boxOfGrid),
  )
  const label = bilingual('正在核算面积和长度', 'Measuring areas and lengths')
  const total = stored.reduce((sum, { written }) => sum + written.features, 0)
  let before = 0
  const described: ReturnType<typeof describeLayer>[] = []
  for (const layer of stored) {
    const tell = (done: number) => report({ done: before + done, total, label }, layer.record.sourcePath)
    const onTheWay = measuredIn && isSameFrame(measuredIn, frame) ? await layer.written.measured : null
    const measured = onTheWay ?? measureStored(gpkg, sourceOf(layer), { crs, frame }, await geos(), tell)
    described.push(describeLayer(gpkg, layer, { crs, frame }, measured))
    before += layer.written.features
    tell(0)
  }
  writeTopology(
    gpkg,
    gpkgCrs(crs),
    described.flatMap(({ faults }) => faults),
  )
  const describedGrids = grids.map((grid) => describeGrid(grid, crs, frame))
  const deciding = described.length > 0 ? described : describedGrids
  const extent: Box = [
    Math.min(...deciding.map((layer) => layer.extent[0])),
    Math.min(...deciding.map((layer) => layer.extent[1])),
    Math.max(...deciding.map((layer) => layer.extent[2])),
    Math.max(...deciding.map((layer) => layer.extent[3])),
  ]
  return { plan: { crs, frame, extent }, layers: [...described, ...describedGrids].map(({ draft }) => draft) }
}

const boxOfGrid = ({ chosen }: StoredRaster): { box: Box; name: string } => ({
  box: rasterExtent(chosen.source.place),
  name: chosen.name,
})

function describeGrid({ role, chosen, written, record, crsReason }: StoredRaster, crs: string, frame: Frame) {
  const { name, table, sha256, sourcePath, sourceSha256, sourceCrs } = record
  const project = gridToFrame(chosen.crs, crs, frame)
  const raster = figuresOf(chosen, written)
  const draft: LayerDraft = {
    role,
    name,
    kind: 'raster',
    table,
    features: written.tally.cells,
    areaM2: written.tally.coveredM2(project),
    lengthM: null,
    sha256,
    sourcePath,
    sourceSha256,
    sourceCrs,
    crsReason,
    encoding: null,
    notes: [figuresNote(raster), ...written.notes],
    unknownClasses: {},
    raster,
  }
  return { extent: boxAround(outline(rasterExtent(chosen.source.place), project)), draft }
}

/** Loaded where it is needed: plans that were measured on the way do without. */
const geos = async () => (await import('#core/geo/geos.ts')).loadGeos()

const sourceOf = ({ role, written, record: { name, table, sha256 } }: StoredLayer): LayerSource => ({
  role,
  name,
  kind: written.kind,
  table,
  sha256,
})

function describeLayer(
  gpkg: string,
  layer: StoredLayer,
  plan: Pick<Plan, 'crs' | 'frame'>,
  measured: MeasuredGeometry,
): { extent: Box; draft: LayerDraft; faults: LocatedFault[] } {
  const { role, written, record, crsReason } = layer
  const { name, table, sha256, sourcePath, sourceSha256, sourceCrs, encoding } = record
  const { kind } = written
  const { extent, areaM2, lengthM, areasM2, notes, faults } = describeMeasure(gpkg, sourceOf(layer), plan, measured)
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
    notes: [...written.notes, ...(written.declared?.notes(areasM2) ?? []), ...notes],
    unknownClasses: written.unknownClasses,
  }
  return { extent, draft, faults }
}
