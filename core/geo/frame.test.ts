import fc from 'fast-check'
import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import { eccentricitySquared, equalAreaFrame, fromFrame, planarFrame, toFrame } from './frame.ts'

const WGS84 = [6_378_137, 298.257223563] as const

describe('equal-area frame', () => {
  it('agrees with PROJ’s laea to less than a millimetre within 300 km', () => {
    const degrees = fc.double({ min: -2.5, max: 2.5, noNaN: true })
    fc.assert(
      fc.property(
        fc.integer({ min: -180, max: 180 }),
        fc.integer({ min: -70, max: 70 }),
        degrees,
        degrees,
        (lon, lat, east, north) => {
          const frame = equalAreaFrame(lon, lat, ...WGS84)
          const there = proj4('EPSG:4326', `+proj=laea +lat_0=${lat} +lon_0=${lon} +x_0=0 +y_0=0 +datum=WGS84`)
          const [x, y] = toFrame(frame)(lon + east, lat + north)
          const [px, py] = there.forward([lon + east, lat + north]) as [number, number]
          expect(Math.hypot(x - px, y - py)).toBeLessThan(0.001)
        },
      ),
    )
  })

  it('comes back to where it started', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -80, max: 80, noNaN: true }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (lon, lat, x, y) => {
          const frame = equalAreaFrame(lon, lat, ...WGS84)
          const [backX, backY] = toFrame(frame)(...fromFrame(frame)(x, y))
          expect(Math.hypot(backX - x, backY - y)).toBeLessThan(1e-6)
        },
      ),
    )
  })

  it('gives a one-degree cell its ellipsoidal area', () => {
    for (const south of [0, 1.3, 23, 39.9, 65]) {
      const frame = equalAreaFrame(116.5, south + 0.5, ...WGS84)
      const ring = denseCell(116, south).map(([lon, lat]) => toFrame(frame)(lon, lat))
      expect(shoelace(ring) / authalicCellM2(south) - 1).toBeLessThan(1e-9)
      expect(shoelace(ring) / authalicCellM2(south) - 1).toBeGreaterThan(-1e-9)
    }
  })

  it('works on a sphere and in a plane', () => {
    const sphere = equalAreaFrame(10, 50, 6_371_000, 0)
    expect(fromFrame(sphere)(...toFrame(sphere)(10.3, 49.8))).toEqual([expect.closeTo(10.3, 11), expect.closeTo(49.8, 11)])
    const plane = planarFrame(500_000, 30_000)
    expect(toFrame(plane)(500_012, 30_005)).toEqual([12, 5])
    expect(fromFrame(plane)(12, 5)).toEqual([500_012, 30_005])
  })
})

/** Area of a 1° × 1° cell by the authalic zone formula: a² (λ2 − λ1) (q2 − q1) / 2. */
function authalicCellM2(south: number): number {
  const e2 = eccentricitySquared(WGS84[1])
  const e = Math.sqrt(e2)
  const zone = (latDeg: number) => {
    const sine = Math.sin((latDeg * Math.PI) / 180)
    return (1 - e2) * (sine / (1 - e2 * sine * sine) - (1 / (2 * e)) * Math.log((1 - e * sine) / (1 + e * sine)))
  }
  return (WGS84[0] ** 2 * (Math.PI / 180) * (zone(south + 1) - zone(south))) / 2
}

function denseCell(west: number, south: number, steps = 4000): [number, number][] {
  const at = (step: number) => step / steps
  const ring: [number, number][] = []
  for (let i = 0; i < steps; i += 1) ring.push([west + at(i), south])
  for (let i = 0; i < steps; i += 1) ring.push([west + 1, south + at(i)])
  for (let i = 0; i < steps; i += 1) ring.push([west + 1 - at(i), south + 1])
  for (let i = 0; i < steps; i += 1) ring.push([west, south + 1 - at(i)])
  return ring
}

function shoelace(ring: readonly (readonly [number, number])[]): number {
  let twice = 0
  ring.forEach(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    twice += x * nextY - nextX * y
  })
  return twice / 2
}
