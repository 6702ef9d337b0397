import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTransform } from '../crs/crs.ts'
import { equalAreaFrame, fromFrame, planarFrame, toFrame } from '../geo/frame.ts'
import { coordinateWords, dms, systemMaps } from './coordinates.ts'
import { graticule, graticuleStep } from './graticule.ts'
import { mapSystems } from './map-systems.ts'

const FRAME = equalAreaFrame(118.1, 31.2, 6_378_137, 298.257222101)
const systems = mapSystems('EPSG:4548', FRAME)
const named = (id: string) => {
  const found = systems.find((system) => system.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

describe('the systems of a plan', () => {
  it('are its own, degrees, and the zones of CGCS2000 around it', () => {
    expect(systems.map(({ id }) => id)).toEqual(['EPSG:4548', 'degrees', 'dms', 'EPSG:4527', 'EPSG:4498'])
    expect(systems[0]?.label.zh).toContain('方案坐标系')
  })

  it('are only its own where nothing else is known to be right', () => {
    const local = mapSystems('EPSG:2433', equalAreaFrame(118.1, 31.2, 6_378_245, 298.3))
    expect(local.map(({ id }) => id)).toEqual(['EPSG:2433', 'degrees', 'dms'])
    expect(local[1]?.label.en).toContain('Beijing')
    expect(mapSystems('LOCAL:metre', planarFrame(10, 20))).toMatchObject([{ kind: 'metres', definitions: null }])
  })

  it('outside of China are the UTM zone', () => {
    const paris = mapSystems('EPSG:2154', equalAreaFrame(2.35, 48.85, 6_378_137, 298.257222101))
    expect(paris.map(({ id }) => id)).toEqual(['EPSG:2154', 'degrees', 'dms', 'EPSG:32631'])
    expect(mapSystems('EPSG:4326', equalAreaFrame(-58.4, -34.6, 6_378_137, 298.257223563)).at(-1)?.id).toBe('EPSG:32721')
  })

  it('tell the same places as the projection engine, and lead back', () => {
    const place = fc.tuple(fc.integer({ min: -40_000, max: 40_000 }), fc.integer({ min: -40_000, max: 40_000 }))
    const transform = makeTransform('EPSG:4490', 'EPSG:4548')
    const maps = systemMaps(FRAME, named('EPSG:4548'))
    fc.assert(
      fc.property(place, ([x, y]) => {
        const there = maps.toSystem(x, y)
        const expected = transform(...fromFrame(FRAME)(x, y))
        expect(Math.hypot(there[0] - expected[0], there[1] - expected[1])).toBeLessThan(1e-6)
        const back = maps.toFrame(...there)
        expect(Math.hypot(back[0] - x, back[1] - y)).toBeLessThan(1e-3)
      }),
    )
  })
})

describe('coordinates in words', () => {
  it('carry seconds into minutes and minutes into degrees', () => {
    expect([dms(118.123_456, 2), dms(-30.999_999_99, 0), dms(0.5, 1)]).toEqual(['118°07′24.44″', '31°00′00″', '0°30′00.0″'])
    expect(coordinateWords(-118.5, 'east', 'degrees')).toBe('118.500000°W')
    expect(coordinateWords(-33.25, 'north', 'dms', 0)).toBe('33°15′00″S')
    expect(coordinateWords(512_345.678, 'east', 'metres')).toBe('512345.68')
    expect(coordinateWords(Number.NaN, 'east', 'degrees')).toBe('—')
  })
})

describe('a graticule', () => {
  it('has round steps', () => {
    expect([graticuleStep(7000, 'metres'), graticuleStep(9000, 'metres'), graticuleStep(70, 'metres')]).toEqual([1000, 2000, 10])
    expect(graticuleStep(1, 'dms')).toBeCloseTo(10 / 60, 9)
  })

  it('is a handful of lines along which one coordinate is the same, each named where it leaves the view', () => {
    const size = fc.integer({ min: 50, max: 90_000 })
    fc.assert(
      fc.property(fc.constantFrom(...systems), size, fc.integer({ min: -20_000, max: 20_000 }), (system, side, at) => {
        const view = [at, -at, at + side, -at + 0.7 * side] as const
        const maps = systemMaps(FRAME, system)
        const lines = graticule(view, maps, system.kind)
        expect(lines.length).toBeGreaterThan(2)
        expect(lines.length).toBeLessThan(24)
        for (const { axis, value, xyM, labelAtM } of lines) {
          for (let i = 0; i < xyM.length; i += 2) {
            const there = maps.toSystem(xyM[i] ?? 0, xyM[i + 1] ?? 0)
            expect(Math.abs(there[axis === 'east' ? 0 : 1] - value)).toBeLessThan(system.kind === 'metres' ? 1e-3 : 1e-8)
          }
          const side = axis === 'east' ? view[1] : view[0]
          expect(labelAtM?.[axis === 'east' ? 1 : 0] ?? side).toBeCloseTo(side, 4)
        }
        expect(lines.some(({ labelAtM }) => labelAtM !== null)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('is nothing where there is no view', () => {
    const maps = systemMaps(FRAME, named('degrees'))
    expect(graticule([5, 5, 5, 5], maps, 'degrees')).toEqual([])
    expect(toFrame(FRAME)(118.1, 31.2)[0]).toBeCloseTo(0, 6)
  })
})
