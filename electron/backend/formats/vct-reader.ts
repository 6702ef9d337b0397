import header from '../../../resources/intake/vct-header.json' with { type: 'json' }
import type { Note } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import { NumberedRecords } from './vct-arcs.ts'
import {
  isSection,
  readFeatureCodes,
  readHead,
  readTables,
  type VctFeatureCode,
  type VctHead,
  type VctTable,
} from './vct-head.ts'
import type { VctLines } from './vct-lines.ts'
import { VctObjects } from './vct-objects.ts'

/** Rows of one table, by the number of the object that they belong to. */
export interface VctRows {
  table: VctTable
  rows: NumberedRecords
}

/** All that the geometry needs and that stands elsewhere in the file: gathered in a first pass, kept on disk when large. */
export interface VctIndex {
  head: VctHead
  codes: ReadonlyMap<string, VctFeatureCode>
  tables: VctTable[]
  /** Coordinates of every line, for the areas that refer to it. */
  lines: NumberedRecords
  attributes: ReadonlyMap<string, VctRows>
  notes: Note[]
  close(): void
}

const ASIDE = /^(\w+)begin$/i

export const tableKey = (name: string): string => name.trim().toLowerCase()

/** Passes over a section that is not wanted now. @throws AppError `import.truncated` where it does not end */
export function skipSection(lines: VctLines, name: string): void {
  const end = `${name.toLowerCase()}end`
  for (let line = lines.next(); line.length !== end.length || line.toLowerCase() !== end;) line = lines.next()
}

/** The name of the section that a line begins, in lower case; null for any other line. */
export const sectionOf = (line: string): string | null => ASIDE.exec(line)?.[1]?.toLowerCase() ?? null

const bytesOf = (runs: readonly Float64Array[]): Buffer =>
  Buffer.concat(runs.map((run) => Buffer.from(run.buffer, run.byteOffset, run.byteLength)))

/** The coordinates of a kept line. */
export function runOf(bytes: Buffer): Float64Array {
  const run = new Float64Array(bytes.length / 8)
  new Uint8Array(run.buffer).set(bytes)
  return run
}

class Indexer {
  head: VctHead | null = null
  codes: VctFeatureCode[] = []
  tables: VctTable[] = []
  readonly lines: NumberedRecords
  readonly attributes = new Map<string, VctRows>()
  readonly #stagingDir: string | undefined
  #repeatedLines = 0
  #boundaries = 0
  #strayLines = 0
  #unknownTables = new Set<string>()
  #skipped = new Set<string>()

  constructor(stagingDir: string | undefined) {
    this.#stagingDir = stagingDir
    this.lines = new NumberedRecords(stagingDir)
  }

  read(lines: VctLines): void {
    for (let line = lines.nextOrEnd(); line !== null; line = lines.nextOrEnd()) {
      const section = sectionOf(line)
      if (this.head === null && section !== 'head')
        throw lines.broken('文件不是以 HeadBegin 开头', 'it does not begin with HeadBegin')
      if (section !== null) this.#section(section, lines)
      else this.#strayLines++
    }
  }

  #section(section: string, lines: VctLines): void {
    if (section === 'head') this.head = readHead(lines)
    else if (this.head === null) return
    else if (section === 'featurecode') this.codes = readFeatureCodes(lines, this.head.separator)
    else if (section === 'tablestructure') this.tables = readTables(lines, this.head.separator)
    else if (section === 'line') this.#lines(lines, this.head)
    else if (section === 'attribute') this.#attributes(lines, this.head)
    else {
      if (!['point', 'polygon', 'annotation', 'style', 'topology'].includes(section)) this.#skipped.add(section)
      skipSection(lines, section)
    }
  }

  #lines(lines: VctLines, head: VctHead): void {
    const objects = new VctObjects(lines, head)
    const features = new Set(this.codes.filter(({ kind }) => kind === 'line').map(({ code }) => code))
    for (let object = objects.begin('Line'); object !== null; object = objects.begin('Line')) {
      if (!this.lines.add(object.id, bytesOf(objects.line()))) this.#repeatedLines++
      if (!features.has(object.code)) this.#boundaries++
    }
  }

  #attributes(lines: VctLines, head: VctHead): void {
    for (let name = lines.next(); !isSection(name, 'AttributeEnd'); name = lines.next()) {
      const rows = this.#rowsOf(name.split(head.separator)[0] ?? '')
      for (let row = lines.next(); !isSection(row, 'TableEnd'); row = lines.next()) {
        if (isSection(row, 'AttributeEnd')) return
        rows?.rows.add((row.split(head.separator, 1)[0] ?? '').trim(), Buffer.from(row))
      }
    }
  }

  #rowsOf(name: string): VctRows | null {
    const key = tableKey(name)
    const known = this.attributes.get(key)
    if (known) return known
    const table = this.tables.find((candidate) => tableKey(candidate.name) === key)
    if (!table) {
      this.#unknownTables.add(name.slice(0, 60))
      return null
    }
    const made = { table, rows: new NumberedRecords(this.#stagingDir) }
    this.attributes.set(key, made)
    return made
  }

  notes(): Note[] {
    const notes: Note[] = []
    const say = (severity: Note['severity'], code: string, params: Note['params'], zh: string, en: string): number =>
      notes.push({ severity, code, ...(params ? { params } : {}), text: bilingual(zh, en) })
    const count = this.#boundaries
    if (count > 0)
      say(
        'info',
        'vct.boundary-lines',
        { count, code: header.boundaryLineCode.code },
        `${count} 条线只用于围成面，不作为要素`,
        `${count} lines only bound areas and are no features`,
      )
    if (this.#repeatedLines > 0)
      say(
        'warning',
        'vct.repeated-lines',
        { count: this.#repeatedLines },
        `${this.#repeatedLines} 条线的标识号重复，围面时以先出现的为准`,
        `${this.#repeatedLines} lines repeat the number of another; areas are made of the first`,
      )
    if (this.#strayLines > 0)
      say(
        'warning',
        'vct.stray-lines',
        { count: this.#strayLines },
        `${this.#strayLines} 行不在任何部分之内，未读取`,
        `${this.#strayLines} lines stand in no part of the file and were left out`,
      )
    const plain = this.tables.filter(({ hasGeometry }) => !hasGeometry).map(({ name }) => name)
    const unknown = [...this.#unknownTables]
    if (plain.length + unknown.length > 0)
      say(
        'info',
        'vct.tables-left-out',
        { tables: [...plain, ...unknown].slice(0, 20) },
        `没有图形或没有结构的属性表未读取：${[...plain, ...unknown].slice(0, 20).join('、')}`,
        `tables without geometry, or without a structure, were left out: ${[...plain, ...unknown].slice(0, 20).join(', ')}`,
      )
    const skipped = [...this.#skipped].slice(0, 20)
    if (skipped.length > 0)
      say(
        'info',
        'vct.sections-left-out',
        { sections: skipped },
        `未读取的部分：${skipped.join('、')}`,
        `parts that were left out: ${skipped.join(', ')}`,
      )
    return notes
  }

  close(): void {
    this.lines.close()
    for (const { rows } of this.attributes.values()) rows.close()
  }
}

/** The first pass. @throws AppError `import.vector-broken`, `import.vct-unsupported`, `import.truncated`, `import.limit` */
export function indexVct(lines: VctLines, stagingDir: string | undefined): VctIndex {
  const indexer = new Indexer(stagingDir)
  try {
    indexer.read(lines)
    if (indexer.head === null) throw lines.broken('文件中没有文件头（HeadBegin）', 'it has no header (HeadBegin)')
    return {
      head: indexer.head,
      codes: new Map(indexer.codes.map((code) => [code.code, code])),
      tables: indexer.tables,
      lines: indexer.lines,
      attributes: indexer.attributes,
      notes: indexer.notes(),
      close: () => indexer.close(),
    }
  } catch (error) {
    indexer.close()
    throw error
  }
}
