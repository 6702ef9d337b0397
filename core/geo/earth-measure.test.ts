import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { geodesicAreaM2, geodesicRingAreaM2, geodesicRunLengthM } from './earth-measure.ts'
import { eccentricitySquared, equalAreaFrame, toFrame } from './frame.ts'
import { geodesicLine } from './geodesic.ts'
import { geodesicM } from './measure.ts'

const WGS84 = { semiMajorM: 6_378_137, inverseFlattening: 298.257223563 }
const relative = (value: number, truth: number) => Math.abs(value / truth - 1)

describe('areas on the ellipsoid', () => {
  it('agree with GeographicLib’s published polygons', () => {
    const cases: [lonLat: number[], areaM2: number][] = [
      [[0, 90, 0, 0, 90, 0], 63_758_202_715_511.055],
      [[-1, 0, 0, -1, 1, 0, 0, 1], 24_619_419_146.885_72],
      [[1, 2, 2, 1, 3, 3], 18_454_562_325.451_19],
      [[0, 89, 90, 89, 180, 89, 270, 89], 24_952_305_678],
      [[0.1, 89, 90.1, 89, -179.9, 89], 12_476_152_838.5],
    ]
    for (const [ring, areaM2] of cases) {
      expect(relative(geodesicRingAreaM2(ring, WGS84), areaM2)).toBeLessThan(1e-10)
      const turned = ring.flatMap((_, at) => (at % 2 === 0 ? [ring.at(-at - 2) ?? 0, ring.at(-at - 1) ?? 0] : []))
      expect(relative(-geodesicRingAreaM2(turned, WGS84), areaM2)).toBeLessThan(1e-10)
    }
  })

  it('keep their digits for a parcel, and subtract holes', () => {
    const square = (lon: number, lat: number, size: number) => [
      lon,
      lat,
      lon + size,
      lat,
      lon + size,
      lat + size,
      lon,
      lat + size,
    ]
    const parcel = square(116.4, 39.9, 0.0005)
    expect(geodesicRingAreaM2(parcel, WGS84)).toBeCloseTo(2373.823_474_5, 6)
    expect(geodesicRingAreaM2([...parcel, 116.4, 39.9], WGS84)).toBeCloseTo(2373.823_474_5, 6)
    const hole = square(116.4001, 39.9001, 0.0001)
    const rest = geodesicAreaM2([[parcel, hole]], WGS84)
    expect(rest).toBeCloseTo(geodesicRingAreaM2(parcel, WGS84) - geodesicRingAreaM2(hole, WGS84), 9)
  })

  it('are those of the equal-area frame, but for edges that are straight in it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -179, max: 179, noNaN: true }),
        fc.double({ min: -65, max: 65, noNaN: true }),
        fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 3, maxLength: 12 }),
        (lon, lat, radii) => {
          const frame = toFrame(equalAreaFrame(lon, lat, WGS84.semiMajorM, WGS84.inverseFlattening))
          const ring = radii.flatMap((radius, at) => {
            const angle = (2 * Math.PI * at) / radii.length
            return [lon + (radius / 4e5) * Math.cos(angle), lat + (radius / 4e5) * Math.sin(angle)]
          })
          const planar = ring.flatMap((_, at) => (at % 2 === 0 ? frame(ring[at] ?? 0, ring[at + 1] ?? 0) : []))
          let twice = 0
          for (let at = 0; at < planar.length; at += 2) {
            const next = (at + 2) % planar.length
            twice += (planar[at] ?? 0) * (planar[next + 1] ?? 0) - (planar[next] ?? 0) * (planar[at + 1] ?? 0)
          }
          expect(relative(geodesicRingAreaM2(ring, WGS84), twice / 2)).toBeLessThan(1e-7)
        },
      ),
    )
  })

  it('work on a sphere', () => {
    const sphere = { semiMajorM: 6_371_000, inverseFlattening: 0 }
    expect(relative(geodesicRingAreaM2([0, 90, 0, 0, 90, 0], sphere), (Math.PI / 2) * 6_371_000 ** 2)).toBeLessThan(1e-12)
    expect(geodesicRunLengthM([0, 0, 90, 0, 90, 90], sphere)).toBeCloseTo(Math.PI * 6_371_000, 6)
  })
})

describe('geodesics', () => {
  it('are as long as Vincenty says', () => {
    const lon = fc.double({ min: -60, max: 60, noNaN: true })
    const lat = fc.double({ min: -80, max: 80, noNaN: true })
    fc.assert(
      fc.property(lon, lat, lon, lat, (fromLon, fromLat, toLon, toLat) => {
        const { lengthM } = geodesicLine(fromLon, fromLat, toLon, toLat, WGS84)
        const vincenty = geodesicM(
          [fromLon, fromLat],
          [toLon, toLat],
          WGS84.semiMajorM,
          eccentricitySquared(WGS84.inverseFlattening),
        )
        expect(Math.abs(lengthM - vincenty)).toBeLessThan(1e-3)
      }),
    )
  })

  it('say so when points are nearly antipodal, and measure nothing between equal ones', () => {
    expect(geodesicLine(0, 0, 179.7, 0.1, WGS84).lengthM).toBeNaN()
    expect(geodesicLine(12, 34, 12, 34, WGS84)).toEqual({ lengthM: 0, underM2: 0 })
  })
})
