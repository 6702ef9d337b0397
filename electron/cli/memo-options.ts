import { MEMO_KIND_IDS } from '#core/memo/memo-kinds.ts'
import { MEMO_LANGS, type MemoLang, type MemoOptions } from '#core/memo/memo-options.ts'
import { MEMO_STYLE_IDS } from '#core/memo/memo-style.ts'
import { choice, text, type Surroundings, type Values } from './command.ts'

/** Flags with which a memo's kind, style, sections and letterhead are chosen. */
export const MEMO_OPTIONS = {
  kind: { type: 'string' },
  style: { type: 'string' },
  sections: { type: 'string' },
  'memo-lang': { type: 'string' },
  office: { type: 'string' },
  number: { type: 'string' },
  classification: { type: 'string' },
  addressee: { type: 'string' },
  watermark: { type: 'string' },
  'no-signing': { type: 'boolean' },
  'meeting-time': { type: 'string' },
  'meeting-place': { type: 'string' },
  experts: { type: 'string' },
} as const

/** What the usage line says of them. */
export const MEMO_USAGE = `[--kind ${MEMO_KIND_IDS.join('|')}] [--style ${MEMO_STYLE_IDS.join('|')}] [--sections ID,ID…] [--memo-lang ${MEMO_LANGS.join('|')}] [--office TEXT] [--number TEXT] [--classification TEXT] [--addressee TEXT] [--watermark TEXT] [--no-signing] [--meeting-time TEXT] [--meeting-place TEXT] [--experts TEXT]`

/** The language and the options that were given; a kind, style or language that does not exist is wrong usage. */
export function memoChoice(values: Values, around: Surroundings): { lang: MemoLang; options: MemoOptions } {
  const given = {
    kind: choice(values, 'kind', MEMO_KIND_IDS),
    style: choice(values, 'style', MEMO_STYLE_IDS),
    sections: text(values, 'sections')
      ?.split(/[,，]/)
      .map((id) => id.trim()),
    signing: values['no-signing'] === true ? false : undefined,
    office: text(values, 'office'),
    number: text(values, 'number'),
    classification: text(values, 'classification'),
    addressee: text(values, 'addressee'),
    watermark: text(values, 'watermark'),
    meetingTime: text(values, 'meeting-time'),
    meetingPlace: text(values, 'meeting-place'),
    experts: text(values, 'experts'),
  }
  const options: MemoOptions = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { lang: choice(values, 'memo-lang', MEMO_LANGS) ?? around.lang, options }
}
