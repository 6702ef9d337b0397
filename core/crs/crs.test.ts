import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crsInfo, crsWkt, makeTransform } from './crs.ts'
import { crsDatabase } from './database.ts'
import { recogniseWkt } from './recognise.ts'

describe('the CRS database', () => {
  it('knows every Gauss–Krüger zone of CGCS2000 with its ellipsoid', () => {
    for (let code = 4491; code <= 4554; code++) {
      expect(crsInfo(`EPSG:${code}`)).toMatchObject({
        kind: 'projected',
        base: 'EPSG:4490',
        semiMajorM: 6_378_137,
        inverseFlattening: 298.257222101,
        metresPerUnit: 1,
      })
    }
    expect(crsInfo('EPSG:4490')).toMatchObject({ kind: 'geographic', metresPerUnit: 0, datum: 'wgs84' })
  })

  it('knows units and datums that are traps', () => {
    expect(crsInfo('EPSG:2263')?.metresPerUnit).toBeCloseTo(1200 / 3937, 12)
    expect(crsInfo('EPSG:2434')?.datum).toBe('needs-parameters')
    expect(crsInfo('EPSG:2383')?.datum).toBe('needs-parameters')
    expect(crsInfo('EPSG:27700')?.datum).toBe('published')
    expect(crsInfo('EPSG:3857')?.inverseFlattening).toBe(298.257223563)
  })

  it('says no to codes it does not have', () => {
    for (const code of ['EPSG:999999', 'EPSG:', '4547', 'ESRI:102100', '']) expect(crsInfo(code)).toBeUndefined()
  })

  it('writes WKT that it recognises as the same code', () => {
    const codes = [...crsDatabase().lines.keys()].map((code) => `EPSG:${code}`)
    const sample = codes.filter((_, index) => index % 37 === 0)
    const written = [...sample, 'EPSG:4547', 'EPSG:4490', 'EPSG:4326', 'EPSG:3414', 'EPSG:3826'].flatMap((code) => {
      const wkt = crsWkt(code)
      return wkt === null ? [] : [{ code, found: recogniseWkt(wkt, 'test') }]
    })
    expect(written.length).toBeGreaterThan(100)
    expect(written.filter(({ code, found }) => found.value !== code || found.confidence !== 0.98)).toEqual([])
    expect(crsWkt('EPSG:4547')).toContain('PARAMETER["central_meridian",114]')
  })
})

describe('makeTransform', () => {
  it.each([
    // reference values from PROJ 9.1 (gdaltransform)
    ['EPSG:4547', 'EPSG:4490', 532_189, 2_545_681, 114.313992061622, 23.0100135750433],
    ['EPSG:3857', 'EPSG:4326', 532_189, 2_545_681, 4.78073512740284, 22.2841982158578],
    ['EPSG:2263', 'EPSG:4326', 532_189, 2_545_681, -75.8048275679575, 47.1247375738696],
  ])('%s to %s agrees with PROJ', (from, to, x, y, x2, y2) => {
    const [lon, lat] = makeTransform(from, to)(x, y)
    expect(lon).toBeCloseTo(x2, 9)
    expect(lat).toBeCloseTo(y2, 9)
  })

  it('goes there and back', () => {
    const forward = makeTransform('EPSG:4490', 'EPSG:4548')
    const back = makeTransform('EPSG:4548', 'EPSG:4490')
    fc.assert(
      fc.property(
        fc.double({ min: 115.5, max: 118.5, noNaN: true }),
        fc.double({ min: 18, max: 53, noNaN: true }),
        (lon, lat) => {
          const [lon2, lat2] = back(...forward(lon, lat))
          expect(Math.abs(lon2 - lon) + Math.abs(lat2 - lat)).toBeLessThan(1e-9)
        },
      ),
    )
  })

  it('never guesses a datum shift', () => {
    for (const [from, to] of [
      ['EPSG:2434', 'EPSG:4547'],
      ['EPSG:4547', 'EPSG:2383'],
      ['EPSG:4214', 'EPSG:4326'],
      ['EPSG:2434', 'EPSG:2383'],
    ] as const) {
      expect(() => makeTransform(from, to)).toThrowError(
        expect.objectContaining({ code: 'import.datum-shift-needs-parameters', params: { from, to } }),
      )
    }
    expect(makeTransform('EPSG:2434', 'EPSG:4214')(500_000, 2_500_000)[0]).toBeCloseTo(111, 9)
  })

  it('knows no way to or from a local plane, nor for unknown codes', () => {
    expect(() => makeTransform('LOCAL:metre', 'EPSG:4326')).toThrowError(expect.objectContaining({ code: 'import.local-plane' }))
    expect(makeTransform('LOCAL:metre', 'LOCAL:metre')(1, 2)).toEqual([1, 2])
    expect(() => makeTransform('EPSG:1', 'EPSG:4326')).toThrowError(expect.objectContaining({ code: 'import.crs-unknown' }))
  })
})

describe('a system of its own parameters', () => {
  const code = 'PROJ:EPSG:4490 +proj=tmerc +lat_0=0 +lon_0=114.25 +k=1 +x_0=800000 +y_0=-2000000 +units=m'

  it('projects as the same parameters do, and goes back', () => {
    const [x, y] = makeTransform('EPSG:4490', code)(114.3, 23)
    const [x2, y2] = makeTransform('EPSG:4490', code.replace('800000', '500000').replace('-2000000', '0'))(114.3, 23)
    expect([x - x2, y - y2].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([300_000, -2_000_000])
    const [lon, lat] = makeTransform(code, 'EPSG:4490')(x, y)
    expect(lon).toBeCloseTo(114.3, 9)
    expect(lat).toBeCloseTo(23, 9)
    expect(crsInfo(code)).toMatchObject({ kind: 'projected', base: 'EPSG:4490', metresPerUnit: 1, datum: 'wgs84' })
    expect(crsInfo(code.replace('4490', '4610'))?.datum).toBe('needs-parameters')
  })

  it('is written as WKT that is read back as the same code', () => {
    expect(recogniseWkt(crsWkt(code) ?? '', 'test').value).toBe(code)
    const feet = 'PROJ:EPSG:4326 +proj=lcc +lat_0=40 +lon_0=-74 +lat_1=41 +lat_2=40.5 +x_0=304800 +y_0=0 +to_meter=0.3048'
    expect(recogniseWkt(crsWkt(feet) ?? '', 'test').value).toBe(feet)
  })

  it('has no room for the parameters of a datum shift, files or anything unknown', () => {
    for (const wrong of [
      `${code} +towgs84=1,2,3`,
      `${code} +nadgrids=@null`,
      `${code} +ellps=krass`,
      `${code} +x_0=1`,
      code.replace('tmerc', 'geos'),
      code.replace('114.25', '1e'),
      code.replace('4490', '4547'),
      'PROJ:EPSG:4490',
      'PROJ:+proj=tmerc +lon_0=114',
    ])
      expect(crsInfo(wrong)).toBeUndefined()
  })
})
