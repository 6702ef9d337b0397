import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'

/** What a drawing may unfold to; blocks hold blocks, and ten levels of ten are ten thousand million entities. */
const MOST_ENTITIES = 5_000_000

/** Parts of an entity and marks of structure, which draw nothing themselves. */
const PARTS = new Set(['VERTEX', 'SEQEND', 'ENDSEC', 'EOF'])

/** Every second line is one; GDAL reads on for ever where one is not. */
const GROUP_CODE = /^-?\d{1,4}$/

interface Block {
  entities: number
  /** Name of the inserted block → how many copies, rows and columns multiplied. */
  inserts: Map<string, number>
}

const emptyBlock = (): Block => ({ entities: 0, inserts: new Map() })

/** Counts, while a drawing's text passes by, how many entities it holds once every block reference is unfolded. */
export class DxfExpansion {
  readonly #blocks = new Map<string, Block>()
  readonly #drawing = emptyBlock()
  #rest = ''
  #lines = 0
  #ended = false
  #brokenLine: number | null = null
  /** First line with a NUL: GDAL takes it for the line's end, loses step, and may look for the end of a polyline for ever. */
  #nulLine: number | null = null
  #code: number | null = null
  #entity = ''
  #block: Block | null = null
  #insert: { name: string; columns: number; rows: number } | null = null

  see(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#line(line.trim())
  }

  #line(line: string): void {
    this.#lines++
    if (this.#ended) return
    if (line.includes('\0')) this.#nulLine ??= this.#lines
    if (this.#code === null) {
      if (!GROUP_CODE.test(line)) this.#brokenLine ??= this.#lines
      this.#code = Number.parseInt(line, 10)
      return
    }
    this.#pair(this.#code, line)
    this.#ended = this.#code === 0 && line === 'EOF'
    this.#code = null
  }

  #pair(code: number, value: string): void {
    if (code === 0) {
      this.#endInsert()
      this.#start(value.toUpperCase())
    } else if (this.#entity === 'BLOCK' && code === 2) this.#block = this.#named(value)
    else if (this.#insert) {
      if (code === 2) this.#insert.name = value
      if (code === 70) this.#insert.columns = Math.max(1, Number(value) || 1)
      if (code === 71) this.#insert.rows = Math.max(1, Number(value) || 1)
    }
  }

  #start(entity: string): void {
    this.#entity = entity
    if (entity === 'BLOCK' || entity === 'ENDBLK' || entity === 'SECTION') this.#block = null
    else if (!PARTS.has(entity)) (this.#block ?? this.#drawing).entities++
    if (entity === 'INSERT') this.#insert = { name: '', columns: 1, rows: 1 }
  }

  #endInsert(): void {
    if (!this.#insert) return
    const { name, columns, rows } = this.#insert
    const { inserts } = this.#block ?? this.#drawing
    const key = name.toLowerCase()
    inserts.set(key, (inserts.get(key) ?? 0) + columns * rows)
    this.#insert = null
  }

  #named(name: string): Block {
    const made = emptyBlock()
    this.#blocks.set(name.toLowerCase(), made)
    return made
  }

  /** @throws AppError `import.vector-broken` when the text is no pairs of code and value or breaks off, `import.limit` when the drawing unfolds to more than can be meant, or a block holds itself. */
  check(file: string): void {
    if (!this.#ended) this.see('\n')
    const broken = (zh: string, en: string): AppError =>
      new AppError('import.vector-broken', { file, layer: null, row: null, problem: bilingual(zh, en) })
    if (this.#brokenLine !== null && this.#lines > this.#brokenLine)
      throw broken(`第 ${this.#brokenLine} 行应为组码（整数）`, `line ${this.#brokenLine} should be a group code, a whole number`)
    if (this.#nulLine !== null)
      throw broken(`第 ${this.#nulLine} 行含有空字节，不是文本`, `line ${this.#nulLine} holds zero bytes, which are no text`)
    if (!this.#ended)
      throw broken(
        `在第 ${this.#lines} 行中断，没有结束标记 EOF`,
        `it breaks off at line ${this.#lines}, before its end mark EOF`,
      )
    const sizes = new Map<Block, number>()
    const open = new Set<Block>()
    const sizeOf = (block: Block): number => {
      const known = sizes.get(block)
      if (known !== undefined) return known
      if (open.has(block)) return Infinity
      open.add(block)
      let size = block.entities
      for (const [name, copies] of block.inserts) {
        const inner = this.#blocks.get(name)
        if (inner) size += copies * sizeOf(inner)
      }
      open.delete(block)
      sizes.set(block, size)
      return size
    }
    if (sizeOf(this.#drawing) <= MOST_ENTITIES) return
    throw new AppError('import.limit', {
      file,
      layer: null,
      what: bilingual('块展开后的图元数', 'entities once its blocks are unfolded'),
      limit: MOST_ENTITIES,
    })
  }
}
