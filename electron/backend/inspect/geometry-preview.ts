import { noFindings } from '#core/geo/geometry-findings.ts'
import type { Geos } from '#core/geo/geos.ts'
import { isDegrees } from '#core/crs/place.ts'
import { AppError } from '#core/errors.ts'
import { ASK_BELOW, type Guess } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import { bilingual } from '#core/text.ts'
import type { SourceGeometry, SourceLayer, SourceValue } from '../formats/format.ts'
import { geometryNote } from '../import/geometry-note.ts'
import { repairPreviewNote } from '../import/import-notes.ts'
import { frameOf } from '../import/plan-frame.ts'
import { planGeometry } from '../import/plan-geometry.ts'
import { streamMeter } from '../import/stream-meter.ts'
import { tilingPreviewNotes } from '../import/topology-notes.ts'
import type { GpkgRepair } from '../store/gpkg-writer.ts'
import { frameToPlan } from '../store/topology-table.ts'

/** Checked before an import; the import itself checks all. Enough for a county, little enough that nobody waits for it. */
const MOST_FEATURES = 120_000
const MOST_VERTICES = 4_000_000
/** One feature larger than this may take the library minutes. */
const MOST_VERTICES_OF_ONE = 250_000

/** What is known of the layer that is looked at. */
export interface PreviewedLayer {
  layer: SourceLayer
  role: Role | null
  crs: Guess<string | null>
  keeps: (values: readonly SourceValue[]) => boolean
}

/**
 * What an import would have to mend, and where a tiling layer overlaps or leaves gaps, told before anything is stored. Areas and
 * gaps are told only where the system is sure. Nothing is changed.
 */
export function previewGeometry(previewed: PreviewedLayer, geos: Geos): Note[] {
  const { layer, crs } = previewed
  if (layer.kind !== 'polygon' || layer.extent === null) return []
  const isSure = crs.value !== null && crs.confidence >= ASK_BELOW
  const plane = isSure && crs.value !== null ? crs.value : isDegrees(layer.extent) ? 'EPSG:4490' : 'LOCAL:metre'
  try {
    return check(previewed, plane, isSure, geos)
  } catch (error) {
    // A row that cannot be read or placed is told with the layer's problems, or by its system.
    if (!(error instanceof AppError)) throw error
    return []
  }
}

const verticesOf = ({ parts }: SourceGeometry): number =>
  parts.reduce((sum, rings) => rings.reduce((of, ring) => of + ring.length / 2, sum), 0)

function check({ layer, role, keeps }: PreviewedLayer, plane: string, isSure: boolean, geos: Geos): Note[] {
  const found = noFindings()
  const mend = planGeometry({ kind: 'polygon', from: plane, to: plane, file: '', layer: layer.layer }, geos, found)
  const tiling = isSure && role !== null ? tilingOf(layer, plane, role) : null
  const repairs: GpkgRepair[] = []
  const rows: number[] = []
  let [features, vertices, skipped, areaBeforeM2, areaDeltaM2] = [0, 0, 0, 0, 0]
  for (const { row, geometry, values } of layer.features()) {
    if (geometry === null || !keeps(values)) continue
    const size = verticesOf(geometry)
    if (size > MOST_VERTICES_OF_ONE || features >= MOST_FEATURES || vertices + size > MOST_VERTICES) {
      skipped++
      if (features >= MOST_FEATURES) break
      continue
    }
    features++
    vertices += size
    const mended = mend(geometry.parts, row)
    tiling?.add(mended.parts)
    if (mended.repairs.length === 0) continue
    rows.push(row)
    areaBeforeM2 += mended.areaBeforeM2
    areaDeltaM2 += mended.areaDeltaM2
    for (const repair of mended.repairs) repairs.push({ table: '', fid: null, row, areaDeltaM2: 0, ...repair })
  }
  const oddities = geometryNote(found, repairs)
  const repair = rows.length > 0 ? repairPreviewNote(rows, isSure ? { areaBeforeM2, areaDeltaM2 } : null, placeOf(repairs)) : null
  return [
    ...(repair ? [joined(oddities, repair)] : oddities),
    ...(skipped === 0 && tiling !== null ? tiling.notes(geos) : []),
    ...(skipped > 0 ? [uncheckedNote(features, tiling !== null)] : []),
  ]
}

/** One problem and not two: what is odd, then which features and what an import would do. */
const joined = (oddities: readonly Note[], repair: Note): Note => ({
  ...repair,
  params: Object.assign({}, ...oddities.map(({ params }) => params), repair.params),
  text: bilingual(
    [...oddities, repair].map(({ text }) => text.zh).join(''),
    [...oddities, repair].map(({ text }) => text.en).join(' '),
  ),
})

/** The first place that the library names: "Self-intersection[3 4]". */
const placeOf = (repairs: readonly GpkgRepair[]): string | null => {
  const at = repairs.map(({ detail }) => /\[(\S+) (\S+)\]/.exec(detail)).find((match) => match !== null)
  return at ? `${at[1]}, ${at[2]}` : null
}

/** Overlaps and gaps of a layer whose role tiles the ground; null where it does not, or lies nowhere. */
function tilingOf(
  layer: SourceLayer,
  crs: string,
  role: Role,
): { add: (parts: Float64Array[][]) => void; notes: (geos: Geos) => Note[] } | null {
  if ((role !== 'landuse_base' && role !== 'landuse_plan') || layer.extent === null) return null
  const plan = { crs, frame: frameOf(crs, [{ name: layer.layer ?? '', box: layer.extent }]) }
  let meter: ReturnType<typeof streamMeter> | null = streamMeter({ kind: 'polygon', role }, plan)
  return {
    add(parts) {
      try {
        if (parts.length > 0) meter?.add(parts)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        meter = null // wider than any city: its system is what must be mended first
      }
    },
    notes(geos) {
      const tiling = meter?.finish(geos).tiling ?? null
      return tiling === null ? [] : tilingPreviewNotes(tiling, frameToPlan(plan))
    },
  }
}

const uncheckedNote = (checked: number, isTiling: boolean): Note => ({
  severity: 'info',
  code: 'geometry.partly-checked',
  params: { checked },
  text: bilingual(
    `图层较大，导入前只检查了 ${checked} 个要素的几何；其余${isTiling ? '以及重叠与空隙' : ''}在导入时检查。`,
    `The layer is large: the geometry of ${checked} features was checked before the import; the rest${isTiling ? ', overlaps and gaps are' : ' is'} checked when it is imported.`,
  ),
})
