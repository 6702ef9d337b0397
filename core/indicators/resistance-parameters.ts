import { RESISTANCE } from '../reference/resistance.ts'
import type { ParameterInfo } from './indicator.ts'
import type { Resistances } from './corridor-model.ts'
import { classTitle } from './land-transition-tables.ts'

type ResistanceName = `resistance${string}`

const CODES = Object.keys(RESISTANCE).toSorted()

/** The resistance table as parameters, one for each class of the reference table, shared by everything that models corridors. */
export const RESISTANCE_PARAMETERS: Readonly<Record<ResistanceName, ParameterInfo>> = Object.fromEntries(
  CODES.map((code): [ResistanceName, ParameterInfo] => [
    `resistance${code}`,
    {
      default: RESISTANCE[code] ?? 1,
      min: 1,
      max: 100,
      unit: 'index',
      isShared: true,
      title: { zh: `阻力：${classTitle(code).zh}`, en: `Resistance of ${classTitle(code).en}` },
      source: 'resistance: defaults of this project (interpolated), 1 easy to 100 hard',
    },
  ]),
)

/** The resistance table that parameters say, by class code. */
export const resistancesOf = (parameters: Readonly<Record<string, number>>): Resistances =>
  Object.fromEntries(CODES.map((code) => [code, parameters[`resistance${code}`] ?? RESISTANCE[code] ?? 1]))
