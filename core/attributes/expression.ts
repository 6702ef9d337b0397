import { AppError } from '../errors.ts'
import { UNITS } from '../model/units.ts'
import type { Comparison, Condition } from './condition.ts'
import type { AttributeField } from './fields.ts'
import { tokensOf, type Token } from './tokens.ts'

/** What the sentence of a failure says was expected. */
export type Wanted = 'field' | 'operator' | 'value' | 'list' | 'and' | 'closing' | 'joining'

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '==': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  等于: '=',
  不等于: '<>',
  小于: '<',
  不大于: '<=',
  小于等于: '<=',
  大于: '>',
  不小于: '>=',
  大于等于: '>=',
}
const AND = ['AND', '且', '并且']
const OR = ['OR', '或', '或者']
const NOT = ['NOT', '非']
const BETWEEN_AND = ['AND', '和', '至', '到']
/** Tests that are words, and the same turned around. */
const TESTS: Readonly<Record<string, readonly [test: 'in' | 'between' | 'like' | 'contains' | 'missing', isNot: boolean]>> = {
  IN: ['in', false],
  属于: ['in', false],
  不属于: ['in', true],
  BETWEEN: ['between', false],
  介于: ['between', false],
  LIKE: ['like', false],
  CONTAINS: ['contains', false],
  包含: ['contains', false],
  不包含: ['contains', true],
  为空: ['missing', false],
  不为空: ['missing', true],
}
const YES_NO: Readonly<Record<string, number>> = { TRUE: 1, FALSE: 0, YES: 1, NO: 0, 是: 1, 否: 0, 真: 1, 假: 0, 1: 1, 0: 0 }
/** Brackets within brackets beyond this are nobody's filter. */
const DEEPEST = 40

const isWord = ({ kind, text }: Token, words: readonly string[]) => kind === 'word' && words.includes(text.toUpperCase())

/**
 * Reads a filter: `class = '0701' AND area > 2 ha`, `名称 包含 “公园” 且 面积 > 1000`; AND, OR, NOT, brackets, = <> < <= > >=, IN (…),
 * BETWEEN … AND …, LIKE, CONTAINS, IS [NOT] NULL, and their Chinese words. Fields are named by key or by label in either language, in quotes
 * or square brackets where the name has blanks or signs. Figures of measured fields may carry a unit. An empty text meets everything: null.
 * @throws AppError `attributes.*` with the place, counted from 1
 */
export function readExpression(text: string, fields: readonly AttributeField[]): Condition | null {
  const tokens = tokensOf(text)
  if (tokens.length === 1) return null
  const reader = new Reader(tokens, fields)
  return reader.whole()
}

class Reader {
  readonly #tokens: readonly Token[]
  readonly #fields: readonly AttributeField[]
  #next = 0
  #depth = 0

  constructor(tokens: readonly Token[], fields: readonly AttributeField[]) {
    this.#tokens = tokens
    this.#fields = fields
  }

  whole(): Condition {
    const condition = this.#any()
    if (this.#look().kind !== 'end') this.#fail('joining')
    return condition
  }

  #look(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 0 }
  }

  #take(): Token {
    const token = this.#look()
    this.#next += 1
    return token
  }

  #takeWord(words: readonly string[]): boolean {
    const isNext = isWord(this.#look(), words)
    if (isNext) this.#next += 1
    return isNext
  }

  #takeSign(sign: string): boolean {
    const { kind, text } = this.#look()
    if (kind !== 'sign' || text !== sign) return false
    this.#next += 1
    return true
  }

  #fail(wanted: Wanted): never {
    const { text, at } = this.#look()
    throw new AppError('attributes.expected', { wanted, found: text, at: at + 1 })
  }

  #any(): Condition {
    const of = [this.#all()]
    while (this.#takeWord(OR)) of.push(this.#all())
    return of.length === 1 && of[0] ? of[0] : { kind: 'any', of }
  }

  #all(): Condition {
    const of = [this.#one()]
    while (this.#takeWord(AND)) of.push(this.#one())
    return of.length === 1 && of[0] ? of[0] : { kind: 'all', of }
  }

  #one(): Condition {
    this.#depth += 1
    if (this.#depth > DEEPEST) throw new AppError('attributes.too-deep', { most: DEEPEST })
    const condition = this.#negatedOrPlain()
    this.#depth -= 1
    return condition
  }

  #negatedOrPlain(): Condition {
    if (this.#takeWord(NOT)) return { kind: 'not', of: this.#one() }
    if (!this.#takeSign('(')) return this.#test(this.#field())
    const inside = this.#any()
    if (!this.#takeSign(')')) this.#fail('closing')
    return inside
  }

  #field(): AttributeField {
    const { kind, text } = this.#look()
    if (kind !== 'word' && kind !== 'quoted') this.#fail('field')
    this.#next += 1
    const found = fieldNamed(text, this.#fields)
    if (found) return found
    throw new AppError('attributes.unknown-field', { field: text, near: nearest(text, this.#fields) })
  }

  #test(field: AttributeField): Condition {
    const isNot = this.#takeWord(NOT)
    const { kind, text } = this.#look()
    if (!isNot && kind === 'word' && text.toUpperCase() === 'IS') return this.#missing(field)
    const word = kind === 'word' ? TESTS[text.toUpperCase()] : undefined
    if (word) {
      this.#next += 1
      const condition = this.#wordTest(field, word[0])
      return isNot === word[1] ? condition : { kind: 'not', of: condition }
    }
    const by = isNot || (kind !== 'sign' && kind !== 'word') ? undefined : COMPARISONS[text]
    if (by === undefined) this.#fail('operator')
    this.#next += 1
    return { kind: 'compare', field: field.key, by, value: this.#value(field) }
  }

  #missing(field: AttributeField): Condition {
    this.#next += 1
    const isNot = this.#takeWord(NOT)
    if (!this.#takeWord(['NULL', '空'])) this.#fail('value')
    const missing: Condition = { kind: 'missing', field: field.key }
    return isNot ? { kind: 'not', of: missing } : missing
  }

  #wordTest(field: AttributeField, test: 'in' | 'between' | 'like' | 'contains' | 'missing'): Condition {
    if (test === 'missing') return { kind: 'missing', field: field.key }
    if (test === 'in') return this.#in(field)
    if (test === 'between') {
      const from = this.#value(field)
      if (!this.#takeWord(BETWEEN_AND)) this.#fail('and')
      return { kind: 'between', field: field.key, from, to: this.#value(field) }
    }
    if (field.type !== 'text') throw new AppError('attributes.not-text', { field: field.key })
    const text = String(this.#value(field))
    return {
      kind: 'like',
      field: field.key,
      pattern: test === 'like' ? text : `%${text.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`,
    }
  }

  #in(field: AttributeField): Condition {
    if (!this.#takeSign('(')) this.#fail('list')
    const values = [this.#value(field)]
    while (this.#takeSign(',')) values.push(this.#value(field))
    if (!this.#takeSign(')')) this.#fail('closing')
    return { kind: 'in', field: field.key, values }
  }

  #value(field: AttributeField): string | number {
    const { kind, text } = this.#look()
    if (kind === 'end' || kind === 'sign') this.#fail('value')
    if (field.type === 'text') {
      // Codes are written without quotes too; their zeros in front stay.
      if (kind === 'word') throw new AppError('attributes.unquoted', { field: field.key, found: text })
      this.#next += 1
      return text
    }
    this.#next += 1
    if (field.type === 'boolean') {
      const value = YES_NO[text.toUpperCase()]
      if (value === undefined) throw new AppError('attributes.not-yes-no', { field: field.key, found: text })
      return value
    }
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value))
      throw new AppError('attributes.not-a-number', { field: field.key, found: text })
    return value * this.#unit(field)
  }

  /** A word after a figure that is a unit of the field's own kind. */
  #unit({ key, unit }: AttributeField): number {
    const { kind, text } = this.#look()
    if (kind !== 'word' || [...AND, ...OR, ...BETWEEN_AND].includes(text.toUpperCase())) return 1
    const named = Object.values(UNITS).find(({ id, label }) =>
      [id, label.zh, label.en].some((name) => name !== '' && name.toLowerCase() === text.toLowerCase()),
    )
    if (named === undefined) return 1
    if (named.base !== unit) throw new AppError('attributes.wrong-unit', { field: key, unit: text })
    this.#take()
    return named.toBase
  }
}

const sameName = (a: string, b: string) => a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase()

/** By key first, then by label; a label that stops at a bracket ("宽度（m）") is met without the bracket too. */
function fieldNamed(name: string, fields: readonly AttributeField[]): AttributeField | undefined {
  const short = (label: string) => label.replace(/\s*[（(].*$/u, '')
  return (
    fields.find(({ key }) => sameName(key, name)) ??
    fields.find(({ label }) => sameName(label.zh, name) || sameName(label.en, name)) ??
    fields.find(({ label }) => sameName(short(label.zh), name) || sameName(short(label.en), name))
  )
}

/** The key that a mistyped one most likely means; null when nothing is near. */
function nearest(name: string, fields: readonly AttributeField[]): string | null {
  const far = fields.map(({ key }) => ({ key, steps: steps(name.toLowerCase(), key.toLowerCase()) }))
  const best = far.toSorted((a, b) => a.steps - b.steps)[0]
  return best && best.steps <= Math.max(1, Math.floor(name.length / 3)) ? best.key : null
}

/** Letters to change, add or drop to make one word of another (Levenshtein). */
function steps(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1]
    for (const [other, wanted] of Array.from(to).entries())
      next.push(Math.min((row[other + 1] ?? 0) + 1, (next[other] ?? 0) + 1, (row[other] ?? 0) + (letter === wanted ? 0 : 1)))
    row = next
  }
  return row.at(-1) ?? 0
}
