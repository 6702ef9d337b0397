import type { Bilingual } from '../text.ts'
import { byName, code2023, gb50137, listedCode, listedInTrial2020, survey3, trial2020, type SchemeHit } from './code-schemes.ts'

export { LAND_CLASSES, classColour, isLandClass, landClass, type LandClass } from './land-class-list.ts'
export { CLASS_GROUPS, classGroup, classGroupInfo, type ClassGroup } from './class-groups.ts'

/** How a source value was understood. */
export type LandClassVia = 'mapping' | 'code' | 'name' | 'gb50137' | 'survey3' | 'trial2020' | 'none'

/** A source value in terms of the 2023 classification; `code` is null where nobody knows. */
export interface LandClassMatch {
  code: string | null
  via: LandClassVia
  /** The source code stands for several classes (待细分); the first was taken. */
  split: boolean
  /** The value names several uses ("0901/0701"); the first was taken. */
  mixed: boolean
}

export type ClassMapping = Readonly<Record<string, string>>
type DigitScheme = 'code' | 'survey3' | 'trial2020'

const NONE: LandClassMatch = { code: null, via: 'none', split: false, mixed: false }
const BETWEEN_USES = /\s*[/+、,;|&]\s*/

function asText(raw: string | number): string {
  const text = String(raw).normalize('NFKC').trim().replace(/\s+/g, ' ')
  return /^[\d .]+$/.test(text) ? text.replaceAll(' ', '').replace(/\.0+$/, '') : text
}

const digitSchemes: Record<DigitScheme, (text: string) => SchemeHit | undefined> = { code: code2023, survey3, trial2020 }

/** Code part of "0701 城镇住宅用地", "R2二类居住用地" or "公园绿地(1401)". */
const codePart = (text: string): string | undefined =>
  /^(\d{2,6}(?:[A-Z]\d?)?|[A-Z]\d{1,3})(?![0-9A-Za-z/+、,;|&]|\s*[/+、,;|&])./i.exec(text)?.[1] ??
  /[([](\w{2,6})[)\]]$/.exec(text)?.[1]

function understand(text: string, schemes: readonly DigitScheme[]): LandClassMatch | undefined {
  const found = (via: LandClassVia, match: SchemeHit | undefined) => match && { ...match, via, mixed: false }
  const inDigits = (from: readonly DigitScheme[]) => {
    for (const scheme of from) {
      const match = found(scheme, digitSchemes[scheme](text))
      if (match !== undefined) return match
    }
    return undefined
  }
  return (
    inDigits(schemes.slice(0, 1)) ?? found('name', byName(text)) ?? found('gb50137', gb50137(text)) ?? inDigits(schemes.slice(1))
  )
}

function resolve(raw: string | number, mapping: ClassMapping, schemes: readonly DigitScheme[]): LandClassMatch {
  const text = asText(raw)
  if (text === '') return NONE
  const mapped = mapping[String(raw)] ?? mapping[String(raw).trim()] ?? mapping[text]
  if (mapped !== undefined) {
    const target = code2023(asText(mapped))
    return target === undefined ? NONE : { ...target, via: 'mapping', mixed: false }
  }
  const part = codePart(text)
  const whole = understand(text, schemes) ?? (part === undefined ? undefined : understand(part, schemes))
  if (whole !== undefined) return whole
  const [first, second] = text.split(BETWEEN_USES)
  if (first === undefined || first === '' || second === undefined) return NONE
  return { ...resolve(first, mapping, schemes), mixed: true }
}

/**
 * One source value as a class of 2023: 2, 4 or 6 digits, filling zeros, a lost leading zero, full-width digits, Chinese and
 * English names, GB 50137 letters, 三调 codes, codes of the 2020 trial. Digits that several classifications use are read as
 * 2023 codes first; for a whole column use `resolveLandClasses`, which decides once.
 */
export const resolveLandClass = (raw: string | number, mapping: ClassMapping = {}): LandClassMatch =>
  resolve(raw, mapping, ['code', 'survey3', 'trial2020'])

export interface ColumnMatches {
  /** The one classification that digits of this column are read in. */
  scheme: DigitScheme
  /** False where the values fit two classifications equally well: a person should confirm. */
  certain: boolean
  reason: Bilingual
  /** One per value, in order; null and undefined values give `via: 'none'`. */
  matches: LandClassMatch[]
  /** Distinct texts that nothing explains, in order of appearance. */
  unmatched: string[]
}

const SCHEME_TITLES: Record<DigitScheme, Bilingual> = {
  code: { zh: '2023 年用地用海分类', en: 'the 2023 classification' },
  survey3: { zh: '三调工作分类', en: 'the Third Survey classes' },
  trial2020: { zh: '2020 年试行分类', en: 'the 2020 trial classification' },
}

/** How many of the distinct digit codes each classification itself lists. */
function countListed(texts: readonly string[]): Record<DigitScheme, number> {
  const count = (test: (text: string) => boolean) => texts.filter(test).length
  return {
    code: count((text) => listedCode(text) !== undefined),
    survey3: count((text) => survey3(text) !== undefined),
    trial2020: count(listedInTrial2020),
  }
}

/** How many codes mean, in each classification, what the name beside them says (same first level). */
function countNamed(pairs: readonly (readonly [string, string])[]): Record<DigitScheme, number> {
  const agree = (scheme: DigitScheme) =>
    pairs.filter(([text, name]) => {
      const code = digitSchemes[scheme](text)?.code
      return code !== undefined && code.slice(0, 2) === byName(name)?.code.slice(0, 2)
    }).length
  return { code: agree('code'), survey3: agree('survey3'), trial2020: agree('trial2020') }
}

const ORDER: readonly DigitScheme[] = ['code', 'survey3', 'trial2020']
const digitsOf = (text: string): string | undefined => {
  const [first = ''] = text.split(BETWEEN_USES)
  const code = /^\d/.test(first) && /\D./.test(first) ? (codePart(first) ?? first) : first
  return /^\d{2,6}([A-Z]\d?)?$/i.test(code) ? code : undefined
}

function chooseScheme(
  pairs: readonly (readonly [string, string])[],
  field: string | undefined,
): Omit<ColumnMatches, 'matches' | 'unmatched'> {
  const texts = [...new Set(pairs.map(([text]) => text))]
  if (texts.length === 0)
    return { scheme: 'code', certain: true, reason: { zh: '没有数字代码。', en: 'The column holds no digit codes.' } }
  const listed = countListed(texts)
  const named = countNamed(pairs.filter(([, name]) => name !== ''))
  const fieldSays: DigitScheme | undefined = /^(JQ|GH|XZ)?DLBM$/i.test(field ?? '')
    ? 'survey3'
    : /^YDYH/i.test(field ?? '')
      ? 'code'
      : undefined
  const rank = (scheme: DigitScheme) => [listed[scheme], named[scheme], scheme === fieldSays ? 1 : 0]
  const compare = (a: DigitScheme, b: DigitScheme) => {
    const [ranksA, ranksB] = [rank(a), rank(b)]
    for (const [i, value] of ranksA.entries()) if (value !== ranksB[i]) return (ranksB[i] ?? 0) - value
    return 0
  }
  const [scheme = 'code'] = ORDER.toSorted(compare)
  // The trial list repeats 2023 codes, so agreeing with both is no doubt; fitting 2023 and 三调 alike is.
  const rival = scheme === 'survey3' ? 'code' : 'survey3'
  const certain = compare(scheme, rival) !== 0
  const title = SCHEME_TITLES[scheme]
  const shares = `${listed[scheme]}/${texts.length}`
  return certain
    ? {
        scheme,
        certain,
        reason: {
          zh: `按“${title.zh}”读取：${shares} 个不同代码属于该分类。`,
          en: `Read as ${title.en}: ${shares} distinct codes belong to it.`,
        },
      }
    : {
        scheme,
        certain,
        reason: {
          zh: `代码同时符合 2023 年用地用海分类和三调工作分类（各 ${shares} 个），按“${title.zh}”读取，请确认。`,
          en: `The codes fit the 2023 classes and the Third Survey equally (${shares} each); read as ${title.en}: please confirm.`,
        },
      }
}

/**
 * A whole column, with one classification decided for its digits: the one that lists most of the distinct codes; then the one that
 * agrees with the names beside them; then what the field is called (DLBM, YDYHFLDM); then 2023. Codes outside it stay unmatched.
 */
export function resolveLandClasses(
  values: readonly (string | number | null | undefined)[],
  mapping: ClassMapping = {},
  hints: { names?: readonly (string | null | undefined)[]; field?: string } = {},
): ColumnMatches {
  const pairs = new Map<string, readonly [string, string]>()
  const known = new Map<string | number, LandClassMatch>()
  values.forEach((value, i) => {
    if (value === null || value === undefined || mapping[String(value)] !== undefined) return
    const name = hints.names?.[i] ?? ''
    const key = `${value}\u0000${name}`
    if (pairs.has(key)) return
    const digits = digitsOf(asText(value))
    if (digits !== undefined) pairs.set(key, [digits, name])
  })
  const choice = chooseScheme([...pairs.values()], hints.field)
  const unmatched = new Set<string>()
  const matches = values.map((value) => {
    if (value === null || value === undefined) return NONE
    const match = known.get(value) ?? resolve(value, mapping, [choice.scheme])
    known.set(value, match)
    if (match.code === null) unmatched.add(String(value))
    return match
  })
  return { ...choice, matches, unmatched: [...unmatched] }
}
