import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import type { TableGeometry } from './table-columns.ts'

/** What a .csvt says: a type for each column, and which columns hold the geometry. */
export interface Csvt {
  declared: { types: readonly string[]; geometry: TableGeometry } | null
  notes: Note[]
}

const TYPE =
  /^(integer|integer64|long|longlong|int8|real|double|string|text|date|time|datetime|bool|boolean|wkt|coordx|coordy|coordz|point\([xyz]\)|integer\(boolean\)|integer\(int16\)|real\(float32\)|jsonstringlist)(\(\d+(\.\d+)?\))?$/i

/** Reads the line of types beside a CSV; one that does not fit the table is set aside with a note. */
export function csvtOf(text: string | null, columns: number): Csvt {
  if (text === null || text.trim() === '') return { declared: null, notes: [] }
  const types = (text.trim().split(/\r\n|\r|\n/)[0] ?? '').split(/[,;\t]/).map((type) => type.trim().replace(/^"|"$/g, ''))
  if (!types.every((type) => TYPE.test(type)) || types.length > columns) {
    const aside = bilingual('.csvt 与表格不符，未采用', 'the .csvt does not fit the table and was set aside')
    return { declared: null, notes: [{ severity: 'warning', code: 'table.csvt-set-aside', text: aside }] }
  }
  const at = (names: RegExp): number => types.findIndex((type) => names.test(type))
  const [wkt, x, y] = [at(/^wkt$/i), at(/^(coordx|point\(x\))$/i), at(/^(coordy|point\(y\))$/i)]
  const geometry: TableGeometry =
    wkt >= 0 ? { how: 'wkt', column: wkt } : x >= 0 && y >= 0 ? { how: 'pair', kind: 'plain', x, y } : null
  const used = bilingual('字段类型取自 .csvt', 'field types come from the .csvt')
  return { declared: { types, geometry }, notes: [{ severity: 'info', code: 'table.csvt', text: used }] }
}
