import { featureAreas } from '../../geo/feature-areas.ts'
import type { LayerColumns } from '../../geo/columns.ts'
import { classOf } from '../../indicators/by-class.ts'
import { habitatOf, habitatState, ruleFor } from '../../indicators/habitat.ts'
import { missingLinks, onTheWay } from '../../indicators/missing-links.ts'
import { studyArea } from '../../indicators/study-area.ts'
import { GAP_RULE, isOpenClass, wedgeContinuity } from '../../indicators/wedge-gaps.ts'
import { hasShape } from '../../geo/edited.ts'
import type { Candidate } from '../change.ts'
import { PARK_CLASS } from '../flip-rules.ts'
import { knownAttributes } from '../plan-places.ts'
import { byWorth, type Move, type MoveInput } from './move.ts'

/** Parcels that break a wedge or lie on the way between two patches become green: what the gap closer would mend first comes first. */
export const closeGap: Move = {
  id: 'close-gap',
  candidates(input) {
    const parcels = input.plan.layer('landuse_plan')
    if (!parcels) return []
    return input.goal.indicator === 'N02' ? ofWedges(input, parcels) : ofLinks(input, parcels)
  },
}

function ofWedges(input: MoveInput, parcels: LayerColumns): Candidate[] {
  const { parameters } = input.measurement
  const rule = {
    minimumWidthM: parameters['wedgeWidthM'] ?? GAP_RULE.minimumWidthM,
    shortestGapM: 0,
    stepM: parameters['axisStepM'] ?? GAP_RULE.stepM,
  }
  const gaps = wedgeContinuity(input.plan, rule).flatMap((wedge) => wedge.gaps)
  return byWorth(
    gaps.flatMap(({ gap, axis, parcels: across }) => {
      const areaM2 = areaOf(parcels, across)
      return asClosed(input, parcels, across, {
        title: axis.title,
        lengthM: gap.lengthM,
        worth: areaM2 > 0 ? gap.lengthM / areaM2 : 0,
      })
    }),
  )
}

function ofLinks(input: MoveInput, parcels: LayerColumns): Candidate[] {
  const { plan, measurement } = input
  const base = plan.layer('landuse_base')
  const { medianDispersalM, minimumPatchHa } = measurement.parameters
  if (!base || medianDispersalM === undefined || minimumPatchHa === undefined) return []
  const rule = ruleFor(plan.geos, [base, parcels], { medianM: medianDispersalM, minimumM2: minimumPatchHa })
  const { network } = habitatState(plan.geos, parcels, rule, studyArea(plan, 'whole')?.areaM2 ?? 0)
  const habitat = habitatOf(parcels)
  return missingLinks(plan, network, rule).flatMap(({ gap, gain }) => {
    const crossed = onTheWay(parcels, network, gap).parcels.filter((parcel) => !hasShape(habitat, parcel))
    const title = gap.wedge?.axis.title ?? { zh: '斑块之间', en: 'between two patches' }
    return asClosed(input, parcels, crossed, { title, lengthM: gap.lengthM, worth: gain })
  })
}

const areaOf = (parcels: LayerColumns, chosen: readonly number[]): number =>
  chosen.reduce((sum, parcel) => sum + (featureAreas(parcels)[parcel] ?? 0), 0)

function asClosed(
  input: MoveInput,
  parcels: LayerColumns,
  across: readonly number[],
  { title, lengthM, worth }: { title: { zh: string; en: string }; lengthM: number; worth: number },
): Candidate[] {
  const codes = new Map(across.map((parcel) => [parcel, classOf(parcels, parcel)]))
  const changed = across.filter((parcel) => !isOpenClass(codes.get(parcel) ?? ''))
  if (changed.length === 0) return []
  const attributes = { class: PARK_CLASS, ...knownAttributes(parcels, { name: null }) }
  const metres = Math.round(lengthM)
  return [
    {
      move: 'close-gap',
      edits: changed.map((parcel) => ({ ...input.address(parcels, parcel), change: 'attributes', attributes })),
      features: changed.map((parcel) => ({ layer: parcels.role, fid: input.address(parcels, parcel).fid })),
      shapes: [],
      size: { unit: 'm2', value: areaOf(parcels, changed) },
      from: [...new Set(changed.flatMap((parcel) => codes.get(parcel) ?? []))].toSorted().join(' ') || null,
      to: PARK_CLASS,
      note: { zh: `${title.zh}，断点 ${metres} m`, en: `${title.en}, gap of ${metres} m` },
      worth,
    },
  ]
}
