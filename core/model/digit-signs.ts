/** How a number is written: 1,234.5 · 1 234.5 · 1.234,5 · 1234.5. */
export const DIGIT_SIGNS = ['comma', 'space', 'point', 'plain'] as const
export type DigitSigns = (typeof DIGIT_SIGNS)[number]

const SIGNS: Record<DigitSigns, { group: string; decimal: string }> = {
  comma: { group: ',', decimal: '.' },
  // A narrow space that does not break: a number stays on one line.
  space: { group: '\u202f', decimal: '.' },
  point: { group: '.', decimal: ',' },
  plain: { group: '', decimal: '.' },
}

let chosen: DigitSigns = 'comma'

/**
 * Chooses the signs for every number that this program writes from now on. Only the screen calls it: memos, exports and the command
 * line are written by other processes and always have 1,234.5, whoever prints them.
 */
export function writeNumbersWith(signs: DigitSigns): void {
  chosen = signs
}

/** A number as both languages write it ("1,234.5"), with the chosen signs. */
export const inChosenSigns = (number: string): string =>
  chosen === 'comma' ? number : number.replaceAll(/[.,]/g, (sign) => (sign === ',' ? SIGNS[chosen].group : SIGNS[chosen].decimal))
