import type { ParameterInfo } from './indicator.ts'

/** How fast people walk: one figure for a whole plan, whichever indicators ask. */
export const WALK_SPEED: ParameterInfo = {
  default: 4.8,
  min: 1,
  max: 8,
  unit: 'index',
  title: { zh: '步行速度（km/h）', en: 'Walking speed (km/h)' },
  source: '80 m per minute: 800 m in 10 minutes (Trust for Public Land, half a mile; interpolated)',
  isShared: true,
}

/** The smallest park that people are said to walk to. */
export const SMALLEST_PARK: ParameterInfo = {
  default: 2000,
  min: 0,
  max: 1_000_000,
  unit: 'm2',
  title: { zh: '公园最小面积', en: 'Smallest park' },
  source: 'GB/T 51346-2019: smallest park 0.2 ha (unverified)',
  isShared: true,
}

/** Along the roads, or as the crow flies. */
const ALONG_ROADS: Omit<ParameterInfo, 'default'> = {
  min: 0,
  max: 1,
  unit: 'index',
  title: { zh: '沿路网量步行距离（1 是，0 否）', en: 'Walks along the roads (1 yes, 0 no)' },
  source: 'Our choice; by default as the rule of the indicator means it',
}

/** For rules that mean a walk: along the roads unless told otherwise. */
export const WALK_BY_ROADS: ParameterInfo = { ...ALONG_ROADS, default: 1 }

/** For rules that mean a radius: straight unless told otherwise. */
export const RADIUS_BY_ROADS: ParameterInfo = { ...ALONG_ROADS, default: 0 }

/** A walk along streets where there are none to measure it on: how much longer it is than the straight line. */
export const DETOUR_FACTOR: ParameterInfo = {
  default: 1.3,
  min: 1,
  max: 2.5,
  unit: 'ratio',
  title: { zh: '绕行系数（步行距离 ÷ 直线距离）', en: 'Detour factor (walk ÷ straight line)' },
  source: 'Common in the literature (unverified)',
}

const minutes = (value: number, zh: string, en: string, source: string): ParameterInfo => ({
  default: value,
  min: 1,
  max: 60,
  unit: 'index',
  title: { zh, en },
  source,
  isShared: true,
})

/** The walks that are asked about, in minutes: the same steps for a whole plan. */
export const SHORT_WALK = minutes(5, '短程步行（分钟）', 'Short walk (minutes)', '公园绿地广场步行 5 分钟覆盖率 (市级指南)')
export const WALK_MINUTES = minutes(
  10,
  '步行时间（分钟）',
  'Walk (minutes)',
  'SDRIF-E 2040 and Singapore Green Plan 2030: 10 minutes',
)
export const LONG_WALK = minutes(15, '长程步行（分钟）', 'Long walk (minutes)', 'GB 50180-2018: 15-minute life circle')
