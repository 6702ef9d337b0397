import { AppError } from '../errors.ts'
import { toBase } from '../model/units.ts'
import { LATER_PARAMETERS } from '../reference/later-parameters.ts'
import type { Indicator } from './indicator.ts'

/** Parameters of every indicator in base units, by indicator id. */
export type ParametersInUse = ReadonlyMap<string, Readonly<Record<string, number>>>

/**
 * Defaults overlaid with what the manifest asks for. Keys are `<indicator>.<parameter>` or the bare parameter where only one
 * indicator has it, or where all that have it share it; values are in the parameter's own unit (the one in its name).
 * Throws `analysis.unknown-parameter`, `analysis.ambiguous-parameter` or `analysis.parameter-out-of-range`.
 */
export function parametersInUse(indicators: readonly Indicator[], asked: Readonly<Record<string, number>>): ParametersInUse {
  const inUse = new Map(indicators.map((indicator) => [indicator.id, defaultsOf(indicator)]))
  for (const [key, value] of Object.entries(asked)) {
    if (isOfLaterVersions(indicators, key)) continue
    for (const [indicator, name] of ownersOf(indicators, key)) {
      const info = indicator.parameters[name]
      const values = inUse.get(indicator.id)
      if (!info || !values) throw unknown(indicators, key)
      if (!(value >= info.min && value <= info.max)) {
        throw new AppError('analysis.parameter-out-of-range', { parameter: key, value, min: info.min, max: info.max })
      }
      values[name] = toBase(value, info.unit)
    }
  }
  return inUse
}

/** Parameters that were asked for and that only indicators of later versions know. */
export const unusedParameters = (indicators: readonly Indicator[], asked: Readonly<Record<string, number>>): string[] =>
  Object.keys(asked).filter((key) => isOfLaterVersions(indicators, key))

/** An indicator that exists has the first word about its own parameters. */
const isOfLaterVersions = (indicators: readonly Indicator[], key: string): boolean =>
  LATER_PARAMETERS.some(({ name }) => name === key) && !indicators.some(({ parameters }) => Object.hasOwn(parameters, key))

/** An indicator's own parameters in base units. */
export const defaultsOf = (indicator: Indicator): Record<string, number> =>
  Object.fromEntries(Object.entries(indicator.parameters).map(([name, info]) => [name, toBase(info.default, info.unit)]))

/** The indicator that a key means, or all that share the parameter. */
function ownersOf(indicators: readonly Indicator[], key: string): [Indicator, string][] {
  const dot = key.indexOf('.')
  const name = key.slice(dot + 1)
  const owners = indicators.filter(
    (indicator) => (dot === -1 || indicator.id === key.slice(0, dot)) && Object.hasOwn(indicator.parameters, name),
  )
  const [owner, second] = owners
  if (!owner) throw unknown(indicators, key)
  if (second && !owners.every(({ parameters }) => parameters[name]?.isShared === true)) {
    const choices = owners.map(({ id }) => `${id}.${name}`).join(', ')
    throw new AppError('analysis.ambiguous-parameter', { parameter: key, choices })
  }
  return owners.map((each) => [each, name])
}

function unknown(indicators: readonly Indicator[], parameter: string): AppError {
  const known = indicators.flatMap(({ id, parameters }) => Object.keys(parameters).map((name) => `${id}.${name}`)).join(', ')
  return new AppError('analysis.unknown-parameter', { parameter, known })
}
