import { fromFrame, toFrame, type Frame } from '../geo/frame.ts'
import type { EvidenceFeature, Measurement } from '../model/measurement.ts'
import type { Mark } from './mark.ts'

type Place = Pick<EvidenceFeature, 'layer' | 'fid'>

/** A mark of the older plan at the same place on Earth in the newer plan's frame; both frames must be of one kind. */
export function moveMark(mark: Mark, from: Frame, to: Frame): Mark {
  if (JSON.stringify(from) === JSON.stringify(to)) return mark
  const away = fromFrame(from)
  const into = toFrame(to)
  const xyM: number[] = []
  for (let at = 0; at + 1 < mark.xyM.length; at += 2) xyM.push(...into(...away(mark.xyM[at] ?? 0, mark.xyM[at + 1] ?? 0)))
  return { ...mark, xyM }
}

const keyOf = ({ layer, fid }: Place): string => `${layer}/${fid}`
/** Asked for each of thousands of findings about the same few measurements. */
const KEYS = new WeakMap<Measurement, ReadonlySet<string>>()
function keysOf(measurement: Measurement): ReadonlySet<string> {
  const keys = KEYS.get(measurement) ?? new Set(measurement.evidence.map(keyOf))
  KEYS.set(measurement, keys)
  return keys
}
const isComplete = ({ evidence, evidenceTotal }: Measurement): boolean => evidenceTotal <= evidence.length

/**
 * Whether the item's measurement of the newer plan still names one of a finding's places. null where it cannot be told: the places
 * were never its evidence, one side is not measured, by another version of the indicator, or without naming all of its evidence.
 * @param before the finding's places in the older plan, and that plan's measurement of the item
 * @param after what became of these places, and the newer plan's measurement
 */
export function isStillEvidence(
  before: { places: readonly Place[]; measurement: Measurement | undefined },
  after: { places: readonly Place[]; measurement: Measurement | undefined },
): boolean | null {
  const [older, newer] = [before.measurement, after.measurement]
  if (older === undefined || newer === undefined || older.version !== newer.version) return null
  if (newer.outcome.kind === 'missing' || !isComplete(newer)) return null
  const named = keysOf(older)
  if (!before.places.some((place) => named.has(keyOf(place)))) return null
  const now = keysOf(newer)
  return after.places.some((place) => now.has(keyOf(place)))
}
