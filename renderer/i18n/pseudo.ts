/** A wish kept on this machine, for journeys through the screens only: English, so marked that a text which nobody translated shows. */
const REMEMBERED = 'greenprint.words'

const ACCENTS: Readonly<Record<string, string>> = Object.fromEntries(
  'aá eé ií oó uú yý cç nñ sš zž AÁ EÉ IÍ OÓ UÚ YÝ CÇ NÑ SŠ ZŽ'.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]),
)
/** As much longer as German or Russian would be. */
const LONGER = 0.4

/** A text in brackets, its letters accented, two fifths longer; places for values stay as they are. */
export function pseudoText(text: string): string {
  if (text === '') return text
  const parts = text.split(/(\{\{\w+\}\}|<[^>]+>)/)
  const accented = parts.map((part, at) => (at % 2 === 1 ? part : part.replaceAll(/[a-z]/gi, (sign) => ACCENTS[sign] ?? sign)))
  const own = parts.filter((_, at) => at % 2 === 0).join('').length
  return `⟦${accented.join('')}${' ~~~'.repeat(Math.ceil((own * LONGER) / 4))}⟧`
}

const pseudoTable = <T extends object>(table: T): T =>
  // The same keys with other words.
  Object.fromEntries(
    Object.entries(table).map(([key, words]: [string, string | object]) => [
      key,
      typeof words === 'string' ? pseudoText(words) : pseudoTable(words),
    ]),
  ) as T

const isOn = () => typeof localStorage !== 'undefined' && localStorage.getItem(REMEMBERED) === 'pseudo'

/** A table as it is shown: marked when the journeys wish it. */
export const shownTable = <T extends object>(table: T): T => (isOn() ? pseudoTable(table) : table)

/** A sentence that lives outside of the tables, as it is shown. */
export const shownText = (text: string): string => (isOn() ? pseudoText(text) : text)
