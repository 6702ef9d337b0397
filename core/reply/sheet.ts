import { SEVERITY_WORDS } from '../memo/words.ts'
import { ADOPTION_WORDS } from '../review/adoption.ts'
import { ADOPTIONS, type Adoption } from '../review/finding.ts'
import { plainCell } from '../tables/workbook.ts'
import { inLang, LANGS, type Bilingual, type Lang } from '../text.ts'
import { keyParts, NO_ANSWERS, REPLY_FORMAT, type ReplyAnswers, type ReplyPack } from './pack.ts'
import type { ReadAnswer, ReplyHead } from './read.ts'

/** THE LIST of columns of the table to fill in, in their order; `isInput`: the applicant writes there. */
export const REPLY_COLUMNS: readonly { id: string; title: Bilingual; width: number; isInput?: true }[] = [
  { id: 'name', title: { zh: '编号', en: 'No.' }, width: 8 },
  { id: 'severity', title: { zh: '类别', en: 'Kind' }, width: 11 },
  { id: 'item', title: { zh: '清单项', en: 'Item' }, width: 8 },
  { id: 'text', title: { zh: '问题', en: 'Problem' }, width: 42 },
  { id: 'action', title: { zh: '补正要求', en: 'Requested change' }, width: 34 },
  { id: 'answer', title: { zh: '编制单位答复', en: 'Applicant’s answer' }, width: 46, isInput: true },
  { id: 'says', title: { zh: '办理情况', en: 'Outcome' }, width: 14, isInput: true },
  { id: 'key', title: { zh: '标识（请勿改动）', en: 'Key (leave as it is)' }, width: 14 },
]

/** Words of the sheet, of the form and of the screen that answers. */
export const REPLY_WORDS = {
  title: { zh: '补正事项答复表', en: 'Answers to the items to correct' },
  how: {
    zh: '请在“编制单位答复”和“办理情况”两列中填写，其余各列请勿改动；可以排序、增加列，未填写的视为尚未答复。填好后把文件交回审查单位。',
    en: 'Write in the columns “Applicant’s answer” and “Outcome” and leave the others as they are. Sorting and more columns do no harm; what stays empty counts as not answered yet. Send the file back when it is filled in.',
  },
  by: { zh: '答复单位', en: 'Answered by' },
  on: { zh: '答复日期', en: 'Date' },
} satisfies Record<string, Bilingual>

const MARK = 'GREENPRINT-REPLY'
const HEAD = /^GREENPRINT-REPLY\/(\d+);pack=([0-9a-f]{32});review=([0-9a-f-]{36});seal=([0-9a-f]{64});asked=([0-9a-f.]*)$/

/** One row of the sheet; `input` cells are unlocked. */
export interface SheetRow {
  kind: 'title' | 'text' | 'mark' | 'field' | 'head' | 'question'
  cells: string[]
}

/** The sheet as rows of text, to be written by whoever knows the file format. */
export function sheetRows(pack: ReplyPack, given: ReplyAnswers = NO_ANSWERS): SheetRow[] {
  const { lang } = pack
  const answers = new Map(given.answers.map((answer) => [answer.key, answer]))
  const asked = pack.questions.map(({ key }) => keyParts(key)?.memo ?? '').join('.')
  const mark = `${MARK}/${REPLY_FORMAT};pack=${pack.pack};review=${pack.review};seal=${pack.seal};asked=${asked}`
  const questions = pack.questions.map((question): SheetRow => {
    const answer = answers.get(question.key)
    const says = answer?.says ?? null
    return {
      kind: 'question',
      cells: [
        question.name,
        inLang(SEVERITY_WORDS[question.severity], lang),
        question.item ?? '',
        question.text,
        question.action,
        answer?.text ?? '',
        says === null ? '' : inLang(ADOPTION_WORDS[says], lang),
        question.key,
      ].map((cell) => String(plainCell(cell))),
    }
  })
  return [
    { kind: 'title', cells: [`${pack.plan} · ${inLang(REPLY_WORDS.title, lang)}`] },
    { kind: 'text', cells: [inLang(REPLY_WORDS.how, lang)] },
    { kind: 'mark', cells: [mark] },
    { kind: 'field', cells: ['', '', '', inLang(REPLY_WORDS.by, lang), given.by, inLang(REPLY_WORDS.on, lang), given.on ?? ''] },
    { kind: 'head', cells: REPLY_COLUMNS.map(({ title }) => inLang(title, lang)) },
    ...questions,
  ]
}

export const adoptionChoices = (lang: Lang): string[] => ADOPTIONS.map((one) => inLang(ADOPTION_WORDS[one], lang))

type Cells = readonly (string | number | boolean | null)[]

const plain = (cell: Cells[number] | undefined): string => (cell === null || cell === undefined ? '' : String(cell)).trim()

/** A heading as people and programs leave it: blanks, marks and case do not count. */
const bare = (text: string): string =>
  text
    .replace(/[\s：:*]/gu, '')
    .replaceAll('\u2019', "'")
    .toLowerCase()

const isTitle = (cell: Cells[number] | undefined, title: Bilingual): boolean =>
  LANGS.some((lang) => bare(plain(cell)) === bare(title[lang]))

/** What is wrong with a table as a whole. */
export type TableFault = 'no-mark' | 'newer' | 'no-answer-column'

export interface ReadTable {
  head: Omit<ReplyHead, 'plan'>
  asked: string[]
  by: string
  on: string | null
  answers: ReadAnswer[]
}

/**
 * Reads a filled table back, whatever a spreadsheet did to it: rows in another order, taken out or added, columns moved or added, text
 * before and after. Only headings and keys count.
 */
export function readTable(rows: readonly Cells[]): ReadTable | TableFault {
  const mark = rows
    .flat()
    .map(plain)
    .find((text) => text.startsWith(`${MARK}/`))
  const [, format, pack, review, seal, asked] = HEAD.exec(mark ?? '') ?? []
  if (mark !== undefined && Number(/^GREENPRINT-REPLY\/(\d+)/.exec(mark)?.[1]) > REPLY_FORMAT) return 'newer'
  if (format === undefined || pack === undefined || review === undefined || seal === undefined) return 'no-mark'
  const columnOf = columnFinder(rows)
  const answerAt = columnOf('answer')
  if (answerAt === -1) return 'no-answer-column'
  const at = { text: columnOf('text'), action: columnOf('action'), says: columnOf('says') }
  const answers = rows.flatMap((cells): ReadAnswer[] => {
    const key = cells.map(plain).find((cell) => keyParts(cell) !== null)
    if (key === undefined) return []
    const status = plain(cells[at.says])
    const says = adoptionOf(status)
    return [
      {
        key,
        text: plain(cells[answerAt]),
        says,
        ...(status !== '' && says === null && { oddStatus: status.slice(0, 100) }),
        asked: at.text === -1 || at.action === -1 ? null : { text: plain(cells[at.text]), action: plain(cells[at.action]) },
      },
    ]
  })
  return { head: { pack, review, seal }, asked: (asked ?? '').split('.').filter((one) => one !== ''), ...fieldsOf(rows), answers }
}

/** The row of headings is the one that names the answers. */
function columnFinder(rows: readonly Cells[]): (id: string) => number {
  const titleOf = (id: string): Bilingual => REPLY_COLUMNS.find((column) => column.id === id)?.title ?? { zh: '', en: '' }
  const head = rows.find((cells) => cells.some((cell) => isTitle(cell, titleOf('answer')))) ?? []
  return (id) => head.findIndex((cell) => isTitle(cell, titleOf(id)))
}

function fieldsOf(rows: readonly Cells[]): { by: string; on: string | null } {
  const valueOf = (title: Bilingual): string => {
    for (const cells of rows) {
      const found = cells.findIndex((cell) => isTitle(cell, title))
      if (found !== -1) return plain(cells[found + 1])
    }
    return ''
  }
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(valueOf(REPLY_WORDS.on)) ?? []
  const isDay = year !== undefined && month !== undefined && day !== undefined && Number(month) <= 12 && Number(day) <= 31
  return {
    by: valueOf(REPLY_WORDS.by).slice(0, 400),
    on: isDay ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null,
  }
}

/** The word for it in either language; what people write instead of it is none. */
const adoptionOf = (text: string): Adoption | null => ADOPTIONS.find((one) => isTitle(text, ADOPTION_WORDS[one])) ?? null
