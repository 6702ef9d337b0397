import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { AppError, describeError } from '#core/errors.ts'
import { formDataOf } from '#core/reply/form.ts'
import { keyParts, packId, replyForm, REPLY_FORMAT, type ReplyForm } from '#core/reply/pack.ts'
import type { ReadReply } from '#core/reply/read.ts'
import { readTable, type TableFault } from '#core/reply/sheet.ts'
import { bilingual } from '#core/text.ts'
import { without } from '#core/without.ts'
import { csvOptions, detectDelimiter } from '../formats/csv-dialect.ts'
import type { SourceValue } from '../formats/format.ts'
import { decodedText, textEncoding } from '../formats/text-encoding.ts'
import { unpack } from '../formats/unpack.ts'
import { readDateStyles, readRelations, readSharedStrings, readSheet, readWorkbook, type Part } from '../formats/xlsx-parts.ts'
import { openReplyArchive, replyJson } from './reply-archive.ts'

/** Answers are words; what is larger is something else. */
const MOST_BYTES = 32 * 2 ** 20
/** Rows of a table with questions, and whatever people write around them. */
const MOST_ROWS = 20_000
const MOST_SHEETS = 20
const WANTED = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/i

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

type Content = Omit<ReadReply, 'fileName' | 'sizeBytes' | 'sha256'>
type Rows = readonly SourceValue[][]

const refused = (file: string, zh: string, en: string, cause?: unknown): AppError =>
  new AppError('reply.refused', { file, problem: bilingual(zh, en) }, { cause })

/**
 * Reads an answered pack in whichever form it came back: workbook, table that was saved as text, saved page, archive. Runs only in the
 * package process. @throws AppError 'reply.*'
 */
export async function readReply(file: string, stagingDir: string): Promise<ReadReply> {
  const fileName = path.basename(file)
  const { size } = await stat(file)
  if (size > MOST_BYTES) throw refused(fileName, '文件过大', 'it is too large')
  const bytes = await readFile(file)
  const dir = mkdtempSync(path.join(stagingDir, 'reply-'))
  for (const part of ['archive', 'book']) mkdirSync(path.join(dir, part))
  try {
    const content = await contentOf(file, fileName, bytes, dir)
    return { fileName, sizeBytes: size, sha256: createHash('sha256').update(bytes).digest('hex'), ...content }
  } catch (error) {
    throw asRefusal(error, fileName)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function contentOf(file: string, shown: string, bytes: Buffer, dir: string): Promise<Content> {
  if (bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) {
    const archive = await openReplyArchive(file, shown, path.join(dir, 'archive'))
    if (archive !== null)
      return fromForm({ pack: replyJson(archive.pack, shown), answers: replyJson(archive.answers, shown) }, shown, 'package')
    return fromTable(await workbookRows(file, shown, path.join(dir, 'book')), shown, 'xlsx')
  }
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === 0xd0cf11e0)
    throw refused(
      shown,
      '旧版 .xls 或加密的工作簿不能读取，请另存为 .xlsx',
      'an old .xls or an encrypted workbook is not read: save it as .xlsx',
    )
  const text = textOf(file, shown)
  if (/^\s*<(!doctype|html)/i.test(text)) {
    const data = formDataOf(text)
    if (data === null) throw new AppError('reply.not-a-reply', { file: shown })
    return fromForm(replyJson(data, shown), shown, 'html')
  }
  if (!text.includes('GREENPRINT-REPLY')) throw new AppError('reply.not-a-reply', { file: shown })
  return fromTable(csvRows(text), shown, 'csv')
}

const textOf = (file: string, shown: string): string =>
  [...decodedText(file, shown, textEncoding(file, shown, null).label, () => undefined)].join('').replace(/^\ufeff/, '')

function csvRows(text: string): Rows {
  const { value } = detectDelimiter(text.slice(0, 2 ** 18), text.length <= 2 ** 18)
  return parse(text, { ...csvOptions(value), info: false, to: MOST_ROWS }) as unknown as string[][]
}

/** All sheets one after the other: people move tables about. */
async function workbookRows(file: string, shown: string, dir: string): Promise<Rows> {
  const { entries } = await unpack(file, shown, dir, (name) => WANTED.test(name))
  const places = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry.path]))
  const part = (name: string): Part | null => {
    const found = places.get(name.toLowerCase())
    return found === undefined ? null : { path: found, shown }
  }
  const [book, relations] = [part('xl/workbook.xml'), part('xl/_rels/workbook.xml.rels')]
  if (book === null || relations === null) throw new AppError('reply.not-a-reply', { file: shown })
  const { sheets, is1904 } = readWorkbook(book)
  const targets = readRelations(relations)
  const [strings, styles] = [part('xl/sharedStrings.xml'), part('xl/styles.xml')]
  const shared = { strings: strings ? readSharedStrings(strings) : [], dateStyles: styles ? readDateStyles(styles) : [], is1904 }
  const rows: SourceValue[][] = []
  for (const { relation } of sheets.slice(0, MOST_SHEETS)) {
    const sheet = part(`xl/${targets.get(relation) ?? ''}`)
    if (sheet === null) continue
    readSheet(sheet, shared, (_, cells) => {
      if (rows.length >= MOST_ROWS) throw refused(shown, '行数过多', 'it has too many rows')
      rows.push(cells.slice())
    })
  }
  return rows
}

const FAULTS: Record<TableFault, (file: string) => AppError> = {
  'no-mark': (file) => new AppError('reply.not-a-reply', { file }),
  newer: (file) => new AppError('reply.newer', { file, known: REPLY_FORMAT }),
  'no-answer-column': (file) => new AppError('reply.no-answers', { file }),
}

function fromTable(rows: Rows, shown: string, form: 'xlsx' | 'csv'): Content {
  const read = readTable(rows)
  if (typeof read === 'string') throw FAULTS[read](shown)
  const { head, ...rest } = read
  return { form, head: { ...head, plan: '' }, ...rest, questions: null }
}

function fromForm(json: unknown, shown: string, form: 'html' | 'package'): Content {
  const checked = replyForm.safeParse(json)
  if (!checked.success) {
    const format = (json as { pack?: { format?: unknown } } | null)?.pack?.format
    if (typeof format === 'number' && format > REPLY_FORMAT)
      throw new AppError('reply.newer', { file: shown, known: REPLY_FORMAT })
    throw refused(shown, '数据不合规', 'its data are not what answers can be', checked.error)
  }
  const { pack, answers }: ReplyForm = checked.data
  if (packId(without(pack, 'pack'), sha256) !== pack.pack) throw new AppError('reply.changed', { file: shown })
  const given = new Map(answers.answers.map((answer) => [answer.key, answer]))
  const keys = new Set(pack.questions.map(({ key }) => key))
  if (keys.size < pack.questions.length || given.size < answers.answers.length || [...given.keys()].some((key) => !keys.has(key)))
    throw new AppError('reply.changed', { file: shown })
  return {
    form,
    head: { pack: pack.pack, review: pack.review, seal: pack.seal, plan: pack.plan },
    by: answers.by,
    on: answers.on,
    answers: pack.questions.map(({ key, text, action }) => {
      const answer = given.get(key)
      return { key, text: answer?.text.trim() ?? '', says: answer?.says ?? null, asked: { text, action } }
    }),
    asked: pack.questions.map(({ key }) => keyParts(key)?.memo ?? ''),
    questions: pack,
  }
}

/** What the readers of formats say becomes a refusal of the answers; a bug stays one. */
function asRefusal(error: unknown, file: string): unknown {
  if (error instanceof AppError) {
    if (error.code.startsWith('reply.')) return error
    const [zh, en] = [describeError(error.toWire(), 'zh').cause, describeError(error.toWire(), 'en').cause]
    return refused(file, zh.replace(/[。.]$/u, ''), en.replace(/\.$/, ''), error)
  }
  if (error instanceof Error && error.constructor.name === 'CsvError')
    return refused(file, '引号没有成对', 'its quotes do not pair', error)
  return error
}
