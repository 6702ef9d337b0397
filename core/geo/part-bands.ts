import type { LayerColumns } from './columns.ts'
import { perGeometry } from './edited.ts'

/** Edges of a long part by level bands of ground: whoever looks along one band sees a few edges only. */
export interface PartBands {
  fromY: number
  height: number
  /** Edges of band b, each named by its first vertex: `vertex[offset[b]] … vertex[offset[b + 1] − 1]`. */
  offset: Uint32Array
  vertex: Uint32Array
}

/** Parts with fewer vertices are looked through as they are. */
const FEW_VERTICES = 256
const VERTICES_A_BAND = 8
const MOST_BANDS = 4096

const known = perGeometry(() => new Map<number, PartBands>())

/** The bands of a part, made once for as long as its layer's geometry lives; null for one that is not long. */
export function partBands(layer: LayerColumns, part: number): PartBands | null {
  const { ringOff, partOff } = layer
  const vertices = (ringOff[partOff[part + 1] ?? 0] ?? 0) - (ringOff[partOff[part] ?? 0] ?? 0)
  if (vertices < FEW_VERTICES) return null
  const ofLayer = known(layer)
  const bands = ofLayer.get(part) ?? bandsOf(layer, part, vertices)
  ofLayer.set(part, bands)
  return bands
}

function bandsOf({ xy, ringOff, partOff, partBox }: LayerColumns, part: number, vertices: number): PartBands {
  const [fromY, toY] = [partBox[4 * part + 1] ?? 0, partBox[4 * part + 3] ?? 0]
  const bands = Math.min(MOST_BANDS, Math.ceil(vertices / VERTICES_A_BAND))
  const offset = new Uint32Array(bands + 1)
  const place = { fromY, height: Math.max(1, (toY - fromY) / bands), offset }
  const each = (visit: (band: number, vertex: number) => void) => {
    for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring += 1) {
      for (let vertex = ringOff[ring] ?? 0; vertex + 1 < (ringOff[ring + 1] ?? 0); vertex += 1) {
        const [one, other] = [bandAt(place, xy[2 * vertex + 1] ?? 0), bandAt(place, xy[2 * vertex + 3] ?? 0)]
        for (let band = Math.min(one, other); band <= Math.max(one, other); band += 1) visit(band, vertex)
      }
    }
  }
  each((band) => (offset[band + 1] = (offset[band + 1] ?? 0) + 1))
  for (let band = 0; band < bands; band += 1) offset[band + 1] = (offset[band + 1] ?? 0) + (offset[band] ?? 0)
  const next = offset.slice()
  const vertex = new Uint32Array(offset[bands] ?? 0)
  each((band, one) => {
    const at = next[band] ?? 0
    vertex[at] = one
    next[band] = at + 1
  })
  return { ...place, vertex }
}

/** The band that a y lies in; the first or the last one for what lies beyond. */
export const bandAt = ({ fromY, height, offset }: Pick<PartBands, 'fromY' | 'height' | 'offset'>, y: number): number =>
  Math.max(0, Math.min(offset.length - 2, Math.floor((y - fromY) / height)))
