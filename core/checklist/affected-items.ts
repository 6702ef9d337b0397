import type { Measurement } from '../model/measurement.ts'
import type { BaseUnit } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import type { Checklist, ChecklistItem } from './schema.ts'

/** An item that a feature proves: what the feature contributes, and to what. */
export interface AffectedItem {
  item: ChecklistItem
  /** Size of its contribution, m² or the indicator's base unit; null where the evidence names none. */
  contribution: number | null
  note: Bilingual | null
  /** The measured value that it is part of; null where nothing could be measured. */
  value: { value: number; unit: BaseUnit } | null
  /** Place among the evidence, largest first, counted from 1. */
  rank: number
  evidenceTotal: number
}

/** Which items a feature affects, and which could still hide it. */
export interface AffectedItems {
  items: AffectedItem[]
  /** Items whose evidence on this layer lists the largest features only: the feature may count there without being named. */
  capped: ChecklistItem[]
}

/**
 * From a feature to the items that it is evidence for, in the checklist's order.
 * @param layer role of the feature's layer; @param fid its number in that layer
 */
export function affectedItems(
  { items }: Pick<Checklist, 'items'>,
  measurements: readonly Measurement[],
  layer: string,
  fid: number,
): AffectedItems {
  const byId = new Map(measurements.map((measurement) => [measurement.id, measurement]))
  const found: AffectedItems = { items: [], capped: [] }
  for (const item of items) {
    const measurement = item.rule === null ? undefined : byId.get(item.rule.indicator)
    if (measurement === undefined) continue
    const { evidence, evidenceTotal, outcome } = measurement
    const at = evidence.findIndex((feature) => feature.layer === layer && feature.fid === fid)
    const feature = evidence[at]
    if (feature === undefined) {
      if (evidenceTotal > evidence.length && evidence.some((each) => each.layer === layer)) found.capped.push(item)
      continue
    }
    found.items.push({
      item,
      contribution: feature.value ?? null,
      note: feature.note ?? null,
      value: outcome.kind === 'value' ? { value: outcome.value, unit: outcome.unit } : null,
      rank: at + 1,
      evidenceTotal,
    })
  }
  return found
}
