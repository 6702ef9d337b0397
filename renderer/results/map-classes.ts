import type { ResultTable } from '#core/model/result-table.ts'
import { cellFigure, shownUnit, type TableReader } from '#core/tables/shown-table.ts'
import { classify, type ClassMethod, type Classes } from '#core/tables/classes.ts'
import { formatValue, UNITS, type UnitId } from '#core/model/units.ts'

/** What a person chose to colour a map by. */
export interface MapChoice {
  column: string
  method: ClassMethod
  /** As it was written, in the unit that is shown; empty: two sides only where figures have both signs. */
  threshold: string
}

export interface Coloured {
  classes: Classes
  unit: UnitId
  /** By role, then feature: the index of its class, null where the figure is not known. */
  places: ReadonlyMap<string, ReadonlyMap<number, number | null>>
}

/** A number as people write it, with a decimal comma or full-width digits too; null where it is none. */
export function readNumber(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace(',', '.').replace('−', '-')
  return /^[-+]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

/** The columns by which the features of a table can be coloured. */
export const mapColumns = (table: ResultTable): ResultTable['columns'] =>
  table.rows.some(({ place }) => place !== undefined) ? table.columns.filter(({ unit }) => unit !== null) : []

/** The features of a table in classes of one column; null where the column is gone. */
export function colouredBy(table: ResultTable, { column, method, threshold }: MapChoice, reader: TableReader): Coloured | null {
  const at = table.columns.findIndex(({ key }) => key === column)
  const found = table.columns[at]
  const unit = found ? shownUnit(found, reader.areaUnit) : null
  if (unit === null) return null
  const placed = table.rows.flatMap(({ place, cells }) => (place ? [{ place, value: cellFigure(cells[at] ?? null, unit) }] : []))
  const values = placed.map(({ value }) => value)
  const bothSigns = values.some((value) => (value ?? 0) < 0) && values.some((value) => (value ?? 0) > 0)
  const classes = classify(values, method, threshold.trim() === '' ? (bothSigns ? 0 : null) : readNumber(threshold))
  const places = new Map<string, Map<number, number | null>>()
  for (const { place, value } of placed) {
    const ofLayer = places.get(place.layer) ?? new Map<number, number | null>()
    places.set(place.layer, ofLayer.set(place.fid, classes.classOf(value)))
  }
  return { classes, unit, places }
}

/** "12.0 – 30.5": the limits of a class in the unit that they are already in. */
export function classWords({ low, high }: Classes['classes'][number], unit: UnitId, { lang }: TableReader): string {
  const write = (value: number) => formatValue(value * UNITS[unit].toBase, unit, lang)
  return low === high ? write(low) : `${write(low)} – ${write(high)}`
}
