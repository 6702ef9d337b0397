import { crsInfo } from '#core/crs/crs.ts'
import { compareAreas, declaredAreaNote } from '#core/intake/declared-area.ts'
import { declaredAreaField } from '#core/intake/layer-presets.ts'
import type { Note } from '#core/model/plan.ts'
import type { SourceFeature, SourceGeometry, SourceLayer } from '../formats/format.ts'
import { asOurValue } from './field-mapping.ts'

/** What the features of one layer declare as their area, gathered while they are written, in the order of their ids. */
export interface DeclaredAreas {
  add(feature: SourceFeature, geometry: SourceGeometry): void
  /** The comparison, once the ellipsoidal area of every written feature is known. */
  notes(ellipsoidalM2: Float64Array): Note[]
}

/** Twice the signed area of a ring, about its first vertex so that no digits are lost. */
function twiceArea(ring: Float64Array): number {
  const [x0 = 0, y0 = 0] = ring
  let twice = 0
  for (let i = 2; i + 3 < ring.length; i += 2) {
    const [x1, y1] = [(ring[i] ?? 0) - x0, (ring[i + 1] ?? 0) - y0]
    twice += x1 * ((ring[i + 3] ?? 0) - y0) - ((ring[i + 2] ?? 0) - x0) * y1
  }
  return twice
}

/** Area of rings in the square of their own unit: of each part the first ring, less the others. */
export const ringsAreaM2 = (parts: readonly (readonly Float64Array[])[]): number =>
  parts.reduce(
    (sum, rings) => sum + rings.reduce((area, ring, i) => area + (i === 0 ? 1 : -1) * (Math.abs(twiceArea(ring)) / 2), 0),
    0,
  )

/** Null where nothing is declared, or the layer has no areas. */
export function declaredAreas(source: SourceLayer, crs: string): DeclaredAreas | null {
  const field = declaredAreaField(source.fields.map(({ name }) => name))
  const at = source.fields.findIndex(({ name }) => name === field)
  if (source.kind !== 'polygon' || field === undefined || at < 0) return null
  const info = crsInfo(crs)
  const m2PerUnit2 = info && info.kind !== 'geographic' ? info.metresPerUnit ** 2 : null
  const declared: number[] = []
  const planar: number[] = []
  const rows: number[] = []
  return {
    add({ row, values }, { parts }) {
      const value = asOurValue(values[at] ?? null, 'number')
      declared.push(typeof value === 'number' ? value : Number.NaN)
      planar.push(m2PerUnit2 === null ? Number.NaN : ringsAreaM2(parts) * m2PerUnit2)
      rows.push(row)
    },
    notes(ellipsoidalM2) {
      const found = compareAreas({
        declared: Float64Array.from(declared),
        ellipsoidalM2,
        planarM2: m2PerUnit2 === null ? null : Float64Array.from(planar),
        ...(m2PerUnit2 === null ? {} : { unitM: Math.sqrt(m2PerUnit2) }),
      })
      return found === null ? [] : [declaredAreaNote(field, found, (feature) => rows[feature] ?? feature + 1)]
    },
  }
}
