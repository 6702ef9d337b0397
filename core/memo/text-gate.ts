import type { Block, Cell, Letterhead, MemoDocument, Run } from './document.ts'
import type { Lang } from '../text.ts'

/** Stands for a character that no font of the memo has. */
export const REPLACEMENT = '□'

/** Controls, marks of writing direction, joiners, zero-width signs, variation selectors: invisible, and fit to mislead. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu
const SPACES = /[\t\u00a0\u2000-\u200a\u202f\u205f]/g
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g
/** ﬁ is drawn as f and i are, and a file can say only once what that glyph means. */
const LATIN_LIGATURES = /[\ufb00-\ufb06]/g
const LONE_SURROGATE = /[\ud800-\udfff]/u

/** Whether the memo's fonts have a glyph for a code point. */
export type Covers = (codePoint: number) => boolean

/** A text fit to print, and the characters that had to be replaced. */
export interface GatedText {
  text: string
  replaced: string[]
}

/** Composes (NFC), drops what is invisible, evens out spaces and line ends, writes Latin ligatures as letters, and replaces what no font can show. */
export function gateText(raw: string, covers: Covers): GatedText {
  const replaced: string[] = []
  const plain = raw
    .normalize('NFC')
    .replaceAll(LINE_ENDS, '\n')
    .replaceAll(SPACES, ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll(LATIN_LIGATURES, (ligature) => ligature.normalize('NFKC'))
  let text = ''
  for (const character of plain) {
    const shown = shownAs(character, covers)
    text += shown ?? REPLACEMENT
    if (shown === null) replaced.push(character)
  }
  return { text, replaced }
}

/** A character as the fonts can show it: itself, or its plain form where they lack the other (₂ is 2); null where neither is there. */
function shownAs(character: string, covers: Covers): string | null {
  if (character === '\n') return character
  if (LONE_SURROGATE.test(character)) return null
  const plain = character.normalize('NFKC')
  const isShown = (text: string) => Array.from(text).every((each) => covers(each.codePointAt(0) ?? 0))
  return [character, plain].find(isShown) ?? null
}

/** "U+20BB7", as people look characters up. */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/**
 * Gates every string of a memo. What had to be replaced is listed at its end by name and place: nothing is changed in silence, and the
 * attached record still holds the original.
 */
export function gateDocument(document: MemoDocument, covers: Covers): MemoDocument {
  /** Character → sections it stands in. */
  const replaced = new Map<string, Set<string>>()
  const gateFor =
    (place: string): Gate =>
    (raw) => {
      const result = gateText(STRAIGHTENED[document.lang](String(raw)), covers)
      for (const character of result.replaced) replaced.set(character, (replaced.get(character) ?? new Set()).add(place))
      return result.text
    }
  const gate = gateFor(document.lang === 'zh' ? '首页' : 'first page')
  const gated: MemoDocument = {
    ...document,
    title: gate(document.title),
    subtitle: gate(document.subtitle),
    footer: gate(document.footer),
    author: gate(document.author),
    ...(document.kicker === undefined ? {} : { kicker: gate(document.kicker) }),
    ...(document.watermark === undefined ? {} : { watermark: gate(document.watermark) }),
    ...(document.letterhead === undefined ? {} : { letterhead: gateHead(document.letterhead, gate) }),
    sections: document.sections.map(({ id, blocks }) => {
      const heading = blocks.find((block) => block.kind === 'heading')
      const within = heading?.kind === 'heading' ? gateFor(gateText(heading.text, covers).text) : gate
      return { id, blocks: blocks.map((block) => gateBlock(block, within)) }
    }),
  }
  return replaced.size === 0 ? gated : { ...gated, sections: [...gated.sections, replacementNote(replaced, document.lang)] }
}

/** Curly quotes are as wide as a Chinese character in our fonts: beside Latin letters they would tear a hole in the line. */
const STRAIGHTENED: Readonly<Record<Lang, (text: string) => string>> = {
  en: (text) => text.replaceAll(/[“”](?=[!-~])|(?<=[ -~])[“”]/g, '"').replaceAll(/[‘’](?=[!-~])|(?<=[ -~])[‘’]/g, "'"),
  // Only where the sentence around is English (bilingual memos): a Chinese one quotes Latin words in its own marks.
  zh: (text) =>
    text
      .replaceAll(/(?<=^|[\s(])“([^“”]*[A-Za-z][^“”]*)”(?=$|[\s).,;:])/gm, '"$1"')
      .replaceAll(/(?<=[A-Za-z])’(?=[A-Za-z\s])/g, "'"),
}

type Gate = (raw: unknown) => string

/** Copies only what a run may hold: an object in place of text becomes text, a foreign key is left behind. */
const gateRun = (run: Run, gate: Gate): Run => ({
  text: gate(run.text),
  ...(run.strong === true ? { strong: true } : {}),
  ...(run.muted === true ? { muted: true } : {}),
  ...(run.code === true ? { code: true } : {}),
})
const gateCell = (cell: Cell, gate: Gate): Cell => ({
  runs: cell.runs.map((run) => gateRun(run, gate)),
  ...(cell.align === 'right' || cell.align === 'center' || cell.align === 'left' ? { align: cell.align } : {}),
})

const gateHead = (head: Letterhead, gate: Gate): Letterhead =>
  Object.fromEntries(Object.entries(head).map(([part, text]) => [part, gate(text)]))

function gateBlock(block: Block, gate: Gate): Block {
  const runs = (list: readonly Run[]) => list.map((run) => gateRun(run, gate))
  const cells = (list: readonly Cell[]) => list.map((cell) => gateCell(cell, gate))
  switch (block.kind) {
    case 'heading':
      return { kind: 'heading', level: block.level, text: gate(block.text), id: gate(block.id) }
    case 'paragraph':
      return { kind: 'paragraph', runs: runs(block.runs) }
    case 'list':
      return { kind: 'list', ordered: block.ordered, items: block.items.map(runs) }
    case 'table':
      return {
        kind: 'table',
        caption: gate(block.caption),
        head: cells(block.head),
        rows: block.rows.map(cells),
        widths: block.widths.map(Number),
      }
    case 'facts':
      return { kind: 'facts', rows: block.rows.map((row) => ({ label: gate(row.label), runs: runs(row.runs) })) }
    case 'verdict': {
      const { tone, title, total, coverage, remark } = block
      return { kind: 'verdict', tone, title: gate(title), total: gate(total), coverage: gate(coverage), remark: gate(remark) }
    }
    case 'bars':
      return {
        kind: 'bars',
        caption: gate(block.caption),
        bars: block.bars.map(({ label, share, text }) => ({
          label: gate(label),
          share: share === null ? null : Number(share),
          text: gate(text),
        })),
      }
    case 'map': {
      const { svg, widthMm, heightMm, caption, alt, registration, page } = block.figure
      const size = { widthMm: Number(widthMm), heightMm: Number(heightMm), ...(page && { page }) }
      return {
        kind: 'map',
        figure: { svg: gate(svg), ...size, caption: gate(caption), alt: gate(alt), ...(registration && { registration }) },
      }
    }
    case 'picture': {
      const { attachmentId, sha256, widthPx, heightPx, caption, alt } = block.picture
      const size = { widthPx: Number(widthPx), heightPx: Number(heightPx) }
      return { kind: 'picture', picture: { attachmentId, sha256, ...size, caption: gate(caption), alt: gate(alt) } }
    }
    case 'page-break':
      return { kind: 'page-break' }
  }
}

function replacementNote(
  replaced: ReadonlyMap<string, ReadonlySet<string>>,
  lang: MemoDocument['lang'],
): MemoDocument['sections'][number] {
  const named = [...replaced].map(([character, places]): [string, string[]] => [codePointName(character), [...places]])
  const names = named
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, places]) => (lang === 'zh' ? `${name}（${places.join('；')}）` : `${name} (${places.join('; ')})`))
    .join(lang === 'zh' ? '、' : ', ')
  const text =
    lang === 'zh'
      ? `以下字符字库未收录，本文件中以“${REPLACEMENT}”代替，原文见附件 review.json：${names}。`
      : `The fonts of this document lack these characters; “${REPLACEMENT}” stands for them, the originals are in the attached review.json: ${names}.`
  return { id: 'replaced-characters', blocks: [{ kind: 'paragraph', runs: [{ text, muted: true }] }] }
}
