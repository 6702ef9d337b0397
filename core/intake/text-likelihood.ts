import frequencies from '../../resources/intake/characters.json' with { type: 'json' }

/** Writing systems whose text can be told apart by how usual its characters are. */
export type Script = 'zh-Hans' | 'zh-Hant' | 'ja' | 'ko' | 'western'

/** Natural logarithms of the chance of one character; the tables' own source and certainty stand in the data file. */
type Table = ReadonlyMap<string, number>

/** Chance of a character that a script's tables do not list: possible, but a thousand times rarer than any listed one. */
const UNLISTED = Math.log(1e-8)
/** Private, unassigned and control characters: no program writes them on purpose. */
const IMPOSSIBLE = Math.log(1e-12)
/** Letters, digits and signs of ASCII, alike in every encoding. */
const ASCII = Math.log(1 / 60)
/** Full-width signs and the like that all East Asian text shares. */
const SIGN = Math.log(1e-4)

function tableOf(tiers: readonly { share: number; characters: string }[]): Table {
  const table = new Map<string, number>()
  for (const { share, characters } of tiers) {
    const each = Math.log(share / Math.max(1, Array.from(characters).length))
    for (const character of characters) if (!table.has(character)) table.set(character, each)
  }
  return table
}

const tables = new Map<string, Table>()
function table(script: 'zh-Hans' | 'zh-Hant' | 'ja'): Table {
  const known = tables.get(script) ?? tableOf(frequencies.languages[script])
  tables.set(script, known)
  return known
}

const isSign = (code: number): boolean =>
  (code >= 0x3000 && code <= 0x303f) || (code >= 0xff01 && code <= 0xff5e) || (code >= 0x2010 && code <= 0x203b)
const isImpossible = (code: number): boolean =>
  code < 0x20 || (code >= 0x7f && code <= 0x9f) || (code >= 0xe000 && code <= 0xf8ff) || code === 0xfffd

/** Accented letters of Western European languages, the usual ones first. */
const USUAL_ACCENTS = new Set('éèêëàâäáãåçùûüúîïíôöóõøñßæœÉÀÇÈÖÜÄÑÅØ')

function western(code: number, character: string): number {
  if (USUAL_ACCENTS.has(character)) return Math.log(0.03 / 36)
  return /\p{L}/u.test(character) && code < 0x180 ? Math.log(1e-5) : Math.log(1e-6)
}

function japanese(code: number, character: string): number {
  if (code >= 0x3041 && code <= 0x3096) return Math.log(0.25 / 83)
  if ((code >= 0x30a1 && code <= 0x30f6) || code === 0x30fc) return Math.log(0.19 / 86)
  if (code >= 0xff61 && code <= 0xff9f) return Math.log(0.0005 / 63) // half-width kana: old, rare, and one byte each
  return table('ja').get(character) ?? UNLISTED
}

function likelihoodOf(character: string, script: Script): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80 && code >= 0x20) return ASCII
  if (isImpossible(code)) return IMPOSSIBLE
  if (script === 'western') return western(code, character)
  if (isSign(code)) return SIGN
  if (script === 'ko') return code >= 0xac00 && code <= 0xd7a3 ? Math.log(0.9 / 2350) : UNLISTED
  if (script === 'ja') return japanese(code, character)
  return table(script).get(character) ?? UNLISTED
}

/**
 * Natural logarithm of the chance that someone writing in this script wrote this text, character by character (neighbours are
 * taken as independent). Only differences between readings of the same bytes mean anything.
 */
export function logLikelihood(text: string, script: Script): number {
  let sum = 0
  for (const character of text) sum += likelihoodOf(character, script)
  return sum
}
