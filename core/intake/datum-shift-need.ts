import { relativesOf } from '../crs/candidates.ts'
import { crsInfo } from '../crs/crs.ts'
import { crsDatabase } from '../crs/database.ts'
import { projectionOf } from '../crs/match.ts'
import { isOldDatum } from './old-datum.ts'
import { draftManifest, type ImportDraft } from './draft.ts'

/** The base of Chinese plans now: what older datums are shifted to. */
const TODAY = 'EPSG:4490'

/** Systems of the draft on an older datum, each once. */
export function oldSystems({ layers }: ImportDraft): string[] {
  const systems = layers.flatMap(({ role, crs }) => (role === null || role === 'leave-out' || crs === '' ? [] : [crs]))
  return [...new Set(systems)].filter(isOldDatum)
}

/** The system of the plan once its layers are shifted: the same zone on CGCS2000; null where there is none, or nothing to shift. */
export function shiftedSystem(draft: ImportDraft): string | null {
  const [first] = oldSystems(draft)
  const info = first === undefined ? undefined : crsInfo(first)
  if (!info) return null
  if (info.kind === 'geographic') return TODAY
  const easting = projectionOf(info).values.x_0 ?? 0
  const same = relativesOf(info, crsDatabase(), TODAY).filter(
    (other) => Math.abs((projectionOf(other).values.x_0 ?? 0) - easting) < 1,
  )
  // Every second zone of 3° is defined like one of 6°: the name tells which is meant.
  return (same.find(({ name }) => isOfThreeDegrees(name) === isOfThreeDegrees(info.name)) ?? same[0])?.code ?? null
}

const isOfThreeDegrees = (name: string): boolean => name.includes('3-degree')

/** The draft with its plan in the system that old layers are shifted to; as it is where the plan has a system of its own. */
export function withShiftedSystem(draft: ImportDraft): ImportDraft {
  const system = draft.kept.crs ? null : shiftedSystem(draft)
  return system === null ? draft : { ...draft, kept: { ...draft.kept, crs: system } }
}

/** Takes that back: without parameters the plan stays in the system of its layers. */
export function withoutShiftedSystem(draft: ImportDraft): ImportDraft {
  if (draft.fromManifest || draft.kept.crs !== shiftedSystem(draft)) return draft
  const kept = { ...draft.kept }
  delete kept.crs
  return { ...draft, kept }
}

/** The manifest to run when parameters were chosen: the file that it may name itself is not read then. */
export const manifestToShift = (draft: ImportDraft): ReturnType<typeof draftManifest> => {
  const kept = { ...draft.kept }
  delete kept.datumShift
  return draftManifest({ ...draft, kept })
}
