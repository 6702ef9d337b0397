import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Writes `resources/intake/characters.json`: how usual each Chinese and Japanese character is, counted on real text, from the
 * Unihan database (unpacked text files). Run: `node build/generate-characters.ts <folder of Unihan_*.txt>`.
 */

interface Tier {
  /** Share of running text that these characters make up together. */
  share: number
  characters: string
}

const [folder = ''] = process.argv.slice(2)

function property(file: string, name: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of readFileSync(path.join(folder, file), 'utf8').split('\n')) {
    const [code = '', key, value = ''] = line.split('\t')
    if (key === name && code.startsWith('U+')) found.set(String.fromCodePoint(Number.parseInt(code.slice(2), 16)), value.trim())
  }
  return found
}

const rounded = (share: number): number => Number(share.toPrecision(3))

/** Counts of the Modern Chinese Frequency Dictionary, summed over readings; Unihan gives them to both shapes of a character. */
const counted = [...property('Unihan_Readings.txt', 'kHanyuPinlu')].map(([character, value]) => ({
  character,
  count: [...value.matchAll(/\((\d+)\)/g)].reduce((sum, [, count]) => sum + Number(count), 0),
}))
const standard = property('Unihan_OtherMappings.txt', 'kTGH')
const bigFive = property('Unihan_OtherMappings.txt', 'kBigFive')
const RANKS = [0, 20, 60, 140, 300, 600, 1000, 1600, 2400]

/** Tiers of the counted characters that a script has, most usual first, then the script's other characters. */
function tiers(isOfScript: (character: string) => boolean, others: readonly { share: number; characters: string[] }[]): Tier[] {
  const own = counted.filter(({ character }) => isOfScript(character)).toSorted((a, b) => b.count - a.count)
  const total = own.reduce((sum, { count }) => sum + count, 0)
  const left = 1 - others.reduce((sum, { share }) => sum + share, 0)
  const listed = new Set(own.map(({ character }) => character))
  const first = RANKS.map((from, i) => {
    const tier = own.slice(from, RANKS[i + 1])
    const share = (tier.reduce((sum, { count }) => sum + count, 0) / total) * left
    return { share: rounded(share), characters: tier.map(({ character }) => character).join('') }
  })
  return [
    ...first,
    ...others.map(({ share, characters }) => {
      const rest = characters.filter((character) => !listed.has(character))
      for (const character of rest) listed.add(character)
      return { share, characters: rest.join('') }
    }),
  ]
}

const ofStandard = (test: (rank: number) => boolean): string[] =>
  [...standard].filter(([, value]) => test(Number(value.split(':')[1]))).map(([character]) => character)
const simplified = tiers(
  (character) => standard.has(character),
  [
    { share: 0.004, characters: ofStandard((rank) => rank <= 3500) },
    { share: 0.001, characters: ofStandard((rank) => rank > 3500) },
  ],
)

/** Usenet postings in traditional characters give five classes; those without a count follow the counted ones. */
const frequency = property('Unihan_DictionaryLikeData.txt', 'kFrequency')
const ofClass = (...levels: string[]): string[] =>
  [...frequency].filter(([character, level]) => bigFive.has(character) && levels.includes(level)).map(([character]) => character)
const traditional = tiers(
  (character) => bigFive.has(character),
  [
    { share: 0.004, characters: ofClass('1', '2', '3', '4') },
    { share: 0.001, characters: ofClass('5') },
  ],
)

/** Japanese: kanji of general use and for names; kana are a range of their own in the reader. */
const general = [...property('Unihan_OtherMappings.txt', 'kJoyoKanji').keys()].filter((character) => character.length === 1)
const names = [...property('Unihan_OtherMappings.txt', 'kJinmeiyoKanji').keys()].filter((name) => !general.includes(name))
const japanese: Tier[] = [
  { share: 0.55, characters: general.join('') },
  { share: 0.005, characters: names.join('') },
]

const output = {
  greenprint: 'character-frequencies/1',
  source:
    'Unicode Unihan database 15.0 (Unicode licence): kHanyuPinlu (counts of the Modern Chinese Frequency Dictionary, 1986), kTGH (General Standard Chinese Characters, 2013), kBigFive, kFrequency (traditional Chinese Usenet postings), kJoyoKanji and kJinmeiyoKanji (Japanese cabinet notices, 2010)',
  certainty:
    'simplified: counted; traditional: the same counts on traditional shapes, rarer characters by class; Japanese: membership only, share of kanji estimated',
  languages: { 'zh-Hans': simplified, 'zh-Hant': traditional, ja: japanese },
}
writeFileSync(path.resolve(import.meta.dirname, '../resources/intake/characters.json'), `${JSON.stringify(output, null, 2)}\n`)
