import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import type { VctLines } from './vct-lines.ts'

/** The two families of the format: 1 and 2 (1999), and 3 (GB/T 17798-2007). They differ in how objects are written. */
export type VctGeneration = 2 | 3

/** What stands between HeadBegin and HeadEnd. */
export interface VctHead {
  generation: VctGeneration
  /** Keys in lower case. */
  values: ReadonlyMap<string, string>
  separator: string
  /** Areas refer to lines by number; else they carry their own coordinates. Only generation 2 says it here. */
  hasTopology: boolean
}

/** One kind of feature: what its code means, and in which table its attributes are. */
export interface VctFeatureCode {
  code: string
  name: string
  table: string
  kind: GeometryKind | null
}

export interface VctField {
  name: string
  type: 'number' | 'text'
}

export interface VctTable {
  name: string
  fields: VctField[]
  hasGeometry: boolean
}

const MAX_TABLES = 2000
const MAX_FIELDS = 2000

const KINDS: Record<string, GeometryKind> = { point: 'point', annotation: 'point', line: 'line', polygon: 'polygon' }
const NUMBER_TYPES = /^(int\d*|integer|smallint|bigint|long|short|float|double|numeric|decimal)$/i

export const isSection = (line: string, name: string): boolean => line.toLowerCase() === name.toLowerCase()

/** 3 by its number, by the standard's name, or by a key that only it has. */
function generationOf(values: ReadonlyMap<string, string>): VctGeneration {
  const version = values.get('version') ?? ''
  if (/^3|17798\s*-\s*2007/.test(version)) return 3
  if (/^[12](\D|$)/.test(version)) return 2
  return values.has('coordinatesystemtype') ? 3 : 2
}

/** Reads up to HeadEnd. @throws AppError `import.vector-broken`, `import.vct-unsupported`, `import.truncated` */
export function readHead(lines: VctLines): VctHead {
  const values = new Map<string, string>()
  for (let line = lines.next(); !isSection(line, 'HeadEnd'); line = lines.next()) {
    const at = line.search(/[:：]/)
    if (at > 0) values.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
    if (values.size > MAX_TABLES) throw lines.broken('文件头没有结束', 'its header does not end')
  }
  const generation = generationOf(values)
  const separator = values.get('separator')?.trim() || ','
  const topology = Number(values.get('topo') ?? '1')
  if (generation === 2 && topology > 1)
    throw lines.unsupported('带结点拓扑的 VCT（Topo 大于 1）', 'a VCT with records of nodes (Topo above 1)')
  const offsets = (values.get('offset') ?? '').split(separator).map(Number)
  if (offsets.some((value) => Number.isFinite(value) && value !== 0))
    throw lines.unsupported('文件头的坐标偏移量（Offset）不为零', 'an offset of coordinates (Offset) that is not zero')
  return { generation, values, separator, hasTopology: topology !== 0 }
}

/** Reads up to FeatureCodeEnd: code, name, kind, (colours,) table. */
export function readFeatureCodes(lines: VctLines, separator: string): VctFeatureCode[] {
  const codes: VctFeatureCode[] = []
  for (let line = lines.next(); !isSection(line, 'FeatureCodeEnd'); line = lines.next()) {
    const cells = line.split(separator).map((cell) => cell.trim())
    const [code = '', name = '', kind = ''] = cells
    if (cells.length < 3) throw lines.broken('要素类型一行不足三项', 'a feature code has fewer than three values')
    const table = cells.slice(3).findLast((cell) => cell !== '') ?? ''
    codes.push({ code, name, table, kind: KINDS[kind.toLowerCase()] ?? null })
    if (codes.length > MAX_TABLES) throw lines.broken('要素类型过多', 'it has too many feature codes')
  }
  return codes
}

/** Reads up to TableStructureEnd: a table's name and number of fields, then its fields (and, in generation 3, a 0). */
export function readTables(lines: VctLines, separator: string): VctTable[] {
  const tables: VctTable[] = []
  for (let line = lines.next(); !isSection(line, 'TableStructureEnd'); line = lines.next()) {
    const [name = '', count = '', geometry = ''] = line.split(separator).map((cell) => cell.trim())
    const wanted = Number(count)
    if (name === '' || !Number.isInteger(wanted) || wanted < 0 || wanted > MAX_FIELDS)
      throw lines.broken('属性表结构有误', 'the structure of a table cannot be read')
    const fields: VctField[] = []
    while (fields.length < wanted) {
      const [field = '', type = ''] = lines.next().split(separator)
      fields.push({ name: field.trim(), type: NUMBER_TYPES.test(type.trim()) ? 'number' : 'text' })
    }
    if (lines.peek() === '0') lines.next()
    tables.push({ name, fields, hasGeometry: !/^none/i.test(geometry) })
    if (tables.length > MAX_TABLES) throw lines.broken('属性表过多', 'it has too many tables')
  }
  return tables
}

/** What the reader is told of the file's version. */
export const versionNote = ({ generation, values }: VctHead): Note => {
  const version = values.get('version') ?? '–'
  return {
    severity: 'info',
    code: 'vct.version',
    params: { version, generation },
    text: bilingual(
      `VCT 交换文件，版本 ${version}，按 ${generation}.0 的结构读取`,
      `A VCT exchange file of version ${version}, read by the structure of ${generation}.0`,
    ),
  }
}
