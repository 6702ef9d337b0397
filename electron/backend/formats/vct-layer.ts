import type { Note } from '#core/model/plan.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import { bilingual } from '#core/text.ts'
import type { SourceValue } from './format.ts'
import { cleanGeometry, isFiniteRun } from './geometry.ts'
import { SpooledLayer } from './spooled-layer.ts'
import { partsByNesting, ringsOfArcs, type RingProblems } from './vct-arcs.ts'
import type { VctTable } from './vct-head.ts'
import type { VctArea, VctObject } from './vct-objects.ts'
import { runOf, type VctIndex, type VctRows } from './vct-reader.ts'

/** The attribute under which the text of a label is told. */
const LABEL = '注记内容'
const FEATURE_CODE = 'YSDM'
const TYPES: Record<GeometryKind, string> = { point: 'Point', line: 'Line', polygon: 'Polygon' }

/** The features of one table of a VCT file, with what had to be said of them. */
export class VctLayer {
  readonly spooled: SpooledLayer
  readonly #index: VctIndex
  readonly #table: VctTable | undefined
  readonly #rows: VctRows | undefined
  readonly #problems: RingProblems = { missing: 0, broken: 0, turned: 0 }
  readonly #examples = new Map<string, number[]>()
  readonly #hasCode: boolean
  #matched = 0
  #unmatched = 0
  #odd = 0
  #impossible = 0

  constructor(
    name: string,
    index: VctIndex,
    rows: VctRows | undefined,
    table: VctTable | undefined,
    stagingDir: string | undefined,
  ) {
    this.#index = index
    this.#rows = rows
    this.#table = table
    this.#hasCode = table?.fields.some((field) => field.name.toUpperCase() === FEATURE_CODE) ?? false
    this.spooled = new SpooledLayer({ file: name, layer: name, stagingDir })
    if (table) this.spooled.declare(table.fields.map((field) => field.name))
  }

  #remember(what: string, row: number): void {
    const rows = this.#examples.get(what) ?? []
    if (rows.length < 5) this.#examples.set(what, [...rows, row])
  }

  /** The attributes of an object, from the row of its table that begins with its number. */
  #values({ id, code, line }: VctObject, label: string | null): Map<string, SourceValue> {
    const values = new Map<string, SourceValue>()
    const row = this.#rows?.rows.read(id)
    const fields = this.#table?.fields ?? []
    if (!row) {
      this.#unmatched++
      this.#remember('unmatched', line)
    } else {
      this.#matched++
      const cells = row.toString('utf8').split(this.#index.head.separator)
      // Some writers put the object's number before the attributes, in others it is the first of them.
      const own = cells.length === fields.length ? cells : cells.length === fields.length + 1 ? cells.slice(1) : null
      if (own === null) {
        this.#odd++
        this.#remember('odd', line)
      }
      for (const [at, field] of fields.entries()) values.set(field.name, valueOf(own?.[at] ?? '', field.type))
    }
    if (!this.#hasCode) values.set(FEATURE_CODE, code)
    if (label !== null) values.set(LABEL, label)
    return values
  }

  #add(object: VctObject, kind: GeometryKind, parts: Float64Array[][] | null, label: string | null = null): void {
    const { tally } = this.spooled
    const isSane = parts?.every((rings) => rings.every(isFiniteRun)) ?? true
    if (!isSane) {
      this.#impossible++
      this.#remember('impossible', object.line)
    }
    const geometry = parts === null || !isSane ? null : cleanGeometry(kind, parts, object.line, tally)
    if (parts === null) this.spooled.withoutGeometry(object.line)
    this.spooled.add(object.line, [{ kind, type: TYPES[kind], geometry }], this.#values(object, label))
  }

  addPoint(object: VctObject, run: Float64Array, label: string | null): void {
    const parts = Array.from({ length: run.length / 2 }, (_, at) => [run.slice(at * 2, at * 2 + 2)])
    this.#add(object, 'point', parts, label)
  }

  addLine(object: VctObject, runs: Float64Array[]): void {
    this.#add(
      object,
      'line',
      runs.map((run) => [run]),
    )
  }

  addArea(object: VctObject, area: VctArea): void {
    const { lines } = this.#index
    const before = { ...this.#problems }
    const lineOf = (id: string): Float64Array | null => {
      const bytes = lines.read(id)
      return bytes === null ? null : runOf(bytes)
    }
    const rings = 'rings' in area ? area.rings : ringsOfArcs(area.arcs, lineOf, this.#problems)
    for (const what of ['missing', 'broken', 'turned'] as const)
      if (this.#problems[what] > before[what]) this.#remember(what, object.line)
    this.#add(object, 'polygon', rings === null ? null : partsByNesting(rings, object.line, this.spooled.tally))
  }

  /** What reading had to leave out or to assume, with the lines of the file. */
  notes(): Note[] {
    const orphans = (this.#rows?.rows.count ?? 0) - this.#matched
    const { missing, broken, turned } = this.#problems
    const found: [number, Note['severity'], string, string, string, string][] = [
      [
        missing,
        'warning',
        'vct.line-missing',
        '个面引用了文件中没有的线，其图形未读取',
        'areas refer to lines that the file does not have; they are read without geometry',
        'missing',
      ],
      [
        broken,
        'warning',
        'vct.ring-open',
        '个面的边界线首尾不相接，其图形未读取',
        'areas have lines whose ends do not meet; they are read without geometry',
        'broken',
      ],
      [
        turned,
        'warning',
        'vct.line-turned',
        '条线的正负号与走向不符，已按相接方向读取',
        'lines run against their sign and were read the way their ends meet',
        'turned',
      ],
      [
        this.#impossible,
        'warning',
        'vct.coordinate-impossible',
        '个对象的坐标大得不可能，其图形未读取',
        'objects have impossibly large coordinates; they are read without geometry',
        'impossible',
      ],
      [
        this.#unmatched,
        'warning',
        'vct.without-attributes',
        '个对象在属性表中没有记录',
        'objects have no row in the table of attributes',
        'unmatched',
      ],
      [
        this.#odd,
        'warning',
        'vct.row-odd',
        '条属性记录的项数与表结构不符，属性未读取',
        'rows have another number of values than the table has fields; their attributes were not read',
        'odd',
      ],
      [
        Math.max(0, orphans),
        'info',
        'vct.rows-without-object',
        '条属性记录没有对应的图形，未读取',
        'rows of attributes belong to no object and were left out',
        '',
      ],
    ]
    return found.flatMap(([count, severity, code, zh, en, what]) => {
      if (count === 0) return []
      const lines = this.#examples.get(what) ?? []
      const placeZh = lines.length > 0 ? `（如第 ${lines.join('、')} 行）` : ''
      const placeEn = lines.length > 0 ? ` (line ${lines.join(', ')} …)` : ''
      return [
        { severity, code, params: { count, lines }, text: bilingual(`${count} ${zh}${placeZh}`, `${count} ${en}${placeEn}`) },
      ]
    })
  }
}

function valueOf(text: string, type: VctTable['fields'][number]['type']): SourceValue {
  const plain = text.trim()
  if (plain === '') return null
  const number = type === 'number' && /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN
  return Number.isFinite(number) ? number : plain
}
