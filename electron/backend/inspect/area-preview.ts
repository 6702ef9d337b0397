import { crsInfo } from '#core/crs/crs.ts'
import { middleOf } from '#core/crs/place.ts'
import { equalAreaFrame, toFrame } from '#core/geo/frame.ts'
import { AppError } from '#core/errors.ts'
import type { Guess } from '#core/model/inspection.ts'
import { ASK_BELOW } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import { declaredAreas, ringsAreaM2 } from '../import/declared-area.ts'
import type { SourceLayer, SourceValue } from '../formats/format.ts'
import { toGeographic } from '../store/plan-to-frame.ts'

/** Features compared before an import; the import itself compares all. */
const MOST_COMPARED = 2000

/** Declared areas of the first features against their ellipsoidal areas; empty where the system is not sure or nothing is declared. */
export function previewAreas(
  layer: SourceLayer,
  crs: Guess<string | null>,
  keeps: (values: readonly SourceValue[]) => boolean,
): Note[] {
  if (crs.value === null || crs.confidence < ASK_BELOW || layer.extent === null) return []
  const info = crsInfo(crs.value)
  const declared = declaredAreas(layer, crs.value)
  const base = info?.base ? crsInfo(info.base) : undefined
  if (!declared || !info || !base) return []
  const toEarth = toGeographic(crs.value)
  const [lon, lat] = toEarth(...middleOf(layer.extent))
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return []
  const project = toFrame(equalAreaFrame(lon, lat, base.semiMajorM, base.inverseFlattening))
  const areas: number[] = []
  try {
    for (const feature of layer.features()) {
      if (areas.length >= MOST_COMPARED) break
      if (feature.geometry === null || !keeps(feature.values)) continue
      declared.add(feature, feature.geometry)
      areas.push(ringsAreaM2(feature.geometry.parts.map((rings) => rings.map((ring) => inFrame(ring, toEarth, project)))))
    }
  } catch (error) {
    // A row that cannot be read is told with the layer's problems.
    if (!(error instanceof AppError)) throw error
  }
  return declared.notes(Float64Array.from(areas)).map((note) => (layer.count > areas.length ? sampled(note, areas.length) : note))
}

type Point = (x: number, y: number) => [number, number]

function inFrame(ring: Float64Array, toEarth: Point, project: Point): Float64Array {
  const out = new Float64Array(ring.length)
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const [x, y] = project(...toEarth(ring[i] ?? 0, ring[i + 1] ?? 0))
    out[i] = x
    out[i + 1] = y
  }
  return out
}

const sampled = (note: Note, compared: number): Note => ({
  ...note,
  text: bilingual(`抽查前 ${compared} 个要素。${note.text.zh}`, `The first ${compared} features were checked. ${note.text.en}`),
})
