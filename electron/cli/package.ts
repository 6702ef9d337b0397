import { readFileSync } from 'node:fs'
import { AppError, describeError, fromWire, type ErrorCode } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import { done, misuse, required, text, type Command, type Outcome, type Surroundings, type Values } from './command.ts'
import { choosePlan } from './review-steps.ts'
import { withSession, type Session } from './session.ts'

/** A passphrase never stands on the command line, where every process could read it. @throws AppError `import.file-missing` */
export function passphraseOf(values: Values): string | null {
  const file = text(values, 'passphrase-file')
  if (file === undefined) return null
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new AppError('import.file-missing', { file }, { cause })
  }
  const passphrase = content.replace(/\r?\n$/, '')
  if (passphrase === '') throw misuse('口令文件是空的。', 'The passphrase file is empty.')
  return passphrase
}

/** Writes a review for another office. */
export const packageStep: Command = {
  name: 'package',
  usage: '[<plan>] -o FILE.greenprint --catalogue DIR [--with-plan] [--passphrase-file FILE]',
  does: {
    zh: '把规划的评审打成一个评审包，可含规划数据，可用口令加密',
    en: 'writes a plan’s reviews as one package, with its data and encrypted where asked',
  },
  options: {
    out: { type: 'string', short: 'o' },
    catalogue: { type: 'string' },
    'with-plan': { type: 'boolean' },
    'passphrase-file': { type: 'string' },
  },
  positionals: [0, 1],
  run([plan], values, around) {
    const out = required(values, 'out')
    if (!out.endsWith('.greenprint')) throw misuse('文件名须以 .greenprint 结尾。', 'The file’s name must end in .greenprint.')
    const passphrase = passphraseOf(values)
    return withSession(required(values, 'catalogue'), around, async (session) => {
      const planId = await choosePlan(session, plan)
      const withPlan = values['with-plan'] === true
      const file = await session.call('share.export', { planId, withPlan, passphrase, target: session.save(out) })
      const [view] = await session.call('share.look', { files: session.files([out]), passphrase })
      const counts = view?.content?.counts
      around.say({
        zh: `已写入 ${file.fileName}：${counts?.findings ?? 0} 条意见，${counts?.operations ?? 0} 项操作，${file.sizeBytes} 字节。`,
        en: `Wrote ${file.fileName}: ${counts?.findings ?? 0} findings, ${counts?.operations ?? 0} operations, ${file.sizeBytes} bytes.`,
      })
      return done({
        planId,
        withPlan,
        encrypted: passphrase !== null,
        file: out,
        sizeBytes: file.sizeBytes,
        sha256: file.sha256,
        counts,
      })
    })
  },
}

const NOT_JUDGED: readonly ErrorCode[] = [
  'share.passphrase-needed',
  'share.wrong-passphrase',
  'share.newer',
  'share.not-a-package',
]

/** A package is sound when every byte is what its manifest says and every operation is one that a review can hold. */
export async function verifyPackage(
  session: Session,
  files: FileToken,
  passphrase: string | null,
  around: Surroundings,
): Promise<Outcome> {
  const [view] = await session.call('share.look', { files, passphrase })
  // What cannot be judged here is refused, not called unsound.
  if (view?.problem && NOT_JUDGED.includes(view.problem.code)) throw fromWire(view.problem)
  const match = view?.problem === undefined
  around.say(
    match ? { zh: '评审包完好。', en: 'The package is sound.' } : { zh: '评审包有误。', en: 'The package is not sound.' },
  )
  if (view?.problem) {
    const [zh, en] = [describeError(view.problem, 'zh'), describeError(view.problem, 'en')]
    around.say({ zh: `${zh.title}：${zh.cause}`, en: `${en.title}: ${en.cause}` })
  }
  return { document: { match, ...view }, exitCode: match ? 0 : 4 }
}
