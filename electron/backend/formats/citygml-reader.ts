import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import type { SourceValue } from './format.ts'
import { isCoordinate } from './geometry.ts'
import { numberIfPlain } from './html-table.ts'
import type { Codelists } from './citygml-codelists.ts'
import type { XmlHandler } from './xml-reader.ts'

/** One city object: its theme, attributes, and the parts of its coarsest geometry, in the axis order of the file. */
export interface CityObject {
  theme: string
  values: Map<string, SourceValue>
  parts: Map<GeometryKind, Float64Array[][]>
  /** It has solids or surfaces of bodies only, which say nothing in plan. */
  isBodyOnly: boolean
}

interface Element {
  name: string
  attributes: Readonly<Record<string, string>>
  hasChildren: boolean
}

interface Detail {
  parts: Map<GeometryKind, Float64Array[][]>
}

interface Open {
  theme: string
  depth: number
  values: Map<string, SourceValue>
  /** Geometry by level of detail. */
  levels: Map<number, Detail>
  hasBody: boolean
}

const MEMBERS = new Set(['cityObjectMember', 'featureMember', 'featureMembers'])
const NO_LEVEL = 9

/** Turns the elements of a CityGML file into city objects, one at a time. */
export class CityEvents implements XmlHandler {
  /** First `srsName` of the file, and whether another one follows. */
  srsName: string | null = null
  hasOtherSrs = false
  hasHeights = false
  links = 0
  readonly #file: string
  readonly #lists: Codelists
  readonly #emit: (object: CityObject) => void
  readonly #stack: Element[] = []
  #dimension = 3
  #open: Open | null = null
  #rings: Float64Array[] | null = null
  #positions: number[] = []
  #objects = 0

  constructor(file: string, lists: Codelists, emit: (object: CityObject) => void) {
    this.#file = file
    this.#lists = lists
    this.#emit = emit
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const parent = this.#stack.at(-1)
    if (parent) parent.hasChildren = true
    if (this.#open === null && parent && MEMBERS.has(parent.name)) this.#begin(name, attributes)
    this.#stack.push({ name, attributes, hasChildren: false })
    const { srsName, srsDimension, href } = attributes
    if (srsName !== undefined) {
      this.hasOtherSrs ||= this.srsName !== null && this.srsName !== srsName
      this.srsName ??= srsName
    }
    if (srsDimension === '2' || srsDimension === '3') this.#dimension = Number(srsDimension)
    if (href !== undefined) this.links++
    if (name === 'Polygon') this.#rings = []
    if (name === 'LinearRing' || name === 'LineString' || name === 'Point') this.#positions = []
  }

  #begin(theme: string, { id }: Readonly<Record<string, string>>): void {
    this.#objects++
    const values = new Map<string, SourceValue>(id === undefined ? [] : [['gml_id', id]])
    this.#open = { theme, depth: this.#stack.length, values, levels: new Map(), hasBody: false }
  }

  close(name: string, text: string): void {
    const element = this.#stack.pop()
    if (!this.#open || !element) return
    if (this.#stack.length === this.#open.depth) {
      this.#finish(this.#open)
      return
    }
    const level = this.#stack.findLast((item) => /^lod\d/.test(item.name))
    if (level) this.#geometry(this.#open, name, text, level.name)
    else if (!element.hasChildren && text.trim() !== '' && !this.#stack.some((item) => SKIPPED.has(item.name)))
      this.#attribute(this.#open, element, text.trim())
  }

  #geometry(open: Open, name: string, text: string, levelName: string): void {
    if (name === 'posList' || name === 'pos') this.#numbers(text)
    const isBody = levelName.endsWith('Solid')
    if (isBody) {
      open.hasBody = true
      return
    }
    const level = Number(/^lod(\d)/.exec(levelName)?.[1] ?? NO_LEVEL)
    const isOwn = this.#rings === null
    if (name === 'LinearRing' && this.#rings) {
      const ring = this.#run()
      if (this.#stack.at(-1)?.name === 'exterior') this.#rings.unshift(ring)
      else this.#rings.push(ring)
    }
    if (name === 'Polygon' && this.#rings) {
      this.#add(open, level, 'polygon', this.#rings)
      this.#rings = null
    }
    if (name === 'LineString' && isOwn) this.#add(open, level, 'line', [this.#run()])
    if (name === 'Point' && isOwn) this.#add(open, level, 'point', [this.#run()])
  }

  #add(open: Open, level: number, kind: GeometryKind, part: Float64Array[]): void {
    const detail = open.levels.get(level) ?? { parts: new Map() }
    open.levels.set(level, detail)
    detail.parts.set(kind, [...(detail.parts.get(kind) ?? []), part])
  }

  #bad(): AppError {
    return new AppError('import.bad-coordinate', { file: this.#file, layer: this.#open?.theme ?? null, row: this.#objects })
  }

  #numbers(text: string): void {
    for (const word of text.trim().split(/\s+/)) {
      const value = Number(word)
      if (word === '' || !isCoordinate(value)) throw this.#bad()
      this.#positions.push(value)
    }
  }

  /** The positions gathered, first two of each, in the order of the file. */
  #run(): Float64Array {
    const count = this.#positions.length / this.#dimension
    if (!Number.isInteger(count)) throw this.#bad()
    this.hasHeights ||= this.#dimension === 3
    const run = new Float64Array(count * 2)
    for (let at = 0; at < count; at++) {
      run[at * 2] = this.#positions[at * this.#dimension] ?? 0
      run[at * 2 + 1] = this.#positions[at * this.#dimension + 1] ?? 0
    }
    this.#positions = []
    return run
  }

  /** An attribute by its local name; a code also as the word of its list; repeated ones are joined. */
  #attribute({ values }: Open, { name, attributes }: Element, text: string): void {
    const generic = this.#stack.at(-1)
    const key = name === 'value' && generic?.attributes.name !== undefined ? generic.attributes.name : name
    const { codeSpace, uom } = attributes
    const set = (field: string, value: SourceValue): void => {
      const before = values.get(field)
      values.set(field, before === undefined || before === null ? value : `${String(before)}; ${String(value)}`)
    }
    set(key, codeSpace === undefined ? numberIfPlain(text) : text)
    if (uom !== undefined && !values.has(`${key}_uom`)) values.set(`${key}_uom`, uom)
    const word = codeSpace === undefined ? null : this.#lists.word(codeSpace, text)
    if (word !== null) set(`${key}_name`, word)
  }

  #finish({ theme, values, levels, hasBody }: Open): void {
    this.#open = null
    this.#rings = null
    const coarsest = [...levels.keys()].toSorted((a, b) => a - b)[0]
    const parts = coarsest === undefined ? undefined : levels.get(coarsest)?.parts
    this.#emit({ theme, values, parts: parts ?? new Map<GeometryKind, Float64Array[][]>(), isBodyOnly: hasBody && !parts })
  }
}

/** Envelopes and pictures are no attributes. */
const SKIPPED = new Set(['boundedBy', 'appearance', 'Envelope'])

/** For notes: why some objects have no outline. */
export const bodyOnly = (count: number) =>
  bilingual(`${count} 个对象只有三维体，没有平面范围`, `${count} objects are three-dimensional bodies without an outline in plan`)
