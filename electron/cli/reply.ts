import type { Output } from '#core/contract/procedures.ts'
import { REPLY_FORMATS, type ReplyView } from '#core/contract/reply-procedures.ts'
import { describeError, fromWire } from '#core/errors.ts'
import { isBringable, type ReplyState } from '#core/reply/match.ts'
import { done, misuse, required, text, type Command, type Outcome, type Surroundings, type Values } from './command.ts'
import { chooseReview } from './findings.ts'
import { withSession, type Session } from './session.ts'

const MOST_FILES = 100

const formatOf = (out: string) => {
  const format = REPLY_FORMATS.find((one) => out.toLowerCase().endsWith(`.${one}`))
  if (format === undefined)
    throw misuse(
      '文件名须以 .xlsx、.html 或 .greenprint-reply 结尾。',
      'The file’s name must end in .xlsx, .html or .greenprint-reply.',
    )
  return format
}

async function make(session: Session, wanted: string | undefined, values: Values, around: Surroundings): Promise<Outcome> {
  const out = required(values, 'out')
  const format = formatOf(out)
  const reviewId = await chooseReview(session, wanted, text(values, 'checklist'))
  const target = session.save(out)
  const file = await session.call('replies.make', { reviewId, findingIds: null, format, lang: around.lang, target })
  around.say({
    zh: `已写入 ${out}：${file.questions} 条意见待编制单位答复。`,
    en: `Wrote ${out}: ${file.questions} findings for the applicant to answer.`,
  })
  return done({ reviewId, format, questions: file.questions, file: out, sizeBytes: file.sizeBytes, sha256: file.sha256 })
}

/** One line of a file for people: how many of each state. */
function tell(view: ReplyView, around: Surroundings): void {
  const { here, fileName } = view
  if (here === undefined) {
    around.say({
      zh: `${fileName}：所答复的评审不在本目录库中（${view.head.plan}）。`,
      en: `${fileName}: the review that it answers is not in this catalogue (${view.head.plan}).`,
    })
    return
  }
  const count = (...states: ReplyState[]) => here.rows.filter(({ state }) => states.includes(state)).length
  const odd = count('foreign', 'unknown', 'locked', 'twice', 'too-long')
  around.say({
    zh: `${fileName}：可带入 ${here.rows.filter(isBringable).length} 条（其中 ${count('changed')} 条题面有改动），空 ${count('empty')} 条，已在本库 ${count('already')} 条，对不上 ${odd} 条，被删去 ${here.missing.length} 条。`,
    en: `${fileName}: ${here.rows.filter(isBringable).length} can be brought in (${count('changed')} with other words of the question), ${count('empty')} empty, ${count('already')} here already, ${odd} do not fit, ${here.missing.length} taken out.`,
  })
}

async function read(session: Session, files: readonly string[], isBringing: boolean, around: Surroundings): Promise<Outcome> {
  const looks = await session.call('replies.look', { files: session.files([...files]) })
  const receipts: Output<'replies.bring'>[] = []
  for (const [at, { view, problem }] of looks.entries()) {
    if (problem !== undefined) {
      if (looks.length === 1) throw fromWire(problem)
      const [zh, en] = [describeError(problem, 'zh'), describeError(problem, 'en')]
      around.say({ zh: `${zh.title}：${zh.cause}`, en: `${en.title}: ${en.cause}` })
    }
    if (view === undefined) continue
    tell(view, around)
    // One file, one step: each can be undone by itself.
    if (isBringing && view.here?.rows.some(isBringable))
      receipts.push(await session.call('replies.bring', { files: session.files([files[at] ?? '']), keys: null }))
  }
  for (const { fileName, brought } of receipts)
    around.say({ zh: `${fileName}：已带入 ${brought} 条答复。`, en: `${fileName}: ${brought} answers brought in.` })
  return {
    document: { files: looks, ...(isBringing && { brought: receipts }) },
    exitCode: looks.some(({ problem }) => problem) ? 4 : 0,
  }
}

/** Questions for the applicant, and the answers. */
export const reply: Command = {
  name: 'reply',
  usage: 'make [<plan>|<review>] -o F.xlsx|F.html|F.greenprint-reply | read <F>… [--bring]  --catalogue DIR',
  does: {
    zh: '把意见写成编制单位填写的答复表（表格、网页或答复包）；读回答复，逐条对上意见，--bring 带入评审',
    en: 'writes findings for the applicant to answer (table, page or pack); reads answers, matched to their findings, and brings them in with --bring',
  },
  options: {
    catalogue: { type: 'string' },
    checklist: { type: 'string' },
    out: { type: 'string', short: 'o' },
    bring: { type: 'boolean' },
  },
  positionals: [1, MOST_FILES],
  run([act = '', ...rest], values, around) {
    const catalogue = required(values, 'catalogue')
    if (act === 'make' && rest.length <= 1)
      return withSession(catalogue, around, (session) => make(session, rest[0], values, around))
    if (act === 'read' && rest.length > 0)
      return withSession(catalogue, around, (session) => read(session, rest, values['bring'] === true, around))
    throw misuse('请写 reply make 或 reply read <文件>…。', 'Write reply make, or reply read <file>….')
  },
}
