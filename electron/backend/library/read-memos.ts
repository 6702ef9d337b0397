import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Checklist } from '#core/checklist/schema.ts'
import type { CancelSignal } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { kindOfTitle } from '#core/library/memo-kind.ts'
import { memoOfRecordAlone, memosOfOperations, type ReadFile } from '#core/library/read-memo.ts'
import type { MemoForm, ReadMemo, SignedState } from '#core/library/reading.ts'
import type { SealedResult } from '#core/memo/seal.ts'
import type { PdfSignatures } from '#core/model/signature.ts'
import { verifyRecord } from '../memo/verify.ts'
import type { OpenedPackage, PackageFiles } from '../share/package-files.ts'
import { hashOfFile } from '../share/package-writer.ts'

/** What reading memos needs: all of someone else's bytes are read by the package process. */
export interface ReadingDesk {
  packages: Pick<PackageFiles, 'open' | 'record' | 'title'>
  signaturesOf: (file: string, signal: CancelSignal) => Promise<PdfSignatures>
  findChecklist: (id: string, version: string) => Checklist | undefined
  tempDir: string
}

/** The form of a memo whose bytes are known to be sound. */
export function formOf(file: string, isPackage: boolean): MemoForm {
  const extension = path.extname(file).toLowerCase()
  if (isPackage) return extension === '.pdf' ? 'pdf' : 'package'
  return extension === '.pdf' ? 'pdf' : extension === '.json' ? 'json' : 'html'
}

/** Reviews of a file that was opened and found sound. */
export const memosOfOpened = (opened: Omit<OpenedPackage, 'fileOf'>): ReadMemo[] => {
  const { sha256, fileName, sizeBytes, ops, checklists, record } = opened
  return memosOfOperations({ sha256, fileName, sizeBytes, form: record ? 'pdf' : 'package' }, ops, checklists, record)
}

/** A record that was read without what else its file carries. */
export async function memoOfFile(file: string, record: SealedResult, find: ReadingDesk['findChecklist']): Promise<ReadMemo> {
  const { size } = await stat(file)
  const about: ReadFile = {
    sha256: await hashOfFile(file),
    fileName: path.basename(file),
    sizeBytes: size,
    form: formOf(file, false),
  }
  const { match, differences } = verifyRecord(record, find)
  const memo = memoOfRecordAlone(record, about, match ? 'match' : 'differs', find)
  return { ...memo, head: { ...memo.head, differsAt: match ? null : (differences[0]?.path ?? 'seal') } }
}

const signedState = ({ signatures, takenOut }: PdfSignatures): SignedState => ({
  state:
    takenOut > 0 || signatures.some(({ state }) => state !== 'valid') ? 'unsound' : signatures.length > 0 ? 'signed' : 'unsigned',
  by: signatures.map(({ certificate, name, field }) => certificate?.subject ?? name ?? field),
})

/**
 * The memos of one file, whatever its form. One whose record was changed is read all the same, and says so.
 * @throws AppError why there is nothing to be read
 */
export async function readMemos(
  desk: ReadingDesk,
  file: string,
  passphrase: string | null,
  signal: CancelSignal,
): Promise<ReadMemo[]> {
  const dir = path.join(desk.tempDir, `library-${randomUUID()}`)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  try {
    return await withMarks(desk, file, await opened(desk, file, dir, passphrase, signal), signal)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function opened(
  desk: ReadingDesk,
  file: string,
  dir: string,
  passphrase: string | null,
  signal: CancelSignal,
): Promise<ReadMemo[]> {
  try {
    return memosOfOpened(await desk.packages.open(file, dir, passphrase, signal))
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'request.cancelled') throw error
    const isBare = error.code === 'share.not-a-package' || error.code === 'share.memo-stripped'
    if (!isBare && path.extname(file).toLowerCase() !== '.pdf') throw error
    const record = await desk.packages.record(file, signal).catch((cause: unknown) => {
      throw isBare ? cause : error
    })
    const memo = await memoOfFile(file, record, desk.findChecklist)
    if (isBare || memo.head.sealState === 'differs') return [memo]
    // The pages' record is whole, what travels beside it is not.
    const { at, entry, where } = error.toWire().params as Record<string, unknown>
    const named = [at, entry, where].find((part) => typeof part === 'string') ?? error.code
    return [{ ...memo, head: { ...memo.head, sealState: 'differs', differsAt: String(named) } }]
  }
}

/** Which kind of document it is, and who signed it. */
async function withMarks(desk: ReadingDesk, file: string, memos: ReadMemo[], signal: CancelSignal): Promise<ReadMemo[]> {
  const form = memos[0]?.head.form
  if (form !== 'pdf' && form !== 'html') return memos
  const title = await desk.packages.title(file, signal)
  const kind = title === null ? null : kindOfTitle(title)
  const signed = form === 'pdf' ? { signed: signedState(await desk.signaturesOf(file, signal)) } : {}
  return memos.map((memo) => ({ ...memo, kind, head: { ...memo.head, ...signed } }))
}
