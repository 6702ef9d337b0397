import { AppError } from '../errors.ts'
import type { Bilingual, Lang } from '../text.ts'
import { bilingualMemo } from './bilingual-memo.ts'
import { memoContext, type MemoContext, type MemoInput, type MemoSection } from './context.ts'
import type { Block, Letterhead, MemoDocument, MemoSectionContent } from './document.ts'
import { MEMO_SECTIONS } from './index.ts'
import { MEMO_KINDS, memoKindOf } from './memo-kinds.ts'
import type { MemoChoices, MemoLang, MemoOptions } from './memo-options.ts'
import { MEMO_STYLE_IDS, MEMO_STYLES, memoStyleOf, type MemoStyle } from './memo-style.ts'
import { planName } from './plan-words.ts'
import { recordDate } from './result.ts'
import { dayInWords } from './words.ts'

const ZH_DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/**
 * Composes the memo as plain data. Screen, PDF, HTML and command line render exactly this; the same input gives the same document.
 * @throws AppError `memo.unknown-section` for a section that this version does not have
 */
export function composeMemo(input: MemoInput, lang: MemoLang, options: MemoOptions = {}): MemoDocument {
  if (lang === 'both') {
    const paired = { ...input, isPaired: true }
    return bilingualMemo(composeMemo(paired, 'zh', options), composeMemo(paired, 'en', options))
  }
  const memo = memoContext(input, lang, options)
  const { result } = input
  const date = recordDate(result)
  const kind = memoKindOf(options.kind ?? 'special')
  const name = planName(result, lang)
  const head = letterheadOf(options)
  return {
    schema: 'memo-document/1',
    lang,
    ...(options.style && { style: options.style }),
    ...(head && { letterhead: head }),
    ...(options.watermark && { watermark: options.watermark }),
    ...(kind.kicker && { kicker: memo.inLang(kind.kicker) }),
    title: memo.inLang(kind.heading).replace('{name}', () => (lang === 'zh' ? name.replaceAll(/[《》]/g, '') : name)),
    subtitle: memo.say(
      `依据：${memo.inLang(input.checklist.title)}（${input.checklist.version}）`,
      `Against: ${memo.inLang(input.checklist.title)} (${input.checklist.version})`,
    ),
    footer: `${name} · ${dayInWords(date, lang)} · ${result.seal.slice(0, 12)}`,
    author: result.review.reviewer === '' ? 'Greenprint' : result.review.reviewer,
    date,
    sections: numbered(memo, sectionsOf(options.sections ?? kind.sections), styleOf(options).numbersSubheadings),
    seal: result.seal,
  }
}

function letterheadOf({ office, number, classification, addressee }: MemoOptions): Letterhead | null {
  const parts = Object.entries({ office, number, classification, addressee }).filter(([, text]) => text)
  return parts.length === 0 ? null : Object.fromEntries(parts)
}

/** The sections of these ids, each once, in this order. */
function sectionsOf(ids: readonly string[]): MemoSection[] {
  return [...new Set(ids)].map((id) => {
    const section = MEMO_SECTIONS.find((one) => one.id === id)
    if (section === undefined)
      throw new AppError('memo.unknown-section', { section: id, known: MEMO_SECTIONS.map((one) => one.id).join(', ') })
    return section
  })
}

const styleOf = ({ style }: MemoOptions): MemoStyle => memoStyleOf(style ?? MEMO_STYLE_IDS[0])

/** 1 … 99 as headings count: 一, 十, 二十一. */
export function zhNumeral(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  const ten = tens === 0 ? '' : tens === 1 ? '十' : `${ZH_DIGITS[tens]}十`
  return tens > 9 ? String(number) : `${ten}${ZH_DIGITS[ones]}`
}

/** Sections with something to say, headed 一、二、三 or 1, 2, 3; in them （一）（二） or (1) (2) where the style numbers them. */
function numbered(memo: MemoContext, sections: readonly MemoSection[], numbersSubheadings: boolean): MemoSectionContent[] {
  let number = 0
  const withHeading = (section: MemoSection): MemoSectionContent[] => {
    const composed = section.compose(memo)
    const blocks = numbersSubheadings ? withSubnumbers(memo, composed) : composed
    if (blocks.length === 0) return []
    if (section.title === null) return [{ id: section.id, blocks }]
    number += 1
    const text = memo.say(`${zhNumeral(number)}、${section.title.zh}`, `${number}. ${section.title.en}`)
    return [{ id: section.id, blocks: [{ kind: 'heading', level: 1, text, id: section.id }, ...blocks] }]
  }
  return sections.flatMap(withHeading)
}

/** Headings of the second level with their numbers; pages of an atlas have their own. */
function withSubnumbers(memo: MemoContext, blocks: readonly Block[]): Block[] {
  let number = 0
  return blocks.map((block) => {
    if (block.kind !== 'heading' || block.level !== 2 || block.hasNumber === true) return block
    number += 1
    return { ...block, text: memo.say(`（${zhNumeral(number)}）${block.text}`, `(${number}) ${block.text}`) }
  })
}

const COVER_TITLE: Bilingual = { zh: '送审信息', en: 'What was reviewed' }

/** What a reviewer can choose from: kinds with their sections, styles, and every section there is. */
export function memoChoices(): MemoChoices {
  return {
    kinds: MEMO_KINDS.map(({ id, title, sections }) => ({ id, title, sections: [...sections] })),
    styles: MEMO_STYLES.map(({ id, title }) => ({ id, title })),
    sections: MEMO_SECTIONS.map(({ id, title }) => ({ id, title: title ?? COVER_TITLE })),
  }
}

/** Languages of the two composed documents, for callers that need one. */
export const mainLang = (lang: MemoLang): Lang => (lang === 'en' ? 'en' : 'zh')
