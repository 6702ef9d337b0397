import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { SourceField } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import { FieldProfile } from './field-profile.ts'
import type { SourceFeature, SourceGeometry, SourceValue } from './format.ts'
import { isRecord } from './geojson-geometry.ts'
import { numberIfPlain, parseHtmlTable } from './html-table.ts'

const MAX_FIELDS = 2000
const HTML_FIELD = /^(description|desc)$/i

interface Row {
  row: number
  geometry: SourceGeometry | null
  values: Map<string, SourceValue>
}

/** One attribute's value: nested values are kept as JSON text; numbers that JSON cannot hold are refused. @throws AppError `import.geojson-shape` */
export function plainProperty(value: unknown, file: string, row: number): SourceValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value
    const problem = bilingual('属性中的数值超出范围', 'an attribute holds a number out of range')
    throw new AppError('import.geojson-shape', { file, row, problem })
  }
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const problem = bilingual('属性嵌套过深', 'its attributes are nested too deeply')
    throw new AppError('import.geojson-shape', { file, row, problem }, { cause: error })
  }
}

/** The features of one layer: attributes are gathered as they come, since every GeoJSON feature may have its own. */
export class GeoJsonTable {
  readonly #file: string
  readonly #rows: Row[] = []
  readonly #profiles = new Map<string, FieldProfile>()

  constructor(file: string) {
    this.#file = file
  }

  get count(): number {
    return this.#rows.length
  }

  add(row: number, geometry: SourceGeometry | null, properties: unknown): void {
    const values = new Map<string, SourceValue>()
    if (isRecord(properties)) {
      for (const [name, value] of Object.entries(properties)) values.set(name, plainProperty(value, this.#file, row))
    }
    for (const name of values.keys()) this.#profile(name)
    this.#rows.push({ row, geometry, values })
  }

  #profile(name: string): FieldProfile {
    const known = this.#profiles.get(name)
    if (known) return known
    if (this.#profiles.size >= MAX_FIELDS) {
      throw new AppError('import.limit', {
        file: this.#file,
        layer: null,
        what: bilingual('字段数', 'fields'),
        limit: MAX_FIELDS,
      })
    }
    const profile = new FieldProfile(name)
    this.#profiles.set(name, profile)
    return profile
  }

  /** Replaces an HTML-table attribute by the attributes inside it. */
  #expandHtml(): Note[] {
    const notes: Note[] = []
    for (const name of [...this.#profiles.keys()].filter((field) => HTML_FIELD.test(field))) {
      const present = this.#rows.filter(({ values }) => typeof values.get(name) === 'string' && values.get(name) !== '')
      const tables = present.map(({ values }) => parseHtmlTable(String(values.get(name))))
      const parsed = tables.filter((table) => table !== null).length
      if (parsed === 0 || parsed < present.length / 2) continue
      const expanded = new Set<string>()
      for (const [index, { values }] of present.entries()) {
        const table = tables[index]
        if (!table) continue
        for (const [key, text] of table) {
          const free = this.#freeName(key, name, expanded)
          values.set(free, numberIfPlain(text))
          this.#profile(free)
          expanded.add(free)
        }
        values.delete(name)
      }
      if (parsed === present.length) this.#profiles.delete(name)
      const list = [...expanded].join(', ')
      notes.push({
        severity: 'info',
        code: 'fields.from-html',
        text: bilingual(
          `属性藏在“${name}”的 HTML 表格中，已展开为字段：${list}`,
          `attributes were hidden in an HTML table in “${name}”; they were read as the fields ${list}`,
        ),
      })
    }
    return notes
  }

  /** A name that no attribute outside the HTML table has, compared as databases do: without case. */
  #freeName(key: string, source: string, expanded: ReadonlySet<string>): string {
    const taken = [...this.#profiles.keys()].some((name) => name.toLowerCase() === key.toLowerCase() && !expanded.has(name))
    return taken ? `${source}_${key}` : key
  }

  finish(): { fields: SourceField[]; features: SourceFeature[]; notes: Note[] } {
    const notes = this.#expandHtml()
    const profiles = [...this.#profiles.values()]
    for (const { values } of this.#rows) for (const profile of profiles) profile.add(values.get(profile.name) ?? null)
    const features = this.#rows
      .toSorted((a, b) => a.row - b.row)
      .map(({ row, geometry, values }) => ({
        row,
        geometry,
        values: profiles.map((profile) => profile.conform(values.get(profile.name) ?? null)),
      }))
    return { fields: profiles.map((profile) => profile.toField()), features, notes }
  }
}
