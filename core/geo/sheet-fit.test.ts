import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { applyMapping, fitSheet, inverseMapping, metresPerSheetUnit, type ControlPoint, type Mapping } from './sheet-fit.ts'

const A1_PX = { width: 9933, height: 7016 }
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'fits'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}
const points = (mapping: Mapping, sheet: readonly (readonly [number, number])[]): ControlPoint[] =>
  sheet.map(([x, y]) => {
    const [xM, yM] = applyMapping(mapping)(x, y)
    return { x, y, xM, yM }
  })

describe('the fit of a sheet', () => {
  it('worked example: a 1:10 000 sheet at 254 dpi is one metre per pixel, and a point that is 4 m off shows', () => {
    const at = (x: number, y: number, xM: number, yM: number): ControlPoint => ({ x, y, xM, yM })
    const exact = [at(0, 0, 500, 900), at(1000, 0, 1500, 900), at(0, 800, 500, 100)]
    const fit = fitSheet(exact, 'affine', { width: 1000, height: 800 })
    expect(fit.rmsM).toBeCloseTo(0, 9)
    expect(fit.worst).toBeNull()
    expect(metresPerSheetUnit(fit.mapping, { width: 1000, height: 800 })).toBeCloseTo(1, 12)
    expect(applyMapping(fit.mapping)(500, 400)).toEqual([expect.closeTo(1000, 9), expect.closeTo(500, 9)])
    // The fourth corner of a rectangle, off by 4 m in x: by symmetry each point takes a quarter of it, 1 m.
    const off = fitSheet([...exact, at(1000, 800, 1504, 100)], 'affine', { width: 1000, height: 800 })
    expect(off.residualsM).toEqual([1, 1, 1, 1].map((value) => expect.closeTo(value, 9)))
    expect(off.rmsM).toBeCloseTo(1, 9)
    const projective = fitSheet([...exact, at(1000, 800, 1504, 100)], 'projective', { width: 1000, height: 800 })
    expect(projective.rmsM).toBeCloseTo(0, 6)
    expect(projective.worst).toBeNull()
  })

  const anywhere = fc.record({
    turn: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    scale: fc.double({ min: 0.01, max: 200, noNaN: true }),
    shear: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    left: fc.double({ min: -80_000, max: 80_000, noNaN: true }),
    top: fc.double({ min: -80_000, max: 80_000, noNaN: true }),
    g: fc.double({ min: -2e-5, max: 2e-5, noNaN: true }),
    h: fc.double({ min: -2e-5, max: 2e-5, noNaN: true }),
  })
  const spread: [number, number][] = [[120, 140], [9500, 300], [300, 6800], [9700, 6900], [5000, 3000], [2500, 5200]] // prettier-ignore
  const affineMapping = ({ turn, scale, shear, left, top }: { turn: number; scale: number; shear: number; left: number; top: number }): Mapping => {
    const [cos, sin] = [scale * Math.cos(turn), scale * Math.sin(turn)]
    return [cos, cos * shear + sin, left, sin, sin * shear - cos, top, 0, 0, 1]
  } // prettier-ignore

  it('finds any affine laying again, from three points on', () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 3, max: 6 }), (drawn, count) => {
        const mapping = affineMapping(drawn)
        const fit = fitSheet(points(mapping, spread.slice(0, count)), 'affine', A1_PX)
        const [x, y] = applyMapping(mapping)(4321, 1234)
        const [foundX, foundY] = applyMapping(fit.mapping)(4321, 1234)
        expect(Math.hypot(foundX - x, foundY - y)).toBeLessThan(1e-6 * drawn.scale * 10_000)
        expect(fit.rmsM).toBeLessThan(1e-6 * drawn.scale * 10_000)
      }),
    )
  })

  it('finds any projective laying again, from four points on; there and back is where one was', () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 4, max: 6 }), (drawn, count) => {
        const [a, b, c, d, e, f] = affineMapping({ ...drawn, left: 0, top: 0 })
        const mapping: Mapping = [a, b, c, d, e, f, drawn.g, drawn.h, 1]
        const fit = fitSheet(points(mapping, spread.slice(0, count)), 'projective', A1_PX)
        expect(fit.rmsM).toBeLessThan(1e-6 * drawn.scale * 10_000)
        const [backX, backY] = applyMapping(inverseMapping(fit.mapping))(...applyMapping(fit.mapping)(777, 5555))
        expect(Math.hypot(backX - 777, backY - 5555)).toBeLessThan(1e-5)
      }),
    )
  })

  it('is the best of its kind: no small change lowers the sum, and a projective fit is never worse than an affine one', () => {
    const noise = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(anywhere, noise, fc.integer({ min: 0, max: 5 }), fc.double({ min: -1e-3, max: 1e-3, noNaN: true }), (drawn, moved, cell, nudge) => {
        const control = points(affineMapping({ ...drawn, scale: 1 + drawn.scale / 100 }), spread).map((point, index) => ({
          ...point,
          xM: point.xM + (moved[2 * index] ?? 0),
          yM: point.yM + (moved[2 * index + 1] ?? 0),
        }))
        const fit = fitSheet(control, 'affine', A1_PX)
        const rmsOf = (mapping: Mapping) =>
          Math.sqrt(
            control.reduce((sum, { x, y, xM, yM }) => {
              const [atX, atY] = applyMapping(mapping)(x, y)
              return sum + (atX - xM) ** 2 + (atY - yM) ** 2
            }, 0) / control.length,
          )
        expect(rmsOf(fit.mapping)).toBeCloseTo(fit.rmsM, 6)
        const other = fit.mapping.map((value, index) => (index === cell ? value + nudge : value)) as unknown as Mapping
        expect(rmsOf(other)).toBeGreaterThanOrEqual(fit.rmsM - 1e-9)
        expect(fitSheet(control, 'projective', A1_PX).rmsM).toBeLessThanOrEqual(fit.rmsM + 1e-6)
      }),
    )
  }) // prettier-ignore

  it('tells the point that was misread', () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 0, max: 5 }), (drawn, wrong) => {
        const control = points(affineMapping(drawn), [[100, 100], [9800, 100], [100, 6900], [9800, 6900], [5000, 100], [5000, 6900]]) // prettier-ignore
        const moved = control.map((point, index) => (index === wrong ? { ...point, xM: point.xM + 500 * drawn.scale } : point))
        expect(fitSheet(moved, 'affine', A1_PX).worst).toBe(wrong)
      }),
    )
  })

  it('refuses points that do not fix the sheet', () => {
    const flat = affineMapping({ turn: 0.2, scale: 2, shear: 0, left: 10, top: 20 })
    const on = (sheet: [number, number][], method: 'affine' | 'projective' = 'affine') =>
      codeOf(() => fitSheet(points(flat, sheet), method, A1_PX))
    expect(on([[0, 0], [100, 0]])).toBe('sheet.too-few-points') // prettier-ignore
    expect(on([[0, 0], [100, 0], [0, 100]], 'projective')).toBe('sheet.too-few-points') // prettier-ignore
    expect(on([[0, 0], [1000, 500], [2000, 1000], [3000, 1501]])).toBe('sheet.points-in-line') // prettier-ignore
    expect(on([[5, 5], [5, 5], [5, 5]])).toBe('sheet.points-in-line') // prettier-ignore
    expect(on([[0, 0], [500, 0], [1000, 0], [300, 900]], 'projective')).toBe('sheet.points-in-line') // prettier-ignore
    const same = points(flat, [[0, 0], [1000, 0], [0, 1000]]).map((point) => ({ ...point, xM: 7, yM: 7 })) // prettier-ignore
    expect(codeOf(() => fitSheet(same, 'affine', A1_PX))).toBe('sheet.points-in-line')
    const [first, second, third] = points(flat, [[0, 0], [1000, 0], [0, 1000]]) // prettier-ignore
    if (!first || !second || !third) throw new Error('three points')
    const swapped = [{ ...first }, { ...second, xM: third.xM, yM: third.yM }, { ...third, xM: second.xM, yM: second.yM }]
    expect(codeOf(() => fitSheet(swapped, 'affine', A1_PX))).toBe('sheet.points-mirrored')
  })
})
