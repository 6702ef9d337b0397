import type { Attachment } from '../../review/attachment.ts'
import type { Block, Cell } from '../document.ts'
import {
  cell,
  code,
  headCells,
  muted,
  paragraph,
  rightCell,
  run,
  type AttachedFile,
  type MemoContext,
  type MemoSection,
} from '../context.ts'
import { dayInWords, itemTitle } from '../words.ts'

/** More pictures than this make a book; the rest is listed with its hash like every other file. */
const MOST_PICTURES = 40

/** What was attached to items and findings: pictures of the map as they were taken, and every file by its hash. */
export const attachments: MemoSection = {
  id: 'attachments',
  title: { zh: '附件与地图截图', en: 'Attachments and map pictures' },
  compose(memo) {
    const { say, attached = [] } = memo
    if (attached.length === 0) return []
    const pictures = attached.filter(({ picture }) => picture !== null)
    const shown = pictures.slice(0, MOST_PICTURES)
    const rest = pictures.length - shown.length
    return [
      {
        kind: 'table',
        caption: say(`附件清单（${attached.length} 件）`, `Attachments (${attached.length})`),
        head: headCells(
          say('所属', 'Belongs to'),
          say('名称与说明', 'Name and caption'),
          say('大小', 'Size'),
          say('SHA-256（文件指纹）', 'SHA-256 of the file'),
        ),
        rows: attached.map((one) => fileRow(one, memo)),
        widths: [24, 36, 10, 30],
      },
      ...shown.map((one, index) => pictureBlock(one, index + 1, memo)),
      ...(rest > 0
        ? [
            paragraph(
              muted(
                say(`另有 ${rest} 张截图未收入本文件，见上表。`, `${rest} more pictures are not printed here; see the table.`),
              ),
            ),
          ]
        : []),
    ]
  },
}

function placeOf({ item, findingId }: Attachment, memo: MemoContext): string {
  const finding = memo.result.findings.find(({ id }) => id === findingId)
  if (finding !== undefined) return memo.say(`意见 ${finding.number}`, `Finding ${finding.number}`)
  const judged = memo.items.find((one) => one.item.id === item)
  return judged === undefined ? (item ?? memo.say('整体', 'The review')) : itemTitle(judged.item, memo)
}

/** A picture of the map is named by what it is; the file name is the machine's. */
const nameOf = ({ kind, name, caption }: Attachment, { say }: MemoContext): string =>
  kind === 'snapshot' ? (caption === '' ? say('地图截图', 'Map picture') : caption) : name

function fileRow({ attachment }: AttachedFile, memo: MemoContext): Cell[] {
  const { kind, caption, sizeBytes, sha256, by, at } = attachment
  const more = kind === 'file' && caption !== '' ? [run(`\n${caption}`)] : []
  return [
    cell(placeOf(attachment, memo)),
    cell(nameOf(attachment, memo), ...more, muted(`\n${authorOf(by, at, memo)}`)),
    rightCell(sizeText(sizeBytes)),
    cell(code(sha256)),
  ]
}

const authorOf = (by: string, at: string, { lang }: MemoContext): string =>
  [...(by === '' ? [] : [by]), dayInWords(at, lang)].join(lang === 'zh' ? '，' : ', ')

/** Decimal units, as file managers count. */
function sizeText(bytes: number): string {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${['B', 'KB', 'MB', 'GB'][power] ?? ''}`
}

function pictureBlock({ attachment, picture }: AttachedFile, number: number, memo: MemoContext): Block {
  const { id, sha256, by, at } = attachment
  const what = `${placeOf(attachment, memo)}${memo.say('：', ': ')}${nameOf(attachment, memo)}`
  return {
    kind: 'picture',
    picture: {
      attachmentId: id,
      sha256,
      widthPx: picture?.widthPx ?? 1,
      heightPx: picture?.heightPx ?? 1,
      caption: memo.say(
        `截图 ${number}　${what}（${authorOf(by, at, memo)}）`,
        `Picture ${number}. ${what} (${authorOf(by, at, memo)})`,
      ),
      alt: memo.say(`${what}的地图截图`, `Picture of the map: ${what}`),
    },
  }
}
