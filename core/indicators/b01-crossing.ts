import { NO_TEXT, type LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import type { Select } from '../geo/overlay-area.ts'
import { overlapTable } from '../geo/overlap-table.ts'
import type { ResultTable } from '../model/result-table.ts'
import { classColour } from '../reference/land-class-list.ts'
import type { Bilingual } from '../text.ts'
import { inGroup, ofClass } from './by-class.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'

export type CrossingPart = 'overlapM2' | 'exemptM2' | 'unexplainedM2' | 'sliversM2'

/** Planned construction that lies inside a control line. */
export interface Crossing extends Record<CrossingPart, number> {
  /** How many parcels are left out as slivers. */
  slivers: number
  /** The same sums parcel by parcel, m². */
  parts: Record<CrossingPart, Float64Array>
}

const NOBODY = new Float64Array(0)

/** Of a line that was not given. */
export const nothingCrosses: Crossing = {
  overlapM2: 0,
  exemptM2: 0,
  unexplainedM2: 0,
  sliversM2: 0,
  slivers: 0,
  parts: { overlapM2: NOBODY, exemptM2: NOBODY, unexplainedM2: NOBODY, sliversM2: NOBODY },
}

/**
 * Overlap of every construction parcel with a line's polygons, slivers apart; a parcel cannot cross more than its own area. Of
 * what counts, the part on ground with an exemption is exempt; a rest below the sliver limit needs no explanation.
 */
export function crossingOf(parcels: LayerColumns, line: LayerColumns, sliverM2: number): Crossing {
  const { offset, partner, areaM2 } = overlapTable(parcels, line)
  const ownM2 = featureAreas(parcels)
  const exempt = exemptions(line)
  const isConstruction = inGroup(parcels, 'construction')
  const fresh = () => new Float64Array(parcels.count)
  const parts = { overlapM2: fresh(), exemptM2: fresh(), unexplainedM2: fresh(), sliversM2: fresh() }
  const sums = { overlapM2: 0, exemptM2: 0, unexplainedM2: 0, sliversM2: 0, slivers: 0 }
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const [from, end] = [offset[parcel] ?? 0, offset[parcel + 1] ?? 0]
    if (from === end || !isConstruction(parcel)) continue
    let [allM2, exemptM2] = [0, 0]
    for (let pair = from; pair < end; pair += 1) {
      allM2 += areaM2[pair] ?? 0
      if (exempt[partner[pair] ?? 0] === 1) exemptM2 += areaM2[pair] ?? 0
    }
    const countedM2 = Math.min(allM2, ownM2[parcel] ?? 0)
    if (countedM2 < sliverM2) {
      sums.slivers += 1
      sums.sliversM2 += parts.sliversM2[parcel] = countedM2
      continue
    }
    const restM2 = countedM2 - Math.min(exemptM2, countedM2)
    sums.overlapM2 += parts.overlapM2[parcel] = countedM2
    sums.exemptM2 += parts.exemptM2[parcel] = countedM2 - restM2
    if (restM2 >= sliverM2) sums.unexplainedM2 += parts.unexplainedM2[parcel] = restM2
  }
  return { ...sums, parts }
}

/** 1 for every feature of a line that names an exemption. */
function exemptions(line: LayerColumns): Uint8Array {
  const column = line.attributes['exemption']
  if (column?.type !== 'text') return new Uint8Array(line.count)
  return Uint8Array.from(column.codes, (code) => (code === NO_TEXT ? 0 : 1))
}

type Lines = Partial<Record<'pbf' | 'eco_redline', Crossing>>

const LINES: Record<'pbf' | 'eco_redline', Bilingual> = {
  pbf: { zh: '永久基本农田', en: 'Basic farmland' },
  eco_redline: { zh: '生态保护红线', en: 'Ecological redline' },
}

/** Overlap by line, and by class of the parcels that cross one. Lines that were not given have no row and no column. */
export function crossingTables(parcels: LayerColumns, lines: Lines): ResultTable[] {
  const given = (['pbf', 'eco_redline'] as const).flatMap((key) => (lines[key] ? [{ key, crossing: lines[key] }] : []))
  const byClass = given.map(({ crossing }) => sumByClass(parcels, crossing.parts.overlapM2))
  const codes = [...new Set(byClass.flatMap((sums) => [...sums.keys()]))].toSorted()
  return [
    {
      id: 'lines',
      kind: 'list',
      title: { zh: '按控制线', en: 'By control line' },
      rowTitle: { zh: '控制线', en: 'Line' },
      columns: [
        areaColumn('overlapM2', '压占', 'Overlap'),
        areaColumn('exemptM2', '其中有依据', 'Of it exempt'),
        areaColumn('unexplainedM2', '无依据', 'Unexplained'),
        areaColumn('sliversM2', '碎图斑（不计）', 'Slivers left out'),
      ],
      rows: given.map(({ key, crossing }) => ({
        key,
        title: LINES[key],
        cells: [crossing.overlapM2, crossing.exemptM2, crossing.unexplainedM2, crossing.sliversM2],
      })),
    },
    {
      id: 'byClass',
      kind: 'classes',
      title: { zh: '按规划地类', en: 'By planned class' },
      rowTitle: { zh: '规划地类', en: 'Planned class' },
      columns: given.map(({ key }) => ({ key, title: LINES[key], unit: 'ha' })),
      rows: codes.map((code) => ({
        key: code,
        title: classTitle(code),
        cells: byClass.map((sums) => sums.get(code) ?? 0),
        colour: classColour(code),
      })),
      closure: Object.fromEntries(
        given.map(({ key, crossing }, at) => {
          const sum = [...(byClass[at]?.values() ?? [])].reduce((total, areaM2) => total + areaM2, 0)
          return [key, { sum, whole: crossing.overlapM2 }]
        }),
      ),
    },
  ]
}

/** Parcels of a class at the second level, as the rows of `byClass` name it. */
export const inClass = (parcels: LayerColumns, code: string): Select => ofClass(parcels, (own) => own.slice(0, 4) === code)

/** Sums of amounts per parcel by class at the second level; classes without any are left out. */
export function sumByClass(parcels: LayerColumns, amounts: Float64Array): Map<string, number> {
  const column = parcels.attributes['class']
  const sums = new Map<string, number>()
  if (column?.type !== 'text') return sums
  const ofCode = new Float64Array(column.dictionary.length)
  for (let parcel = 0; parcel < amounts.length; parcel += 1) {
    const code = column.codes[parcel] ?? NO_TEXT
    if (code < ofCode.length) ofCode[code] = (ofCode[code] ?? 0) + (amounts[parcel] ?? 0)
  }
  for (const [at, areaM2] of ofCode.entries()) {
    const key = column.dictionary[at]?.slice(0, 4) ?? ''
    if (areaM2 > 0) sums.set(key, (sums.get(key) ?? 0) + areaM2)
  }
  return sums
}
