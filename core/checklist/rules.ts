import type { Measurement } from '../model/measurement.ts'
import { UNITS, fromBase } from '../model/units.ts'
import { AppError } from '../errors.ts'
import type { Level } from './result.ts'
import type { LevelRule } from './schema.ts'

type EdgesRule = Extract<LevelRule, { kind: 'edges' }>
type CasesRule = Extract<LevelRule, { kind: 'cases' }>
type Condition = CasesRule['cases'][number]['all'][number]

/** Unit conversion must not push a value that sits on an edge to its wrong side: 0.02 m is 0.2 km per 10⁴, not a hair less. */
const RELATIVE_TOLERANCE = 1e-9

const slack = (edge: number): number => RELATIVE_TOLERANCE * Math.max(1, Math.abs(edge))

/** Level of a value in the rule's own unit: the highest level whose edge it meets, 0 where it meets none. */
export function levelFromEdges(rule: EdgesRule, value: number): Level {
  const sign = rule.better === 'higher' ? 1 : -1
  let level: Level = 0
  for (const [i, edge] of rule.edges.entries()) {
    if (edge === null) continue
    const candidate = (i + 1) as Level
    const above = sign * (value - edge)
    const met = rule.open.includes(candidate) ? above > slack(edge) : above >= -slack(edge)
    if (met) level = candidate
  }
  return level
}

function readPath(measurement: Measurement, path: string): unknown {
  if (path === 'value') return measurement.outcome.kind === 'value' ? measurement.outcome.value : undefined
  return measurement.details[path.slice('details.'.length)]
}

/** A condition about something that is not there is false, except `absent`. */
function holds(condition: Condition, measurement: Measurement): boolean {
  const found = readPath(measurement, condition.path)
  if (condition.is === 'absent') return found === undefined || found === null
  if (condition.is === 'true' || condition.is === 'false') return found === (condition.is === 'true')
  if (typeof found !== 'number' || condition.than === undefined) return false
  switch (condition.is) {
    case '<':
      return found < condition.than
    case '<=':
      return found <= condition.than
    case '>':
      return found > condition.than
    case '>=':
      return found >= condition.than
    case '=':
      return found === condition.than
    case '!=':
      return found !== condition.than
  }
}

/**
 * Level 0–4 that a measurement reaches under a rule (values are in base units, edges in the rule's unit), or null where the
 * measurement found no value or no case fits: that is a gap, never a zero.
 * @throws AppError `checklist.unit-mismatch` when the rule's unit cannot express the measured value.
 */
export function levelFromRule(item: string, rule: LevelRule, measurement: Measurement): Level | null {
  const { outcome } = measurement
  if (outcome.kind === 'missing') return null
  if (rule.kind === 'cases') {
    const match = rule.cases.find(({ all }) => all.every((condition) => holds(condition, measurement)))
    return match === undefined ? null : (match.level as Level)
  }
  if (UNITS[rule.unit].base !== outcome.unit) {
    throw new AppError('checklist.unit-mismatch', { item, indicator: rule.indicator, expected: rule.unit, found: outcome.unit })
  }
  return levelFromEdges(rule, fromBase(outcome.value, rule.unit))
}
