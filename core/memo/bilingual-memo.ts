import type { Block, Cell, MemoDocument, Run } from './document.ts'

/**
 * One memo in two languages: each block in Chinese with its English below or beside it; what is the same in both (figures, codes, what
 * people wrote) stands once. Both must be composed of one input. Blocks that do not answer each other are printed one after the other:
 * nothing is left out.
 */
export function bilingualMemo(zh: MemoDocument, en: MemoDocument): MemoDocument {
  return {
    ...zh,
    title: `${zh.title}\n${en.title}`,
    subtitle: `${zh.subtitle}\n${en.subtitle}`,
    sections: zh.sections.map((section) => {
      const other = en.sections.find(({ id }) => id === section.id)
      return other === undefined ? section : { id: section.id, blocks: paired(section.blocks, other.blocks) }
    }),
  }
}

function paired(zh: readonly Block[], en: readonly Block[]): Block[] {
  const answers = zh.length === en.length && zh.every((block, at) => isAnswer(block, en[at]))
  if (!answers) return [...zh, ...en.filter(({ kind }) => kind !== 'heading' && kind !== 'page-break').map(ownIds)]
  return zh.flatMap((block, at) => both(block, en[at] ?? block))
}

function isAnswer(block: Block, other: Block | undefined): boolean {
  if (other === undefined || block.kind !== other.kind) return false
  if (block.kind === 'table' && other.kind === 'table')
    return block.rows.length === other.rows.length && block.head.length === other.head.length
  if (block.kind === 'facts' && other.kind === 'facts') return block.rows.length === other.rows.length
  if (block.kind === 'list' && other.kind === 'list') return block.items.length === other.items.length
  if (block.kind === 'bars' && other.kind === 'bars') return block.bars.length === other.bars.length
  return true
}

/** Parts of drawings are named within them; two drawings of one page must not share names. */
const ownIds = (block: Block): Block =>
  block.kind === 'map' ? { ...block, figure: { ...block.figure, svg: block.figure.svg.replaceAll('gp-', 'gp-en-') } } : block

const plain = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('')
const beside = (zh: string, en: string, between = '　'): string => (isSame(zh, en) ? zh : `${zh}${between}${en}`)

const FOLDED: Readonly<Record<string, string>> = { '（': '(', '）': ')', '—': '-', '–': '-', '：': ':', '，': ',' }
/** A code in brackets and a span of years are the same words, however each language points them. */
const folded = (text: string): string => text.replaceAll(/\s/g, '').replaceAll(/[（）—–：，]/g, (mark) => FOLDED[mark] ?? mark)
const isSame = (zh: string, en: string): boolean => folded(zh) === folded(en)

/** English below Chinese; a line that says the same in both, such as what a reviewer wrote, stands once. */
function below(zh: readonly Run[], en: readonly Run[]): Run[] {
  if (isSame(plain(zh), plain(en)) || en.every(({ code }) => code === true)) return [...zh]
  const [chinese, english] = [linesOf(zh), linesOf(en)]
  const isAnswered = chinese.length === english.length
  const left = english.filter((line, at) => !isAnswered || !isSame(plain(chinese[at] ?? []), plain(line)))
  return [...zh, ...left.flatMap((line) => [{ text: '\n' }, ...line])]
}

/** Runs cut where a line ends. */
function linesOf(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]]
  for (const run of runs)
    for (const [at, text] of run.text.split('\n').entries()) {
      if (at > 0) lines.push([])
      if (text !== '') lines.at(-1)?.push({ ...run, text })
    }
  return lines
}

const cells = (zh: readonly Cell[], en: readonly Cell[]): Cell[] =>
  zh.map((cell, at) => ({ ...cell, runs: below(cell.runs, en[at]?.runs ?? []) }))

/** The number stands once, and so do words that are the same in both. */
function headingInBoth(zh: string, en: string): string {
  const words = en.replace(/^(?:\d+\.|\(\d+\)) /, '')
  return zh.endsWith(words) ? zh : beside(zh, words)
}

function both(zh: Block, en: Block): Block[] {
  if (zh.kind === 'heading' && en.kind === 'heading') return [{ ...zh, text: headingInBoth(zh.text, en.text) }]
  if (zh.kind === 'paragraph' && en.kind === 'paragraph') return isSame(plain(zh.runs), plain(en.runs)) ? [zh] : [zh, en]
  if (zh.kind === 'list' && en.kind === 'list')
    return [{ ...zh, items: zh.items.map((runs, at) => below(runs, en.items[at] ?? [])) }]
  if (zh.kind === 'table' && en.kind === 'table')
    return [
      {
        ...zh,
        caption: beside(zh.caption, en.caption),
        head: cells(zh.head, en.head),
        rows: zh.rows.map((row, at) => cells(row, en.rows[at] ?? [])),
      },
    ]
  if (zh.kind === 'facts' && en.kind === 'facts')
    return [
      {
        ...zh,
        rows: zh.rows.map(({ label, runs }, at) => {
          const other = en.rows[at]
          return other ? { label: beside(label, other.label, '\n'), runs: below(runs, other.runs) } : { label, runs }
        }),
      },
    ]
  return [withBothWords(zh, en)]
}

/** Verdicts, bars and figures: drawn once, with words in both languages. */
function withBothWords(zh: Block, en: Block): Block {
  if (zh.kind === 'verdict' && en.kind === 'verdict')
    return {
      ...zh,
      title: beside(zh.title, en.title),
      total: beside(zh.total, en.total),
      coverage: beside(zh.coverage, en.coverage),
      remark: beside(zh.remark, en.remark, '\n'),
    }
  if (zh.kind === 'bars' && en.kind === 'bars')
    return {
      ...zh,
      caption: beside(zh.caption, en.caption),
      bars: zh.bars.map((bar, at) => {
        const other = en.bars[at]
        return other ? { ...bar, label: beside(bar.label, other.label, ' '), text: beside(bar.text, other.text, ' ') } : bar
      }),
    }
  if (zh.kind === 'map' && en.kind === 'map') {
    const { caption, alt } = en.figure
    return { ...zh, figure: { ...zh.figure, caption: beside(zh.figure.caption, caption), alt: beside(zh.figure.alt, alt, ' ') } }
  }
  if (zh.kind === 'picture' && en.kind === 'picture') {
    const { caption, alt } = en.picture
    return {
      ...zh,
      picture: { ...zh.picture, caption: beside(zh.picture.caption, caption), alt: beside(zh.picture.alt, alt, ' ') },
    }
  }
  return zh
}
