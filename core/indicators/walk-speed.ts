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
