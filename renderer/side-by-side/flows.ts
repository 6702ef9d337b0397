import type { ResultTable } from '#core/model/result-table.ts'
import type { Bilingual } from '#core/text.ts'
import { classColour } from '#core/reference/land-class-list.ts'

/** The matrix of land use that both sides are read from. */
export const TRANSITION = { indicator: 'S02', table: 'transition' } as const

/** Land that goes from one class to another. */
export interface Flow {
  from: { key: string; title: Bilingual }
  to: { key: string; title: Bilingual }
  areaM2: number
}

/** Below it a change comes of rounding, where outlines of both years do not quite meet. */
export const LEAST_M2 = 1

const cellOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** Every change of class in a matrix, largest first; what stays is none. */
export function flowsOf({ rows, columns }: ResultTable): Flow[] {
  return rows
    .flatMap((row) =>
      columns.map((column, at) => ({
        from: { key: row.key, title: row.title },
        to: { key: column.key, title: column.title },
        areaM2: cellOf(row.cells[at]),
      })),
    )
    .filter(({ from, to, areaM2 }) => to.key !== 'total' && from.key !== to.key && areaM2 >= LEAST_M2)
    .toSorted((one, other) => other.areaM2 - one.areaM2)
}

/** One class before and after, as far as the land can be compared. */
export interface ClassChange {
  key: string
  title: Bilingual
  colour: string | undefined
  beforeM2: number
  afterM2: number
}

/** Every class of a matrix with its area on both sides, by code. */
export function classesOf({ rows, columns }: ResultTable): ClassChange[] {
  const totalAt = columns.findIndex(({ key }) => key === 'total')
  const titles = new Map([...columns.filter(({ key }) => key !== 'total'), ...rows].map(({ key, title }) => [key, title]))
  return [...titles]
    .map(([key, title]) => {
      const row = rows.find((one) => one.key === key)
      const at = columns.findIndex((column) => column.key === key)
      const afterM2 = at < 0 ? 0 : rows.reduce((sum, { cells }) => sum + cellOf(cells[at]), 0)
      return { key, title, colour: row?.colour ?? classColour(key), beforeM2: cellOf(row?.cells[totalAt]), afterM2 }
    })
    .toSorted((one, other) => one.key.localeCompare(other.key))
}
