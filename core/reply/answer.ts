import { ADOPTION_WORDS } from '../review/adoption.ts'
import type { Adoption, Remark } from '../review/finding.ts'
import { inLang, type Lang } from '../text.ts'

/** The applicant's last words on a finding. */
export interface Answer {
  text: string
  says: Adoption | null
  by: string
  /** Day that the file names; null where it names none. */
  on: string | null
}

/** What came back last in a file, of everything said under a finding; null when nothing did. */
export function lastAnswer(thread: readonly Remark[]): Answer | null {
  const remark = thread.findLast(({ reply }) => reply !== undefined)
  return remark?.reply === undefined ? null : { text: remark.text, says: remark.reply.says, by: remark.by, on: remark.reply.on }
}

/** "采纳：已补齐绿楔（青岚市规划设计院，2026-03-20）". Whole, as a memo prints it. */
export function answerText({ text, says, by, on }: Answer, lang: Lang): string {
  const [colon, open, close, comma] = lang === 'zh' ? ['：', '（', '）', '，'] : [': ', ' (', ')', ', ']
  const word = says === null ? '' : inLang(ADOPTION_WORDS[says], lang)
  const said = [word, text].filter((part) => part !== '').join(colon)
  return `${said}${open}${[by, on ?? ''].filter((part) => part !== '').join(comma)}${close}`
}
