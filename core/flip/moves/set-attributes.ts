import type { LayerColumns } from '../../geo/columns.ts'
import { featureAreas } from '../../geo/feature-areas.ts'
import { hasShape } from '../../geo/edited.ts'
import { lengthsM } from '../../geo/measure.ts'
import type { Role } from '../../model/roles.ts'
import type { ChangeSize } from '../change.ts'
import type { FlipRule } from '../flip-rules.ts'
import { attributeOf, evidenceFeatures } from '../plan-places.ts'
import { amountOf, byWorth, type Move, type MoveInput } from './move.ts'

type Setting = NonNullable<FlipRule['set']>

/** Something that the plan already draws is taken up into a programme: a plot gets a use, a channel is to be renatured. */
export const setAttributes: Move = {
  id: 'set-attributes',
  candidates(input) {
    const { set } = input.rule
    if (!set) return []
    const attributes = Object.fromEntries(
      Object.entries(set.attributes).flatMap(([name, value]) => {
        const said = typeof value === 'object' ? amountOf(value, input.measurement) : value
        return said === undefined ? [] : [[name, said]]
      }),
    )
    return byWorth(
      featuresOf(input, set).map(({ layer, feature }) => {
        const at = input.address(layer, feature)
        const size = sizeOf(layer, feature)
        return {
          move: 'set-attributes' as const,
          edits: [{ ...at, change: 'attributes' as const, attributes }],
          features: [{ layer: layer.role, fid: at.fid }],
          shapes: [],
          size,
          from: null,
          to: null,
          note: set.says,
          worth: size.value,
        }
      }),
    )
  },
}

function featuresOf({ plan, rule, measurement }: MoveInput, set: Setting): { layer: LayerColumns; feature: number }[] {
  const layers = plan.layers(set.role)
  const all =
    rule.among === 'evidence'
      ? evidenceFeatures((role) => plan.layers(role as Role), measurement.evidence).filter(({ layer }) => layers.includes(layer))
      : layers.flatMap((layer) => Array.from({ length: layer.count }, (_, feature) => ({ layer, feature })))
  return all.filter(({ layer, feature }) => hasShape(layer, feature) && !isSet(layer, feature, set))
}

/** Whether a feature says already what would be set. */
const isSet = (layer: LayerColumns, feature: number, { unless }: Setting): boolean =>
  unless.some((fields) =>
    Object.entries(fields).every(([name, wanted]) => {
      const value = attributeOf(layer, name, feature)
      return wanted === '*' ? value !== undefined && value !== '' : value === wanted
    }),
  )

/** Area of a polygon, length of a line; a point is one. */
export function sizeOf(layer: LayerColumns, feature: number): ChangeSize {
  if (layer.kind === 'polygon') return { unit: 'm2', value: featureAreas(layer)[feature] ?? 0 }
  return layer.kind === 'line' ? { unit: 'm', value: lengthsM(layer)[feature] ?? 0 } : { unit: 'count', value: 1 }
}
