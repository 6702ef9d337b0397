import type { MemoDocument } from '#core/memo/document.ts'

/** Blocks of Unicode whose characters look like ordinary ones and are meant as such only by accident, most of them from copying out of PDFs. */
const LOOKALIKES = /[\u2200-\u22ff\u2e80-\u2fdf]/u

/**
 * A PDF says once what a glyph means, and fonts draw some characters by one glyph: a hyphen and one that does not break, 民 and the
 * radical ⺠, a bullet and a middle dot. Where a memo has several of them, the most ordinary stands for all, so that each text is found
 * by what it looks like; the attached record keeps what was written. Nothing changes on the pages.
 * @param glyphs code point → glyph, for each font of the memo
 */
export function oneCharacterPerGlyph(document: MemoDocument, glyphs: readonly Uint16Array[]): MemoDocument {
  const text = JSON.stringify(document)
  const used = new Set(text)
  const standIns = new Map<string, string>()
  for (const ofFont of glyphs) for (const alike of sharing(used, ofFont)) addStandIns(standIns, alike)
  if (standIns.size === 0) return document
  const replaced = (value: string) => Array.from(value, (character) => standIns.get(character) ?? character).join('')
  return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? replaced(value) : value)) as MemoDocument
}

/** Characters that one glyph draws, where there are several. */
function sharing(used: ReadonlySet<string>, ofFont: Uint16Array): string[][] {
  const byGlyph = Map.groupBy(used, (character) => ofFont[character.codePointAt(0) ?? 0] ?? 0)
  return [...byGlyph].flatMap(([glyph, characters]) => (glyph === 0 || characters.length < 2 ? [] : [characters]))
}

/** What two fonts share by pairs is shared by all of them. */
function addStandIns(standIns: Map<string, string>, alike: readonly string[]): void {
  const all = new Set(alike.flatMap((character) => [character, standIns.get(character) ?? character]))
  const [standIn = ''] = [...all].sort((one, other) => strangeness(one) - strangeness(other) || (one < other ? -1 : 1))
  for (const [character, other] of standIns) if (all.has(other)) standIns.set(character, standIn)
  for (const character of all) if (character !== standIn) standIns.set(character, standIn)
}

function strangeness(character: string): number {
  if (LOOKALIKES.test(character)) return 2
  return character.normalize('NFKC') === character ? 0 : 1
}
