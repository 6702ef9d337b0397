import { AppError } from '../errors.ts'
import { INDICATORS } from '../indicators/index.ts'
import { parametersInUse } from '../indicators/parameters.ts'
import { fromBase, toBase } from '../model/units.ts'
import type { Role } from '../model/roles.ts'
import { OVERLAYS } from './index.ts'
import type { Overlay } from './overlay.ts'

/** The overlay of an id. @throws AppError `overlays.unknown` */
export function overlayOf(id: string): Overlay {
  const found = OVERLAYS.find((overlay) => overlay.id === id)
  if (!found) throw new AppError('overlays.unknown', { overlay: id, known: OVERLAYS.map((one) => one.id).join(', ') })
  return found
}

/** What an overlay needs and a plan with these roles has not: of every entry one role would do. */
export const lacksOf = ({ needs }: Overlay, present: ReadonlySet<Role>): Role[][] =>
  needs.filter((group) => !group.some((role) => present.has(role))).map((group) => [...group])

/**
 * Parameters of an overlay in base units: those of the indicators that it belongs to as the plan's manifest sets them, then its own
 * defaults, then what is asked for (in the parameters' own units).
 * @throws AppError `overlays.unknown-parameter`, `analysis.parameter-out-of-range`, and the errors of `parametersInUse`
 */
export function overlayParameters(
  overlay: Overlay,
  manifest: Readonly<Record<string, number>>,
  asked: Readonly<Record<string, number>> = {},
): Record<string, number> {
  const inUse = parametersInUse(INDICATORS, manifest)
  const lent: Record<string, number> = {}
  for (const id of [...(overlay.alsoOf ?? []), overlay.indicator]) Object.assign(lent, id === undefined ? {} : inUse.get(id))
  const values = Object.fromEntries(
    Object.entries(overlay.parameters).map(([name, info]) => [name, lent[name] ?? toBase(info.default, info.unit)]),
  )
  for (const [name, value] of Object.entries(asked)) {
    const info = Object.hasOwn(overlay.parameters, name) ? overlay.parameters[name] : undefined
    if (!info) {
      const known = Object.keys(overlay.parameters).join(', ')
      throw new AppError('overlays.unknown-parameter', { overlay: overlay.id, parameter: name, known })
    }
    if (!(value >= info.min && value <= info.max))
      throw new AppError('analysis.parameter-out-of-range', { parameter: name, value, min: info.min, max: info.max })
    values[name] = toBase(value, info.unit)
  }
  return values
}

/** The same values in the parameters' own units, for people. */
export const shownParameters = (overlay: Overlay, values: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(overlay.parameters).map(([name, info]) => [
      name,
      fromBase(values[name] ?? toBase(info.default, info.unit), info.unit),
    ]),
  )
