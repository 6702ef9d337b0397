import type { SessionEdit } from '#core/contract/analysis-procedures.ts'
import type { LayerId } from '#core/model/ids.ts'
import type { GeometryKind, Role } from '#core/model/roles.ts'
import type { OptionEdit } from '#core/review/option.ts'
import type { EditParts } from '../map/map-edit.ts'

/** A feature of the plan as an option has it after its last step. */
export interface ChangedFeature {
  layerId: LayerId
  fid: number
  isDeleted: boolean
  /** Its new shape; null where it has its own. */
  parts: EditParts | null
  attributes: Record<string, string | number | boolean | null>
}

/** A feature that the plan does not have, as it is after the last step. */
export interface DrawnFeature {
  /** Counted over everything the option drew, from 1: later steps name it so. */
  number: number
  where: { layerId: LayerId } | { role: Role; kind: GeometryKind | undefined }
  isErased: boolean
  parts: EditParts
  attributes: Record<string, string | number | boolean | null>
}

type FeatureEdit = Extract<SessionEdit, { fid: number }>
type DrawingEdit = Extract<SessionEdit, { drawn: number }>

function changedBy(before: ChangedFeature | undefined, edit: FeatureEdit): ChangedFeature {
  const { layerId, fid } = edit
  const now = before ?? { layerId, fid, isDeleted: false, parts: null, attributes: {} }
  if (edit.change === 'delete') return { ...now, isDeleted: true }
  return edit.change === 'geometry'
    ? { ...now, parts: edit.parts }
    : { ...now, attributes: { ...now.attributes, ...edit.attributes } }
}

function redrawnBy(before: DrawnFeature, edit: DrawingEdit): DrawnFeature {
  if (edit.change === 'erase') return { ...before, isErased: true }
  return edit.change === 'redraw'
    ? { ...before, parts: edit.parts }
    : { ...before, attributes: { ...before.attributes, ...edit.attributes } }
}

/** What all steps of an option together come to, feature by feature, in the order of their first change. */
export function changedFeatures(steps: readonly Pick<OptionEdit, 'edits'>[]): {
  changed: ChangedFeature[]
  drawn: DrawnFeature[]
} {
  const changed = new Map<string, ChangedFeature>()
  const drawn: DrawnFeature[] = []
  for (const edit of steps.flatMap(({ edits }) => edits)) {
    if (edit.change === 'draw' || edit.change === 'add') {
      const { parts, attributes } = edit
      const where = edit.change === 'draw' ? { role: edit.role, kind: edit.kind } : { layerId: edit.layerId }
      drawn.push({ number: drawn.length + 1, where, isErased: false, parts, attributes })
    } else if ('drawn' in edit) {
      const before = drawn[edit.drawn - 1]
      if (before) drawn[edit.drawn - 1] = redrawnBy(before, edit)
    } else {
      const key = `${edit.layerId} ${edit.fid}`
      changed.set(key, changedBy(changed.get(key), edit))
    }
  }
  return { changed: [...changed.values()], drawn: drawn.filter(({ isErased }) => !isErased) }
}
