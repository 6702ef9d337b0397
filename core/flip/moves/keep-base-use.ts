import type { LayerColumns } from '../../geo/columns.ts'
import { featureAreas } from '../../geo/feature-areas.ts'
import { hasShape } from '../../geo/edited.ts'
import { overlapTable } from '../../geo/overlap-table.ts'
import { classOf, inGroup } from '../../indicators/by-class.ts'
import type { PlanData } from '../../indicators/indicator.ts'
import type { Role } from '../../model/roles.ts'
import { classGroup } from '../../reference/land-classes.ts'
import { knownAttributes, evidenceFeatures } from '../plan-places.ts'
import { byWorth, type Move, type MoveInput } from './move.ts'

const isConstruction = classGroup('construction')

/** A parcel that the plan builds on stays what it was in the base year (fields stay fields, woods stay woods). */
export const keepBaseUse: Move = {
  id: 'keep-base-use',
  candidates(input) {
    const parcels = input.plan.layer('landuse_plan')
    if (!parcels) return []
    const areas = featureAreas(parcels)
    return byWorth(
      parcelsOf(input, parcels).flatMap(({ parcel, worth }) => {
        const [from, to] = [classOf(parcels, parcel), useToKeep(input, parcels, parcel)]
        if (from === undefined || to === undefined || to === from) return []
        const at = input.address(parcels, parcel)
        return [
          {
            move: 'keep-base-use' as const,
            edits: [
              { ...at, change: 'attributes' as const, attributes: { class: to, ...knownAttributes(parcels, { name: null }) } },
            ],
            features: [{ layer: parcels.role, fid: at.fid }],
            shapes: [],
            size: { unit: 'm2' as const, value: areas[parcel] ?? 0 },
            from,
            to,
            note: null,
            worth,
          },
        ]
      }),
    )
  },
}

/** Parcels to look at: those that the measurement names, with what they weigh there, or all that are planned for construction other than
 * parks and squares, which nobody would give up first. */
function parcelsOf({ plan, rule, measurement }: MoveInput, parcels: LayerColumns): { parcel: number; worth: number }[] {
  if (rule.among === 'evidence') {
    return evidenceFeatures((role) => plan.layers(role as Role), measurement.evidence)
      .filter(({ layer }) => layer === parcels)
      .map(({ feature, value }) => ({ parcel: feature, worth: value }))
  }
  const areas = featureAreas(parcels)
  const [builds, isOpen] = [inGroup(parcels, 'construction'), inGroup(parcels, 'open_space')]
  return Array.from({ length: parcels.count }, (_, parcel) => ({ parcel, worth: areas[parcel] ?? 0 })).filter(
    ({ parcel }) => builds(parcel) && !isOpen(parcel) && hasShape(parcels, parcel),
  )
}

/** The base-year class of most of a parcel's ground; inside a line that was built on already, what the line is for. */
function useToKeep({ plan, rule }: MoveInput, parcels: LayerColumns, parcel: number): string | undefined {
  const base = plan.layer('landuse_base')
  const before = base && mostOf(parcels, parcel, base, (feature) => classOf(base, feature))
  const isAllowed = rule.baseCodes
    ? (code: string) => rule.baseCodes?.some((prefix) => code.startsWith(prefix)) === true
    : (code: string) => !isConstruction(code)
  if (before !== undefined && isAllowed(before)) return before
  return insteadOf(plan, rule.insteadInLine ?? {}, parcels, parcel)
}

function insteadOf(
  plan: PlanData,
  insteadInLine: Partial<Record<Role, string>>,
  parcels: LayerColumns,
  parcel: number,
): string | undefined {
  for (const [role, code] of Object.entries(insteadInLine)) {
    const line = plan.layer(role as Role)
    if (line && mostOf(parcels, parcel, line, () => 'inside') !== undefined) return code
  }
  return undefined
}

/** What is said of the features that cover most of a parcel, sums compared; of equals the one met first. */
function mostOf(
  parcels: LayerColumns,
  parcel: number,
  other: LayerColumns,
  said: (feature: number) => string | undefined,
): string | undefined {
  const { offset, partner, areaM2 } = overlapTable(parcels, other)
  const sums = new Map<string, number>()
  for (let pair = offset[parcel] ?? 0; pair < (offset[parcel + 1] ?? 0); pair += 1) {
    const word = said(partner[pair] ?? 0)
    if (word !== undefined) sums.set(word, (sums.get(word) ?? 0) + (areaM2[pair] ?? 0))
  }
  let [best, most]: [string | undefined, number] = [undefined, 0]
  for (const [word, sum] of sums) if (sum > most) [best, most] = [word, sum]
  return best
}
