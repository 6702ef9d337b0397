import { escapeXml } from '../../map/svg.ts'
import { code, paragraph, run, type MemoContext, type MemoSection } from '../context.ts'
import type { Block } from '../document.ts'
import { memoKindOf } from '../memo-kinds.ts'
import { qrSvg } from '../qr.ts'
import { recordDate } from '../result.ts'
import { dayInWords } from '../words.ts'

const CODE_MM = 28

/** How anyone can check that figures and judgements are those of the record, and where the office signs. */
export const seal: MemoSection = {
  id: 'seal',
  title: { zh: '校验与签署', en: 'Seal and signature' },
  compose(memo) {
    const { result, say } = memo
    return [
      paragraph(
        run(
          say(
            '本意见所附 review.json 为完整评审记录。校验码为该记录规范化后的 SHA-256；用绿图“校验意见书”或命令 greenprint verify 可重新计算，并由测算值与评审意见重新推得全部等级与总分。',
            'The attached review.json is the complete review record. The seal is the SHA-256 of that record in canonical form; “Verify a memo” in Greenprint, or the command greenprint verify, recomputes it and derives every level and the total again from measurements and entries.',
          ),
        ),
      ),
      {
        kind: 'facts',
        rows: [{ label: say('校验码', 'Seal'), runs: [code(result.seal)] }, ...chainRow(memo), ...signingRows(memo)],
      },
      sealCode(memo),
    ]
  },
}

/** Whoever has the office's log can hold it against this: a log that was written anew has another hash here. */
const chainRow = ({ auditHead, say }: MemoContext): Extract<Block, { kind: 'facts' }>['rows'] =>
  auditHead === undefined
    ? []
    : [
        {
          label: say('审计链', 'Audit chain'),
          runs: [run(say(`第 ${auditHead.seq} 条 `, `entry ${auditHead.seq} `)), code(auditHead.hash)],
        },
      ]

function signingRows({ result, lang, options, say, inLang }: MemoContext): Extract<Block, { kind: 'facts' }>['rows'] {
  if (options.signing === false) return []
  const { signer } = memoKindOf(options.kind ?? 'special')
  const reviewer = result.review.reviewer === '' ? '—' : result.review.reviewer
  return [
    { label: say('审查人', 'Reviewer'), runs: [run(reviewer)] },
    { label: signer === undefined ? say('复核人', 'Checked by') : inLang(signer), runs: [run(' ')] },
    { label: say('日期', 'Date'), runs: [run(dayInWords(recordDate(result), lang))] },
    { label: say('（盖章处）', 'Office stamp'), runs: [run(' ')] },
  ]
}

/** What a scanned code says: which program checks it, and the whole seal. */
export const sealAddress = (seal: string): string => `greenprint:seal:${seal}`

/** The seal for a telephone's camera: a print can be held against the file that it came from. */
function sealCode({ result, say }: MemoContext): Block {
  const alt = say(`二维码，内容为校验码 ${result.seal}`, `QR code of the seal ${result.seal}`)
  const svg = qrSvg(sealAddress(result.seal), alt, escapeXml)
  return {
    kind: 'map',
    figure: { svg, widthMm: CODE_MM, heightMm: CODE_MM, caption: say('校验码二维码', 'The seal as a QR code'), alt },
  }
}
