import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crsInfo, makeTransform, type CrsInfo } from './crs.ts'
import { parseDatumShift, type DatumShift } from './datum-shift-file.ts'
import { shiftFits, shiftTransform } from './datum-shift.ts'

/** Invented: of the size that real ones have. */
const SHIFT: DatumShift = {
  greenprint: 'datum-shift/1',
  from: 'EPSG:4610',
  to: 'EPSG:4490',
  convention: 'position-vector',
  dxM: -117.808,
  dyM: -51.536,
  dzM: 137.784,
  rxArcSec: 0.303,
  ryArcSec: 0.446,
  rzArcSec: -0.234,
  scalePpm: -0.29,
}

const known = (code: string): CrsInfo => {
  const info = crsInfo(code)
  if (!info) throw new Error(code)
  return info
}

/** The textbook's way: degrees → geocentric → seven parameters → degrees, by iteration. */
function byHand(lonDeg: number, latDeg: number, shift: DatumShift): [number, number] {
  const [from, to] = [known(shift.from), known(shift.to)]
  const e2Of = ({ inverseFlattening: rf }: CrsInfo) => 2 / rf - 1 / rf ** 2
  const [lon, lat] = [(lonDeg * Math.PI) / 180, (latDeg * Math.PI) / 180]
  const n = from.semiMajorM / Math.sqrt(1 - e2Of(from) * Math.sin(lat) ** 2)
  const [x, y, z] = [n * Math.cos(lat) * Math.cos(lon), n * Math.cos(lat) * Math.sin(lon), n * (1 - e2Of(from)) * Math.sin(lat)]
  const s = Math.PI / 648_000
  const [rx, ry, rz] = [shift.rxArcSec * s, shift.ryArcSec * s, shift.rzArcSec * s]
  const m = 1 + shift.scalePpm * 1e-6
  const x2 = shift.dxM + m * (x - rz * y + ry * z)
  const y2 = shift.dyM + m * (rz * x + y - rx * z)
  const z2 = shift.dzM + m * (-ry * x + rx * y + z)
  const p = Math.hypot(x2, y2)
  let lat2 = Math.atan2(z2, p * (1 - e2Of(to)))
  for (let i = 0; i < 10; i++) {
    const n2 = to.semiMajorM / Math.sqrt(1 - e2Of(to) * Math.sin(lat2) ** 2)
    lat2 = Math.atan2(z2 + e2Of(to) * n2 * Math.sin(lat2), p)
  }
  return [(Math.atan2(y2, x2) * 180) / Math.PI, (lat2 * 180) / Math.PI]
}

describe('a datum shift by local parameters', () => {
  it('agrees with the formula of the textbook, everywhere in China', () => {
    const shifted = shiftTransform(known('EPSG:4610'), known('EPSG:4490'), SHIFT)
    fc.assert(
      fc.property(fc.double({ min: 74, max: 134, noNaN: true }), fc.double({ min: 4, max: 53, noNaN: true }), (lon, lat) => {
        const [lon1, lat1] = shifted(lon, lat)
        const [lon2, lat2] = byHand(lon, lat, SHIFT)
        expect(Math.abs(lon1 - lon2)).toBeLessThan(1e-9)
        expect(Math.abs(lat1 - lat2)).toBeLessThan(1e-9)
      }),
    )
  })

  it('knows both conventions of the rotations', () => {
    const turned = { ...SHIFT, convention: 'coordinate-frame' as const, rxArcSec: -0.303, ryArcSec: -0.446, rzArcSec: 0.234 }
    const ways = [SHIFT, turned].map((shift) => shiftTransform(known('EPSG:2383'), known('EPSG:4547'), shift)(500_000, 2_500_000))
    expect(ways[0]).toEqual(ways[1])
    const [x = 0, y = 0] = ways[0] ?? []
    expect(Math.hypot(x - 500_000, y - 2_500_000)).toBeGreaterThan(10)
    expect(Math.hypot(x - 500_000, y - 2_500_000)).toBeLessThan(300)
  })

  it('is used only between the two datums that it is for', () => {
    const local = (a: CrsInfo, b: CrsInfo) => (shiftFits(SHIFT, a, b) ? shiftTransform(a, b, SHIFT) : undefined)
    expect(makeTransform('EPSG:2383', 'EPSG:4547', undefined, local)(500_000, 2_500_000)[0]).not.toBe(500_000)
    for (const [from, to] of [
      ['EPSG:2434', 'EPSG:4547'],
      ['EPSG:4547', 'EPSG:2383'],
      ['EPSG:2383', 'EPSG:32650'],
    ] as const)
      expect(() => makeTransform(from, to, undefined, local)).toThrowError(
        expect.objectContaining({ code: 'import.datum-shift-needs-parameters' }),
      )
  })
})

describe('a parameter file', () => {
  it('is read strictly, and errors never show a value', () => {
    expect(parseDatumShift(SHIFT, 'p.json')).toEqual(SHIFT)
    const wrong: [unknown, string][] = [
      [{ ...SHIFT, dxM: 987_654.321 }, 'dxM'],
      [{ ...SHIFT, rxArcSec: '0.303987' }, 'rxArcSec'],
      [{ ...SHIFT, dzM: undefined }, 'dzM'],
      [{ ...SHIFT, height: 12.3456 }, 'height'],
      [{ ...SHIFT, from: 'EPSG:4547' }, 'from'],
      [{ ...SHIFT, to: 'EPSG:4610' }, 'to'],
      [{ ...SHIFT, convention: 'bursa' }, 'convention'],
      [[1.2345, 2, 3], '/'],
      [null, '/'],
    ]
    for (const [content, key] of wrong) {
      let caught: unknown
      try {
        parseDatumShift(content, 'p.json')
      } catch (error) {
        caught = error
      }
      expect(caught).toMatchObject({ code: 'import.datum-shift-invalid', params: { file: 'p.json', key } })
      expect(JSON.stringify(caught, Object.getOwnPropertyNames(caught))).not.toMatch(/987|303|2345|3456|117\.8/)
    }
  })
})
