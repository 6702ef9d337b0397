import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'

/** What a drawing may unfold to; blocks hold blocks, and ten levels of ten are ten thousand million entities. */
const MOST_ENTITIES = 5_000_000

/** Parts of an entity and marks of structure, which draw nothing themselves. */
const PARTS = new Set(['VERTEX', 'SEQEND', 'ENDSEC', 'EOF'])

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
    if (this.#code === null) {
      this.#code = Number.parseInt(line, 10)
      return
    }
    this.#pair(this.#code, line)
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

  /** @throws AppError `import.limit` when the drawing unfolds to more than can be meant, or a block holds itself. */
  check(file: string): void {
    this.see('\n')
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
