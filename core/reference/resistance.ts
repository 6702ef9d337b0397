import json from '../../resources/reference/resistance.json' with { type: 'json' }
import { resistanceSchema } from './reference-tables.ts'

const { rows } = resistanceSchema.parse(json)

/** Resistance by class code, 1 (easy) to 100; the longest matching code decides. */
export const RESISTANCE: Readonly<Record<string, number>> = Object.fromEntries(
  rows.flatMap(({ classes, resistance }) => classes.map((code) => [code, resistance])),
)

/** How hard a class is to cross; what is not listed, or not known, is as hard as the hardest. */
export function resistanceOfClass(code: string | undefined, table: Readonly<Record<string, number>> = RESISTANCE): number {
  for (let length = code?.length ?? 0; length >= 2; length -= 2) {
    const found = table[code?.slice(0, length) ?? '']
    if (found !== undefined) return found
  }
  return Math.max(...Object.values(table))
}
