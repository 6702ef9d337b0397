import type { Select } from '../geo/overlay-area.ts'

/** The amounts of chosen features, 0 for all others. Plain loops: callbacks of typed arrays cost ten times as much. */
export function onlyWhere(amounts: Readonly<Float64Array>, select: Select): Float64Array {
  const kept = new Float64Array(amounts.length)
  for (let feature = 0; feature < amounts.length; feature += 1) if (select(feature)) kept[feature] = amounts[feature] ?? 0
  return kept
}

/** Sum of amounts, of all features or of the chosen ones. */
export function totalOf(amounts: Readonly<Float64Array>, select?: Select): number {
  let sum = 0
  for (let feature = 0; feature < amounts.length; feature += 1) {
    if (select === undefined || select(feature)) sum += amounts[feature] ?? 0
  }
  return sum
}
