import { expect, it } from 'vitest'
import { isLandClass } from './land-classes.ts'
import { COOLING, coolingRow, permeableShare } from './land-surface.ts'

it('every class of the cooling table is listed once, and its weights sum to 1', () => {
  const codes = COOLING.rows.flatMap(({ classes }) => classes)
  expect(codes.filter((code) => !isLandClass(code))).toEqual([])
  expect(new Set(codes).size).toBe(codes.length)
  const { shade, albedo, evaporation } = COOLING.weights
  expect(shade + albedo + evaporation).toBeCloseTo(1, 12)
})

it('the longest matching class decides, and what no row names is unknown', () => {
  expect([permeableShare('140301'), permeableShare('1404'), permeableShare('03'), permeableShare('18')]).toEqual([
    0.2,
    0.7,
    1,
    undefined,
  ])
  expect(COOLING.rows[coolingRow('070301')]?.classes).toEqual(['0703'])
  expect(coolingRow('99')).toBe(-1)
})
