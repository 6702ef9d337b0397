import type { PlanEdit } from '#core/analysis/plan-session.ts'
import type { SessionEdit } from '#core/contract/analysis-procedures.ts'
import type { Attributes } from '#core/geo/edit-layer.ts'
import { AppError } from '#core/errors.ts'
import { roleInfo } from '#core/model/roles.ts'
import type { Layer } from '#core/model/plan.ts'
import { layersToMeasure } from '../analysis/analyse.ts'

const arrays = (parts: Extract<PlanEdit, { change: 'add' }>['parts']): number[][][] =>
  parts.map((rings) => rings.map((ring) => Array.from(ring)))

/** What is not known is written as such: a stored step has no undefined members. */
const known = (attributes: Attributes): Record<string, string | number | boolean | null> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value ?? null]))

/**
 * An edit as the engine names it (role, kind, place among the layers that are read as one), as steps of options are stored: by the layer's
 * own id. What is added becomes a drawing, because a role may have no layer yet. @throws AppError 'analysis.no-such-layer'
 */
export function storedEdit(edit: PlanEdit, layers: readonly Layer[]): SessionEdit {
  const { role, change } = edit
  if (change === 'add')
    return {
      change: 'draw',
      role,
      ...(edit.kind !== undefined && { kind: edit.kind }),
      parts: arrays(edit.parts),
      attributes: known(edit.attributes),
    }
  const kind = edit.kind ?? roleInfo(role).kinds.find((one) => layers.some((layer) => layer.role === role && layer.kind === one))
  const layer = layersToMeasure(layers).filter((one) => one.role === role && one.kind === kind)[edit.source ?? 0]
  if (layer === undefined) throw new AppError('analysis.no-such-layer', { role })
  const at = { layerId: layer.id, fid: edit.fid }
  if (change === 'geometry') return { change, ...at, parts: arrays(edit.parts) }
  return change === 'delete' ? { change, ...at } : { change, ...at, attributes: known(edit.attributes) }
}
