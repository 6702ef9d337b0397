import type { CancelSignal } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { FileTokens } from '../backend.ts'
import type { ReplyService } from '../reply/reply-service.ts'
import type { ShareService } from '../share/share-service.ts'
import type { Judgement } from './folder-watch.ts'

export interface JudgeDependencies {
  /** Opens without the library taking note: nobody has asked for these files yet. */
  shares: Pick<ShareService, 'look'>
  replies: Pick<ReplyService, 'look'>
  tokens: Pick<FileTokens, 'registerFiles' | 'forget'>
}

const NO_PACKAGE = 'share.not-a-package'
const quiet = () => undefined

/** What a file holds: a package, a memo, an applicant's answers, or nothing of these. Its name is never asked. */
export async function judgeFile(
  { shares, replies, tokens }: JudgeDependencies,
  file: string,
  signal: CancelSignal,
): Promise<Judgement> {
  const token = tokens.registerFiles([file])
  try {
    const call = { signal, progress: quiet }
    const [view] = await shares.look({ files: token, passphrase: null }, call)
    if (view && view.problem === undefined) return { kind: view.memo ? 'memo' : 'package', view }
    if (view?.problem && view.problem.code !== NO_PACKAGE) {
      // Any PDF may lie in a folder; one without a record was never a memo.
      if (view.problem.code === 'memo.not-a-memo' || view.problem.code === 'share.memo-stripped')
        return { kind: null, isOther: true }
      return { kind: view.problem.code.startsWith('memo.') ? 'memo' : 'package', problem: view.problem }
    }
    const [reply] = await replies.look({ files: token }, call)
    if (reply?.view) {
      const { head, by, here } = reply.view
      const ready = here?.rows.filter(({ state }) => state === 'ready').length ?? 0
      return { kind: 'reply', reply: { plan: head.plan, by, ready, isHere: here !== undefined } }
    }
    const isBroken = file.toLowerCase().endsWith('.greenprint')
    if (isBroken && view?.problem) return { kind: null, problem: view.problem }
    return { kind: null, isOther: true }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'request.cancelled') throw error
    return { kind: null, problem: error.toWire() }
  } finally {
    tokens.forget(token)
  }
}
