import type { CarbonCoefficient, CarbonSet } from '../reference/carbon.ts'
import { energyWeight } from '../reference/carbon.ts'
import type { ClassBalance } from './class-balance.ts'
import { UNCLASSED, type ClassTransition } from './land-transition.ts'
import { classGroup } from '../reference/land-classes.ts'

const M2_PER_HA = 10_000
const isSettlement = classGroup('construction')

/** One class under one set; null where the set has no coefficient for it. Positive is emission. */
export interface ClassCarbon extends ClassBalance {
  coefficient: CarbonCoefficient | null
  beforeTCO2: number | null
  afterTCO2: number | null
}

/** The land part of the carbon balance under one set of coefficients, tCO2 per year on the ground that both years show. */
export interface CarbonBalance {
  set: CarbonSet
  classes: ClassCarbon[]
  beforeTCO2: number
  afterTCO2: number
  /** How far the change may lie when every class takes the end of its own range that moves it most. */
  changeLowTCO2: number
  changeHighTCO2: number
  /** Sum of emission and uptake without regard to sign: what a net of nearly zero is held against. */
  grossTCO2: number
  /** Ground of classes for which the set has a coefficient. */
  coveredM2: number
  comparedM2: number
}

/** Net = Σ area · coefficient before and after, class by class (domain §4.8). One set at a time: sets are never mixed. */
export function carbonBalance(set: CarbonSet, balances: readonly ClassBalance[]): CarbonBalance {
  const total = { beforeTCO2: 0, afterTCO2: 0, changeLowTCO2: 0, changeHighTCO2: 0, grossTCO2: 0, coveredM2: 0, comparedM2: 0 }
  const classes = balances.map((balance): ClassCarbon => {
    total.comparedM2 += balance.beforeM2
    const coefficient = set.of(balance.code) ?? null
    if (coefficient === null) return { ...balance, coefficient, beforeTCO2: null, afterTCO2: null }
    const [before, after] = [balance.beforeM2 / M2_PER_HA, balance.afterM2 / M2_PER_HA]
    const [beforeTCO2, afterTCO2] = [before * coefficient.value, after * coefficient.value]
    const ends = [(after - before) * coefficient.low, (after - before) * coefficient.high]
    total.beforeTCO2 += beforeTCO2
    total.afterTCO2 += afterTCO2
    total.changeLowTCO2 += Math.min(...ends)
    total.changeHighTCO2 += Math.max(...ends)
    total.grossTCO2 += Math.abs(beforeTCO2)
    total.coveredM2 += balance.beforeM2
    return { ...balance, coefficient, beforeTCO2, afterTCO2 }
  })
  return { set, classes, ...total }
}

/** Land of one class that becomes settlement, and what that sets free once. */
export interface Conversion {
  from: string
  to: string
  areaM2: number
  tCO2: number
}

/** One-off emission of land that becomes settlement, from the transition of classes; empty where the set knows of none. */
export function conversions(set: CarbonSet, { from, to, areaM2 }: ClassTransition): Conversion[] {
  return from.flatMap((before, row) => {
    const perHa = before === UNCLASSED ? 0 : set.onceToSettlement(before)
    if (perHa === 0) return []
    return to.flatMap((after, column) => {
      const cell = areaM2[row * to.length + column] ?? 0
      if (!(cell > 0) || !isSettlement(after)) return []
      return [{ from: before, to: after, areaM2: cell, tCO2: (cell / M2_PER_HA) * perHa }]
    })
  })
}

/** A city's energy emission shared out to classes of construction land by area · relative weight. */
export interface EnergyShare {
  code: string
  weight: number
  beforeTCO2: number
  /** Null where the plan gives no total for its target year. */
  afterTCO2: number | null
}

/** Shares a city total among construction classes; nothing where no class has a weight: the total is then not allocated at all. */
export function sharedEnergy(balances: readonly ClassBalance[], beforeTotal: number, afterTotal: number | null): EnergyShare[] {
  const weighted = balances
    .map((balance) => ({ ...balance, weight: energyWeight(balance.code) }))
    .filter(({ weight }) => weight > 0)
  const sum = (key: 'beforeM2' | 'afterM2') => weighted.reduce((total, row) => total + row[key] * row.weight, 0)
  const [before, after] = [sum('beforeM2'), sum('afterM2')]
  if (before === 0 || (afterTotal !== null && after === 0)) return []
  return weighted.map(({ code, weight, beforeM2, afterM2 }) => ({
    code,
    weight,
    beforeTCO2: (beforeTotal * beforeM2 * weight) / before,
    afterTCO2: afterTotal === null ? null : (afterTotal * afterM2 * weight) / after,
  }))
}
