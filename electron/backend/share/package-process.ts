import { readFile } from 'node:fs/promises'
import { answerRequests, type Asked } from '../basemap/answer-requests.ts'
import type { SignatureWords } from '../sign/pdf-update.ts'
import { readTitle } from '../library/read-title.ts'
import { readRecord } from '../memo/verify.ts'
import { readReply } from '../reply/read-reply.ts'
import { openPackage } from './package-reader.ts'
import { assertPlanData, type PlanDataTables } from './plan-data.ts'

/** What the backend asks of the package process. */
export type PackageRequest = { file: string; shown: string } & (
  | { ask: 'open'; dir: string; passphrase: string | null }
  | { ask: 'record' }
  | { ask: 'title' }
  | { ask: 'prepare-signature'; words: SignatureWords; bytes: number }
  | { ask: 'signatures'; roots: readonly string[] }
  | { ask: 'reply' }
  | { ask: 'plan-data'; plan: PlanDataTables; of: { file: string; entry: string } }
)

/**
 * The killable process that takes other offices' packages and memos and applicants' answers apart: archive, cipher, PDF, JSON, tables, and
 * the databases of plans in them.
 */
answerRequests<Asked & PackageRequest>(async (request) => {
  if (request.ask === 'open') return openPackage(request.file, request.dir, request.passphrase)
  if (request.ask === 'record') return readRecord(request.file)
  if (request.ask === 'title') return readTitle(request.file)
  if (request.ask === 'prepare-signature') {
    const { prepareFile } = await import('../sign/prepare-signature.ts')
    return prepareFile(request.file, request.shown, request.words, request.bytes)
  }
  if (request.ask === 'signatures') {
    const { readSignatures } = await import('../sign/pdf-signatures.ts')
    return readSignatures(await readFile(request.file), request.shown, request.roots)
  }
  if (request.ask === 'reply') return readReply(request.file, request.stagingDir)
  return assertPlanData(request.file, request.plan, request.of)
})
