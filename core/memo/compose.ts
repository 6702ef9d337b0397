import type { Lang } from '../text.ts'
import { memoContext, type MemoContext, type MemoInput, type MemoSection } from './context.ts'
import type { MemoDocument, MemoSectionContent } from './document.ts'
import { MEMO_SECTIONS } from './index.ts'
import { memoTitle, planName } from './plan-words.ts'
import { recordDate } from './result.ts'
import { dayInWords } from './words.ts'

const ZH_NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五']

/** Composes the memo as plain data. Screen, PDF, HTML and command line render exactly this; the same input gives the same document. */
export function composeMemo(input: MemoInput, lang: Lang): MemoDocument {
  const memo = memoContext(input, lang)
  const { result } = input
  const date = recordDate(result)
  return {
    schema: 'memo-document/1',
    lang,
    title: memoTitle(result, lang),
    subtitle: memo.say(
      `依据：${memo.inLang(input.checklist.title)}（${input.checklist.version}）`,
      `Against: ${memo.inLang(input.checklist.title)} (${input.checklist.version})`,
    ),
    footer: `${planName(result, lang)} · ${dayInWords(date, lang)} · ${result.seal.slice(0, 12)}`,
    author: result.review.reviewer === '' ? 'Greenprint' : result.review.reviewer,
    date,
    sections: numbered(memo),
    seal: result.seal,
  }
}

/** Sections with something to say, headed 一、二、三 or 1, 2, 3. */
function numbered(memo: MemoContext): MemoSectionContent[] {
  let number = 0
  const withHeading = (section: MemoSection): MemoSectionContent[] => {
    const blocks = section.compose(memo)
    if (blocks.length === 0) return []
    if (section.title === null) return [{ id: section.id, blocks }]
    number += 1
    const text = memo.say(`${ZH_NUMERALS[number - 1] ?? number}、${section.title.zh}`, `${number}. ${section.title.en}`)
    return [{ id: section.id, blocks: [{ kind: 'heading', level: 1, text, id: section.id }, ...blocks] }]
  }
  return MEMO_SECTIONS.flatMap(withHeading)
}
