import { NO_TEXT, textAt, type LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import type { Select } from '../geo/overlay-area.ts'
import { overlapTable } from '../geo/overlap-table.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { ResultTable, TableCell, TableColumn, TableRow } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { perLayers } from '../geo/edited.ts'
import { inGroup } from './by-class.ts'
import { adminLevel, LEVEL_WORDS, type AdminLevel } from './study-area.ts'
import { topEvidence } from './top-evidence.ts'

/** One district, cluster, unit … of the admin layer. */
export interface AdminUnit {
  /** Index in the admin layer, and its feature id. */
  feature: number
  fid: number
  title: Bilingual
  /** As the source writes it. */
  name: string | null
  code: string | null
  level: AdminLevel | null
  areaM2: number
}

/** Levels from the whole to the smallest: a unit's parent is of a level before its own. */
const FROM_WHOLE: readonly AdminLevel[] = ['municipal', 'central_city', 'district', 'cluster', 'unit']

const knownUnits = new WeakMap<LayerColumns, AdminUnit[]>()

/** Every feature of the admin layer with its level and a name that people can read. */
export function adminUnits(admin: LayerColumns): readonly AdminUnit[] {
  const found = knownUnits.get(admin)
  if (found) return found
  const areaM2 = featureAreas(admin)
  const units = Array.from(admin.fid, (fid, feature): AdminUnit => {
    const level = adminLevel(textAt(admin, 'level', feature)) ?? null
    const code = textAt(admin, 'code', feature) ?? null
    const name = textAt(admin, 'name', feature) ?? null
    return { feature, fid, name, title: titleOf(admin, feature, level, code), code, level, areaM2: areaM2[feature] ?? 0 }
  })
  knownUnits.set(admin, units)
  return units
}

/** Those of one level, in the order of the layer. */
export const unitsAt = (admin: LayerColumns, level: AdminLevel): AdminUnit[] =>
  adminUnits(admin).filter((unit) => unit.level === level)

function titleOf(admin: LayerColumns, feature: number, level: AdminLevel | null, code: string | null): Bilingual {
  const name = textAt(admin, 'name', feature) ?? code
  if (name !== null && name !== undefined) return { zh: name, en: name }
  const word = level === null ? { zh: '分区', en: 'area' } : LEVEL_WORDS[level]
  const number = admin.fid[feature] ?? feature
  return { zh: `${word.zh} ${number}`, en: `${word.en} ${number}` }
}

const knownParents = new WeakMap<LayerColumns, Map<AdminLevel, Int32Array>>()

/**
 * For every feature of the admin layer its parent at a level, or −1: the feature with the code that its `parent` names, otherwise
 * the one of that level that holds more than half of its area.
 */
export function parentsAt(admin: LayerColumns, level: AdminLevel): Int32Array {
  const known = knownParents.get(admin) ?? new Map<AdminLevel, Int32Array>()
  knownParents.set(admin, known)
  const found = known.get(level)
  if (found) return found
  const units = adminUnits(admin)
  const isParent = (at: number) => units[at]?.level === level
  const byCode = new Map(units.flatMap(({ code, feature }) => (code !== null && isParent(feature) ? [[code, feature]] : [])))
  const table = overlapTable(admin, admin)
  const parents = Int32Array.from(units, ({ feature, areaM2, level: own }) => {
    if (own === null || FROM_WHOLE.indexOf(own) <= FROM_WHOLE.indexOf(level)) return -1
    const named = byCode.get(textAt(admin, 'parent', feature) ?? '')
    if (named !== undefined) return named
    for (let pair = table.offset[feature] ?? 0; pair < (table.offset[feature + 1] ?? 0); pair += 1) {
      const holder = table.partner[pair] ?? -1
      if (holder !== feature && isParent(holder) && (table.areaM2[pair] ?? 0) > areaM2 / 2) return holder
    }
    return -1
  })
  known.set(level, parents)
  return parents
}

/** Area in m² of the chosen parcels within each feature of the admin layer. A fold of `overlapTable(parcels, admin)`. */
export function areaByUnit(parcels: LayerColumns, admin: LayerColumns, select: Select): Float64Array {
  const kinds = new Int8Array(parcels.count)
  for (let parcel = 0; parcel < kinds.length; parcel += 1) if (!select(parcel)) kinds[parcel] = -1
  return areaByUnitAndKind(parcels, admin, kinds, 1)
}

const knownGroups = perLayers(() => new Map<string, Float64Array>())

/** The same for the parcels of a class group, folded once for as long as both layers live. Read only. */
export function groupByUnit(parcels: LayerColumns, admin: LayerColumns, group: string): Float64Array {
  const known = knownGroups(parcels, admin)
  const found = known.get(group) ?? areaByUnit(parcels, admin, inGroup(parcels, group))
  known.set(group, found)
  return found
}

/**
 * Area in m² by feature of the admin layer and kind of parcel: entry `unit * kinds + kind`. `kindOf` holds the kind of every
 * parcel, negative for those that take no part. A fold of `overlapTable(parcels, admin)`.
 */
export function areaByUnitAndKind(
  parcels: LayerColumns,
  admin: LayerColumns,
  kindOf: Readonly<ArrayLike<number>>,
  kinds: number,
): Float64Array {
  const { offset, partner, areaM2 } = overlapTable(parcels, admin)
  const sums = new Float64Array(admin.count * kinds)
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const kind = kindOf[parcel] ?? -1
    if (kind < 0) continue
    for (let pair = offset[parcel] ?? 0; pair < (offset[parcel + 1] ?? 0); pair += 1) {
      const at = (partner[pair] ?? 0) * kinds + kind
      sums[at] = (sums[at] ?? 0) + (areaM2[pair] ?? 0)
    }
  }
  return sums
}

/** The kind of every parcel, told by its class code: each code is asked once. Parcels without a class get −1. */
export function kindOfParcels(parcels: LayerColumns, kindOf: (code: string) => number): Int32Array {
  const column = parcels.attributes['class']
  if (column?.type !== 'text') return new Int32Array(parcels.count).fill(-1)
  const kinds = column.dictionary.map(kindOf)
  const { codes } = column
  const of = new Int32Array(parcels.count)
  for (let parcel = 0; parcel < parcels.count; parcel += 1) of[parcel] = kinds[codes[parcel] ?? NO_TEXT] ?? -1
  return of
}

/** The chosen parcels inside one unit, the largest part of it first: what stands behind a figure of a table by unit. */
export function parcelsInUnit(
  parcels: LayerColumns,
  admin: LayerColumns,
  unit: number,
  select: Select,
  note: (areaM2: number) => Bilingual,
): EvidenceFeature[] {
  const { offset, partner, areaM2 } = overlapTable(parcels, admin)
  const inside = new Float64Array(parcels.count)
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    if (!select(parcel)) continue
    for (let pair = offset[parcel] ?? 0; pair < (offset[parcel + 1] ?? 0); pair += 1) {
      if (partner[pair] === unit) inside[parcel] = (inside[parcel] ?? 0) + (areaM2[pair] ?? 0)
    }
  }
  return topEvidence(parcels, inside, note).evidence
}

/** The unit that a table row is about; rows of `unitTable` are named by feature id. */
export const unitOfRow = (admin: LayerColumns, row: string): AdminUnit | undefined =>
  adminUnits(admin).find(({ fid }) => String(fid) === row)

/** What a table by unit says besides its rows. */
export interface UnitTableHead {
  id: string
  title: Bilingual
  columns: TableColumn[]
  closure?: ResultTable['closure']
}

/** A table of kind `units`: one row per unit of a level, each with its place on the map. */
export function unitTable(
  admin: LayerColumns,
  level: AdminLevel,
  head: UnitTableHead,
  cells: (unit: AdminUnit) => TableCell[],
): ResultTable {
  const { zh, en } = LEVEL_WORDS[level]
  const rowTitle = { zh, en: en.charAt(0).toUpperCase() + en.slice(1) }
  return { ...head, kind: 'units', rowTitle, rows: unitRows(unitsAt(admin, level), cells) }
}

/** Rows about units, each with its place on the map. */
export const unitRows = (units: readonly AdminUnit[], cells: (unit: AdminUnit) => TableCell[]): TableRow[] =>
  units.map((unit) => ({
    key: String(unit.fid),
    title: unit.title,
    cells: cells(unit),
    place: { layer: 'admin', fid: unit.fid },
  }))
