import { describe, expect, it } from 'vitest'
import { recogniseProjJson } from './projjson.ts'

const grs80 = { name: 'GRS 1980', semi_major_axis: 6378137, inverse_flattening: 298.257222101 }
const base = { name: 'China Geodetic Coordinate System 2000', datum: { name: 'China 2000', ellipsoid: grs80 } }
const parameters = (easting: number) => [
  { name: 'Latitude of natural origin', value: 0 },
  { name: 'Longitude of natural origin', value: 117 },
  { name: 'Scale factor at natural origin', value: 1 },
  { name: 'False easting', value: easting },
  { name: 'False northing', value: 0 },
]
const gauss = (name: string, easting: number, id?: object) => ({
  type: 'ProjectedCRS',
  name,
  base_crs: base,
  conversion: { name: 'GK', method: { name: 'Transverse Mercator' }, parameters: parameters(easting) },
  coordinate_system: { axis: [{ unit: 'metre' }] },
  ...(id ? { id } : {}),
})

describe('recogniseProjJson', () => {
  it.each([
    ['by id', gauss('CGCS2000 / 3-degree Gauss-Kruger CM 117E', 500_000, { authority: 'EPSG', code: 4548 }), 'EPSG:4548', 0.98],
    ['by name', gauss('CGCS2000 / 3-degree Gauss-Kruger CM 117E', 500_000), 'EPSG:4548', 0.95],
    ['by parameters', gauss('my plane', 39_500_000), 'EPSG:4527', 0.8],
    ['by its bare id', { type: 'ProjectedCRS', id: { authority: 'EPSG', code: 4548 } }, 'EPSG:4548', 0.95],
    ['as CRS84', { type: 'GeographicCRS', id: { authority: 'OGC', code: 'CRS84' } }, 'EPSG:4326', 0.98],
    ['inside a compound', { type: 'CompoundCRS', components: [{ ...base, type: 'GeographicCRS' }] }, 'EPSG:4490', 0.85],
    ['inside a bound one', { type: 'BoundCRS', source_crs: { ...base, type: 'GeographicCRS' } }, 'EPSG:4490', 0.85],
  ])('knows a system %s', (_, crs, code, confidence) => {
    const guess = recogniseProjJson(crs, 'geo')
    expect(guess.value).toBe(code)
    expect(guess.confidence).toBeGreaterThanOrEqual(confidence - 0.06)
  })

  it('doubts an id whose parameters differ', () => {
    const wrong = gauss('x', 400_000, { authority: 'EPSG', code: 4548 })
    expect(recogniseProjJson(wrong, 'geo').confidence).toBeLessThan(0.6)
  })

  it.each([null, 'EPSG:4326', 3, {}, { type: 'EngineeringCRS', name: 'site' }])('never throws: %j', (value) => {
    expect(recogniseProjJson(value, 'geo').value).toBeNull()
  })
})
