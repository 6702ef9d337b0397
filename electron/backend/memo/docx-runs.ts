import { TextRun, type IRunOptions } from 'docx'
import type { Run } from '#core/memo/document.ts'
import { LANGUAGE_TAGS, languageParts } from '#core/memo/language-parts.ts'
import { COLOURS } from './pdf-style.ts'
import { colour, halfPoints, type DocxLook } from './docx-look.ts'

/** Runs as text and nothing else: each stretch in its language, line ends as breaks. Fields, links and formulas cannot come of them. */
export function docxRuns(runs: readonly Run[], look: DocxLook, more: IRunOptions = {}): TextRun[] {
  return runs.flatMap((run) => {
    const marks: IRunOptions = {
      ...more,
      ...(run.strong === true ? { bold: true } : {}),
      ...(run.muted === true ? { color: colour(COLOURS.muted) } : {}),
      ...(run.code === true
        ? { size: halfPoints(look.style.sizesPt.code + 1), color: colour(COLOURS.muted), noProof: true }
        : {}),
    }
    const parts = run.code === true ? [{ text: run.text, lang: null }] : languageParts(run.text, look.lang)
    return parts.flatMap(({ text, lang }) => {
      const language =
        lang === null
          ? {}
          : { language: lang === 'zh' ? { eastAsia: LANGUAGE_TAGS.zh } : { value: LANGUAGE_TAGS.en, eastAsia: LANGUAGE_TAGS.en } }
      return text
        .split('\n')
        .map((line, index) => new TextRun({ text: line, ...(index > 0 ? { break: 1 } : {}), ...marks, ...language }))
    })
  })
}

/** One plain text. */
export const docxText = (text: string, look: DocxLook, more: IRunOptions = {}): TextRun[] => docxRuns([{ text }], look, more)
