import { bilingual, type Bilingual } from '../text.ts'
import type { Note } from '../model/plan.ts'

/** Units in which plans declare areas, in m². Of feet the international ones; a layer in survey feet declares in those. */
export const DECLARED_UNITS = {
  m2: { areaM2: 1, title: bilingual('m²', 'm²') },
  mu: { areaM2: 10_000 / 15, title: bilingual('亩', 'mu') },
  ha: { areaM2: 10_000, title: bilingual('公顷', 'ha') },
  km2: { areaM2: 1_000_000, title: bilingual('km²', 'km²') },
  ft2: { areaM2: 0.3048 ** 2, title: bilingual('平方英尺', 'sq ft') },
  acre: { areaM2: 43_560 * 0.3048 ** 2, title: bilingual('英亩', 'acres') },
} as const

export type DeclaredUnit = keyof typeof DECLARED_UNITS

/** What features declare, beside what they measure. All three have one value per feature; NaN where nothing is declared. */
export interface AreaColumns {
  declared: Float64Array
  ellipsoidalM2: Float64Array
  /** In the layer's own projection; null where it is in degrees. */
  planarM2: Float64Array | null
  /** Metres per unit of that projection: which feet its square feet are. */
  unitM?: number
}

export interface AreaComparison {
  unit: DeclaredUnit
  /** 0..1, with why: how clearly the declared numbers are in this unit. */
  confidence: number
  reason: Bilingual
  /** Which measure the declared areas follow. */
  basis: 'ellipsoidal' | 'planar'
  compared: number
  /** Features that declare none, or none above zero. */
  undeclared: number
  /** Indices of features that differ from the measure of `basis` by more than `TOLERANCE`. */
  off: number[]
  /** The largest relative difference of one feature from the measure of `basis`, 0 where all are equal. */
  largestShare: number
  declaredM2: number
  measuredM2: number
}

/** Differences above this share are more than rounding or a choice of projection. */
export const TOLERANCE = 0.01
/** A column in which fewer than half of the features come within this factor of their area does not hold areas. */
const LARGEST_FACTOR = 1.5
const MOST_DECIMALS = 6

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const isUsable = (declared: number, measured: number): boolean => declared > 0 && measured > 0

/** Half of the last decimal that the column writes: what rounding alone explains. */
function roundingOf(declared: readonly number[]): number {
  const decimals = declared.map((value) => (/\.(\d+)$/.exec(value.toFixed(MOST_DECIMALS).replace(/0+$/, ''))?.[1] ?? '').length)
  return 0.5 * 10 ** -Math.min(MOST_DECIMALS, Math.max(0, ...decimals.slice(0, 10_000)))
}

/** The unit that brings the median of declared ÷ measured nearest to one; null when none does. */
function unitOf(ratios: number[]): DeclaredUnit | null {
  const middle = median(ratios)
  const units = Object.entries(DECLARED_UNITS) as [DeclaredUnit, { areaM2: number }][]
  const [best] = units
    .map(([unit, { areaM2 }]) => ({ unit, factor: Math.exp(Math.abs(Math.log(middle * areaM2))) }))
    .toSorted((a, b) => a.factor - b.factor)
  if (!best) return null
  const { areaM2: scale } = DECLARED_UNITS[best.unit]
  const near = ratios.filter((ratio) => Math.abs(Math.log(ratio * scale)) < Math.log(LARGEST_FACTOR))
  return near.length * 2 >= ratios.length ? best.unit : null
}

/** The survey foot is longer than the international one by 2e-6 of it. */
const FOOT = { m: 0.3048, tolerance: 1e-5 }

/**
 * Compares declared areas with measured ones: guesses their unit and whether they are ellipsoidal or planar, then counts what
 * differs by more than 1 %. Null when there is nothing to compare or the numbers are no areas of these features.
 */
export function compareAreas({ declared, ellipsoidalM2, planarM2, unitM }: AreaColumns): AreaComparison | null {
  const usable = [...declared.keys()].filter((i) => isUsable(declared[i] ?? 0, ellipsoidalM2[i] ?? 0))
  const unit = unitOf(usable.map((i) => (declared[i] ?? 0) / (ellipsoidalM2[i] ?? 1)))
  if (unit === null || usable.length === 0) return null
  const { areaM2, title } = DECLARED_UNITS[unit]
  const isOwnFoot = unitM !== undefined && Math.abs(unitM - FOOT.m) < FOOT.tolerance
  const scale = isOwnFoot && (unit === 'ft2' || unit === 'acre') ? areaM2 * (unitM / FOOT.m) ** 2 : areaM2
  const error = (measured: Float64Array): number =>
    median(usable.map((i) => Math.abs(((declared[i] ?? 0) * scale) / (measured[i] ?? 1) - 1)))
  const isPlanar = planarM2 !== null && error(planarM2) < 0.5 * error(ellipsoidalM2)
  const measured = isPlanar ? planarM2 : ellipsoidalM2
  const roundingM2 = roundingOf(usable.map((i) => declared[i] ?? 0)) * scale
  const off = usable.filter((i) => {
    const differenceM2 = Math.abs((declared[i] ?? 0) * scale - (measured[i] ?? 0))
    return differenceM2 > TOLERANCE * (measured[i] ?? 0) && differenceM2 > roundingM2 * (1 + 1e-9)
  })
  const agreeing = 1 - off.length / usable.length
  return {
    unit,
    confidence: Number(Math.max(0.3, agreeing).toFixed(2)),
    reason: bilingual(
      `按${title.zh}计时，${usable.length} 个要素中有 ${usable.length - off.length} 个与量算面积相差不超过 1%`,
      `taken as ${title.en}, ${usable.length - off.length} of ${usable.length} features agree with the measured area within 1 %`,
    ),
    basis: isPlanar ? 'planar' : 'ellipsoidal',
    compared: usable.length,
    undeclared: declared.length - usable.length,
    off,
    largestShare: usable.reduce((most, i) => Math.max(most, Math.abs(((declared[i] ?? 0) * scale) / (measured[i] ?? 1) - 1)), 0),
    declaredM2: usable.reduce((sum, i) => sum + (declared[i] ?? 0) * scale, 0),
    measuredM2: usable.reduce((sum, i) => sum + (measured[i] ?? 0), 0),
  }
}

const MOST_ROWS = 12

/** The comparison as a note: a warning where features differ, else that they agree. `rowOf` gives a feature's row in the source. */
export function declaredAreaNote(field: string, found: AreaComparison, rowOf: (feature: number) => number): Note {
  const { unit, basis, compared, off, largestShare, declaredM2, measuredM2, undeclared } = found
  const title = DECLARED_UNITS[unit].title
  const rows = off.slice(0, MOST_ROWS).map(rowOf)
  const differenceM2 = declaredM2 - measuredM2
  const share = measuredM2 > 0 ? differenceM2 / measuredM2 : 0
  const percent = `${share >= 0 ? '+' : ''}${(share * 100).toPrecision(3)}%`
  const by = basis === 'planar' ? bilingual('平面面积', 'planar area') : bilingual('椭球面积', 'ellipsoidal area')
  const more = { zh: off.length > rows.length ? ' 等' : '', en: off.length > rows.length ? ' …' : '' }
  const offZh = off.length === 0 ? '全部相差不超过 1%' : `${off.length} 个相差超过 1%（第 ${rows.join('、')} 行${more.zh}）`
  const offEn =
    off.length === 0 ? 'all agree within 1 %' : `${off.length} differ by more than 1 % (rows ${rows.join(', ')}${more.en})`
  return {
    severity: off.length === 0 ? 'info' : 'warning',
    code: off.length === 0 ? 'area.declared-agrees' : 'area.declared-differs',
    params: {
      field,
      unit,
      basis,
      compared,
      undeclared,
      off: off.length,
      rows,
      largestShare,
      declaredM2,
      measuredM2,
      differenceM2,
    },
    text: bilingual(
      `申报面积字段“${field}”（单位判断为${title.zh}，${by.zh}）与量算面积比较 ${compared} 个要素：${offZh}；合计相差 ${percent}。`,
      `Declared area “${field}” (taken as ${title.en}, ${by.en}) against the measured area of ${compared} features: ${offEn}; ${percent} in all.`,
    ),
  }
}
