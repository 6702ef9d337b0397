import type { LayerColumns } from './columns.ts'

/** The bounding box of a feature in mm: minX, minY, maxX, maxY; from Infinity to −Infinity where it has no geometry. */
export function boxOfFeature({ partBox, featureOff }: LayerColumns, feature: number): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part += 1) {
    box[0] = Math.min(box[0], partBox[4 * part] ?? 0)
    box[1] = Math.min(box[1], partBox[4 * part + 1] ?? 0)
    box[2] = Math.max(box[2], partBox[4 * part + 2] ?? 0)
    box[3] = Math.max(box[3], partBox[4 * part + 3] ?? 0)
  }
  return box
}
