import Feature from 'ol/Feature'
import type Geometry from 'ol/geom/Geometry'
import MultiLineString from 'ol/geom/MultiLineString'
import MultiPolygon from 'ol/geom/MultiPolygon'
import Point from 'ol/geom/Point'
import type { FeatureGeometry } from '#core/contract/map-data.ts'

/** Shapes of the backend as the map library draws them, one feature each and in the same order. */
export function toFeatures(shape: FeatureGeometry): Feature<Geometry>[] {
  return Array.from(shape.fid, (_, index) => {
    const rings: number[][][] = []
    for (let ring = shape.featureOff[index] ?? 0; ring < (shape.featureOff[index + 1] ?? 0); ring++) {
      const points: number[][] = []
      for (let v = shape.ringOff[ring] ?? 0; v < (shape.ringOff[ring + 1] ?? 0); v++)
        points.push([shape.xyM[2 * v] ?? 0, shape.xyM[2 * v + 1] ?? 0])
      rings.push(points)
    }
    if (shape.kind === 'polygon') return new Feature<Geometry>(new MultiPolygon(partsOf(rings)))
    if (shape.kind === 'line') return new Feature<Geometry>(new MultiLineString(rings))
    return new Feature<Geometry>(new Point(rings[0]?.[0] ?? [0, 0]))
  })
}

/** Rings come as shells (counter-clockwise), each followed by its holes (clockwise). */
function partsOf(rings: readonly number[][][]): number[][][][] {
  const parts: number[][][][] = []
  for (const ring of rings) {
    const part = parts.at(-1)
    if (part === undefined || isShell(ring)) parts.push([ring])
    else part.push(ring)
  }
  return parts
}

function isShell(ring: readonly number[][]): boolean {
  const [originX = 0, originY = 0] = ring[0] ?? []
  let twice = 0
  for (const [index, [x = 0, y = 0]] of ring.entries()) {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? []
    twice += (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY)
  }
  return twice > 0
}
