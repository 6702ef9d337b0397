import * as z from 'zod'
import memoStylesFile from '../../resources/reference/memo-styles.json' with { type: 'json' }
import { CERTAINTIES } from '../checklist/schema.ts'

/** The two ways in which memos are set. */
export const MEMO_STYLE_IDS = ['technical', 'gbt9704'] as const
export type MemoStyleId = (typeof MEMO_STYLE_IDS)[number]

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const lengthMm = z.number().positive()
const sizePt = z.number().positive()

const face = z.enum(['sans', 'sans-bold', 'serif-bold'])

/** A font by its names in a word processor: only the names travel, and a computer without the first takes one of the others. */
const officeFont = z.strictObject({
  eastAsia: text.shape.zh,
  latin: z.string().min(1),
  instead: z.array(z.string().min(1)).min(1),
})

const memoStyle = z.strictObject({
  id: z.enum(MEMO_STYLE_IDS),
  title: text,
  source: z.string().min(1),
  certainty: z.enum(CERTAINTIES),
  page: z.strictObject({ widthMm: lengthMm, heightMm: lengthMm }),
  marginsMm: z.strictObject({ left: lengthMm, top: lengthMm, right: lengthMm, bottom: lengthMm }),
  sizesPt: z.strictObject({
    title: sizePt,
    heading1: sizePt,
    heading2: sizePt,
    body: sizePt,
    facts: sizePt,
    note: sizePt,
    table: sizePt,
    code: sizePt,
    pageNumber: sizePt,
  }),
  /** Lines of body text on a full page, where a grid is prescribed. */
  linesPerPage: z.number().int().positive().nullable(),
  charactersPerLine: z.number().int().positive().nullable(),
  /** Faces of headings of the first, second and third level. */
  headingFaces: z.tuple([face, face, face]),
  /** Whether headings of the second level are numbered （一）, (1) within their part. */
  numbersSubheadings: z.boolean(),
  pageNumber: z.enum(['of-total', 'between-dashes']),
  /** Whether headings and rules may be in colour. */
  colour: z.boolean(),
  /** Whether long documents begin with their contents. */
  contents: z.boolean(),
  /** Fonts of the copy that an office edits. */
  officeFonts: z.strictObject({
    title: officeFont,
    heading: officeFont,
    subheading: officeFont,
    body: officeFont,
    table: officeFont,
  }),
})

export type OfficeFont = z.infer<typeof officeFont>

/** One way of setting a memo; lengths in millimetres of paper, type in points. */
export type MemoStyle = Readonly<z.infer<typeof memoStyle>>

/** Shape of `resources/reference/memo-styles.json`. */
export const memoStylesSchema = z.strictObject({
  greenprint: z.literal('memo-styles/1'),
  note: text,
  styles: z.array(memoStyle).length(MEMO_STYLE_IDS.length),
})

const styles = memoStylesSchema.parse(memoStylesFile).styles

/** Every style, the default first. */
export const MEMO_STYLES: readonly MemoStyle[] = MEMO_STYLE_IDS.map(memoStyleOf)

/** The style of an id; throws a RangeError for one that the data file does not hold. */
export function memoStyleOf(id: MemoStyleId): MemoStyle {
  const found = styles.find((style) => style.id === id)
  if (found === undefined) throw new RangeError(`no memo style ${id}`)
  return found
}
