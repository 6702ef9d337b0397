import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { CancelSignal } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { SealedResult } from '#core/memo/seal.ts'
import type { PdfSignatures } from '#core/model/signature.ts'
import type { ReadReply } from '#core/reply/read.ts'
import { killableReader, type KillableReader, type ReaderDependencies } from '../basemap/killable-reader.ts'
import { fileError } from '../formats/read-file.ts'
import type { PreparedUpdate, SignatureWords } from '../sign/pdf-update.ts'
import { placeOf } from './member-place.ts'
import type { PackageRequest } from './package-process.ts'
import type { ReadPackage } from './package-reader.ts'
import type { PlanDataTables } from './plan-data.ts'

/** A package whose every byte was checked. Its files lie in the folder it was opened into until that is removed. */
export interface OpenedPackage extends ReadPackage {
  /** Where a member was put. */
  fileOf: (member: string) => string
}

/** Time and memory that someone else's package may take. */
export interface PackageBudgets {
  /** Resident memory at which a reading is given up, MB. */
  memoryMb: number
  /** For any package at all, ms; more for a large one, at a pace that a slow stick reaches. */
  patienceMs: number
  bytesPerMs: number
}

export const PACKAGE_BUDGETS: PackageBudgets = { memoryMb: 2048, patienceMs: 60_000, bytesPerMs: 4000 }

/** A process that is ready spares the next file half a second of starting. */
const IDLE_MS = 15_000

export interface PackageFiles {
  /** Opens into an empty folder. @throws AppError 'share.*', 'request.cancelled' */
  open(file: string, dir: string, passphrase: string | null, signal?: CancelSignal): Promise<OpenedPackage>
  /** The sealed record that a memo or a result carries. @throws AppError 'memo.*', 'share.unreadable' */
  record(file: string, signal?: CancelSignal): Promise<SealedResult>
  /** What a PDF or a page calls itself. @throws AppError 'share.unreadable', 'request.cancelled' */
  title(file: string, signal?: CancelSignal): Promise<string | null>
  /** Room for a signature behind a PDF. @throws AppError 'sign.pdf-unsound', 'share.unreadable', 'request.cancelled' */
  prepareSignature(
    file: string,
    shown: string,
    words: SignatureWords,
    bytes: number,
    signal?: CancelSignal,
  ): Promise<PreparedUpdate>
  /** The signatures of a PDF, checked against what the office trusts. @throws AppError 'memo.broken-record', 'share.unreadable' */
  signatures(file: string, roots: readonly string[], signal?: CancelSignal): Promise<PdfSignatures>
  /** An answered reply pack in any of its forms. @throws AppError 'reply.*', 'share.unreadable', 'request.cancelled' */
  reply(file: string, signal?: CancelSignal): Promise<ReadReply>
  /** @throws AppError 'share.refused', 'share.unreadable', 'request.cancelled' */
  checkPlanData(file: string, plan: PlanDataTables, of: { file: string; entry: string }, signal?: CancelSignal): Promise<void>
  close(): void
}

/** Other offices' packages: what is in them is only ever looked at by a process that can be killed. */
export function createPackageFiles(deps: ReaderDependencies, budgets = PACKAGE_BUDGETS): PackageFiles {
  type Reader = KillableReader<PackageRequest>
  let idle: { reader: Reader; timer: NodeJS.Timeout } | null = null
  const busy = new Set<Reader>()
  const take = (): Reader => {
    const ready = idle
    idle = null
    clearTimeout(ready?.timer)
    return ready?.reader ?? killableReader<PackageRequest>('package-process', budgets.memoryMb, deps)
  }
  const giveBack = (reader: Reader): void => {
    if (idle !== null) return reader.stop()
    const timer = setTimeout(() => {
      idle = null
      reader.stop()
    }, IDLE_MS)
    timer.unref()
    idle = { reader, timer }
  }

  /** One question to a process that nobody else is asking meanwhile: ending it ends only this. */
  async function ask(request: PackageRequest, signal: CancelSignal | undefined): Promise<unknown> {
    const cancelled = () => new AppError('request.cancelled', { procedure: 'share.look' })
    if (signal?.aborted) throw cancelled()
    const { size } = await stat(request.file).catch((error: unknown) => Promise.reject(fileError(error, request.shown)))
    const reader = take()
    busy.add(reader)
    const end = () => {
      if (busy.has(reader)) reader.stop()
    }
    signal?.addEventListener('abort', end, { once: true })
    try {
      return await reader.ask(request, budgets.patienceMs + size / budgets.bytesPerMs)
    } catch (error) {
      if (signal?.aborted) throw cancelled()
      // The process ran out of time or memory, or broke: there is no more to be known about such a file.
      if (error instanceof AppError && error.code === 'import.reader-crashed')
        throw new AppError('share.unreadable', { file: request.shown }, { cause: error })
      throw error
    } finally {
      busy.delete(reader)
      giveBack(reader)
    }
  }

  return {
    async open(file, dir, passphrase, signal) {
      // The child runs this very code.
      const read = (await ask({ ask: 'open', file, shown: path.basename(file), dir, passphrase }, signal)) as ReadPackage
      return { ...read, fileOf: (member) => placeOf(dir, member) }
    },
    async record(file, signal) {
      return (await ask({ ask: 'record', file, shown: path.basename(file) }, signal)) as SealedResult
    },
    async title(file, signal) {
      return (await ask({ ask: 'title', file, shown: path.basename(file) }, signal)) as string | null
    },
    async reply(file, signal) {
      return (await ask({ ask: 'reply', file, shown: path.basename(file) }, signal)) as ReadReply
    },
    async prepareSignature(file, shown, words, bytes, signal) {
      return (await ask({ ask: 'prepare-signature', file, shown, words, bytes }, signal)) as PreparedUpdate
    },
    async signatures(file, roots, signal) {
      return (await ask({ ask: 'signatures', file, shown: path.basename(file), roots }, signal)) as PdfSignatures
    },
    async checkPlanData(file, plan, of, signal) {
      await ask({ ask: 'plan-data', file, shown: of.file, plan, of }, signal)
    },
    close() {
      for (const reader of busy) reader.stop()
      clearTimeout(idle?.timer)
      idle?.reader.stop()
      idle = null
    },
  }
}
