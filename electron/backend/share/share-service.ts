import path from 'node:path'
import type { Checklist } from '#core/checklist/schema.ts'
import type { ConflictView, PackageView } from '#core/contract/share-procedures.ts'
import type { ExportedFile } from '#core/contract/exported-file.ts'
import type { CallContext, CancelSignal, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import { planDataName } from '#core/share/manifest.ts'
import type { SealedResult } from '#core/memo/seal.ts'
import type { PdfSignatures } from '#core/model/signature.ts'
import type { MergeReceipt } from '#core/share/receipt.ts'
import { bilingual } from '#core/text.ts'
import type { Actor } from '#db/actor.ts'
import { exportFile } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import type { FileTokens } from '../backend.ts'
import { bringFiles } from './bring-files.ts'
import { isVisibleConflict, nameOf } from './conflict-view.ts'
import { pathsOfToken, withOpened } from './opened-packages.ts'
import { checklistHash, packageContent, type PackageSource } from './package-content.ts'
import type { OpenedPackage, PackageFiles } from './package-files.ts'
import { writePackage, type PackageContent } from './package-writer.ts'

export interface ShareService {
  /** @throws AppError 'share.attachment-gone', 'share.plan-gone', 'share.weak-passphrase', 'request.cancelled' */
  export(input: Input<'share.export'>, call: CallContext): Promise<ExportedFile>
  look(input: Input<'share.look'>, call: CallContext): Promise<PackageView[]>
  /** @throws AppError 'share.*'; then nothing is merged */
  merge(input: Input<'share.merge'>, call: CallContext): Promise<MergeReceipt>
  /** Checks the files and puts what they bring in its place; nothing is merged yet. @throws AppError 'share.*' */
  prepare(input: Input<'share.merge'>, call: CallContext): Promise<PreparedMerge>
  receipts(): MergeReceipt[]
  conflicts(planId: PlanId | null): ConflictView[]
  /** @throws AppError 'share.no-such-conflict' */
  resolve(input: Input<'share.resolve'>): ConflictView[]
}

/** A merge that only has to be stored. */
export interface PreparedMerge {
  merge: () => MergeReceipt
  /** Enters each file in the audit log, once the merge is stored. */
  note: (receipt: MergeReceipt) => void
}

interface Dependencies extends PackageSource {
  packages: PackageFiles
  /** Who signed a memo. */
  signaturesOf?: (file: string, signal: CancelSignal) => Promise<PdfSignatures>
  tokens: FileTokens
  tempDir: string
  actor: () => Actor
  /** Told of a package that left in plain; what was locked stays so. */
  left?: (file: ExportedFile, content: PackageContent) => void
}

const PACKING = bilingual('正在打包', 'Packing')
const CHECKING = bilingual('正在核对评审包', 'Checking packages')

/** Where reviews leave for other offices and come back. */
export function createShareService(desk: Dependencies): ShareService {
  const { catalogue, tokens, actor } = desk

  const conflicts = (planId: PlanId | null): ConflictView[] =>
    (planId === null ? catalogue.plans.list().map(({ id }) => id) : [planId]).flatMap((id) =>
      catalogue.shared
        .conflicts([id])
        .filter((conflict) => isVisibleConflict(desk, conflict))
        .map((conflict) => ({ ...conflict, planId: id, name: nameOf(desk, conflict) })),
    )

  const prepare: ShareService['prepare'] = ({ files, passphrase }, call) =>
    withOpened(desk, passphrase, call.signal, async (opened) => {
      const paths = pathsOfToken(tokens, files)
      const packages: OpenedPackage[] = []
      for (const [at, file] of paths.entries()) {
        if (call.signal.aborted) throw new AppError('request.cancelled', { procedure: 'share.merge' })
        call.progress({ done: at, total: paths.length, label: CHECKING })
        packages.push(await opened(file))
      }
      const checklists = unknownChecklists(desk, packages)
      await bringFiles(desk, packages, call.signal)
      const parts = packages.map(({ fileName, sha256, manifest, ops }) => ({
        fileName,
        sha256,
        by: manifest.made.by,
        at: manifest.made.at,
        ops,
      }))
      return {
        merge: () => catalogue.commands.mergeOperations({ parts, checklists }, actor()).value,
        note: (receipt) => {
          for (const { sha256, manifest, ops } of packages)
            catalogue.audit.record({
              actor: actor(),
              action: 'package.opened',
              object: manifest.plans.at(-1)?.id ?? null,
              detail: { fileSha256: sha256, operations: ops.length, receipt: receipt.id },
            })
        },
      }
    })

  return {
    async export({ planId, withPlan, passphrase, target }, call) {
      const plan = catalogue.plans.get(planId)
      const content = packageContent(desk, planId, withPlan, actor())
      const leaving = {
        target,
        fileName: exportName(plan.nameZh ?? plan.name, 'review.greenprint'),
        action: 'package.exported',
        object: planId,
        detail: {
          operations: content.manifest.counts.operations,
          findings: content.manifest.counts.findings,
          withPlan: withPlan ? 1 : 0,
          encrypted: passphrase === null ? 0 : 1,
        },
      }
      let done = 0
      const file = await exportFile(desk, leaving, call, (target) =>
        writePackage(target, content, {
          passphrase,
          isCancelled: () => call.signal.aborted,
          wrote: (bytes) => call.progress({ done: (done += bytes), total: 0, label: PACKING }),
        }),
      )
      if (passphrase === null) desk.left?.(file, content)
      return file
    },

    look: ({ files, passphrase }, { signal }) =>
      withOpened(desk, passphrase, signal, async (opened) => {
        const views: PackageView[] = []
        for (const file of pathsOfToken(tokens, files)) views.push(await viewOf(desk, file, opened, signal))
        return views
      }),

    async merge(input, call) {
      const { merge, note } = await prepare(input, call)
      const receipt = merge()
      note(receipt)
      return receipt
    },
    prepare,

    receipts: () => catalogue.records.all('merge').toSorted((a, b) => (a.at < b.at ? 1 : -1)),
    conflicts,
    resolve({ planId, conflictId, side }) {
      if (!conflicts(planId).some(({ id }) => id === conflictId)) throw new AppError('share.no-such-conflict', {})
      catalogue.commands.resolveConflict(planId, conflictId, side, actor())
      return conflicts(planId)
    },
  }
}

/** What a memo says at a glance, without the plan. */
const glance = ({ review, seal, checklist, findings }: SealedResult): NonNullable<PackageView['memo']> => ({
  reviewer: review.reviewer,
  seal,
  total: checklist.total,
  opinion: checklist.opinion.title,
  findings: findings
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ id, number, origin, severity, item, text }) => ({
      id,
      number,
      ...(origin !== undefined && { origin }),
      severity,
      item,
      text,
    })),
})

/** One chosen file: what it holds, or why it is refused. Another's fault is not this one's. */
async function viewOf(
  desk: Dependencies,
  file: string,
  opened: (file: string) => Promise<OpenedPackage>,
  signal: CancelSignal,
): Promise<PackageView> {
  const fileName = path.basename(file)
  try {
    const { manifest, ops, sha256, isEncrypted, sizeBytes, record } = await opened(file)
    const known = new Set(desk.catalogue.shared.sharedOperations(manifest.plans.map(({ id }) => id)).map(({ id }) => id))
    return {
      fileName,
      sizeBytes,
      isEncrypted,
      ...(record && { memo: { ...glance(record), ...(await signedBy(desk, file, signal)) } }),
      content: {
        sha256,
        engine: manifest.engine,
        made: manifest.made,
        plans: manifest.plans.map((plan) => ({
          ...plan,
          isKnown: desk.catalogue.plans.find(plan.id as PlanId) !== undefined,
          hasData: manifest.members.some(({ name }) => name === planDataName(plan.gpkgSha256)),
        })),
        checklists: manifest.checklists.map(({ id, version, title }) => ({ id, version, title })),
        counts: manifest.counts,
        fresh: ops.filter(({ id }) => !known.has(id)).length,
      },
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const isEncrypted = ['share.passphrase-needed', 'share.wrong-passphrase', 'share.tampered'].includes(error.code)
    return { fileName, sizeBytes: 0, isEncrypted, problem: error.toWire() }
  }
}

async function signedBy({ signaturesOf }: Dependencies, file: string, signal: CancelSignal) {
  return signaturesOf === undefined ? {} : { signatures: await signaturesOf(file, signal) }
}

/** Versions that are not known here. One that is known must say the same. @throws AppError 'share.checklist-differs' */
export function unknownChecklists(
  { checklists }: Pick<PackageSource, 'checklists'>,
  packages: readonly OpenedPackage[],
): Checklist[] {
  const unknown = new Map<string, Checklist>()
  for (const checklist of packages.flatMap((one) => one.checklists)) {
    const { id, version } = checklist
    const key = `${id}@${version}`
    const here = unknown.get(key) ?? findVersion(checklists, id, version)
    if (here === undefined) unknown.set(key, checklist)
    else if (checklistHash(here) !== checklistHash(checklist))
      throw new AppError('share.checklist-differs', { checklist: id, version })
  }
  return [...unknown.values()]
}

function findVersion(checklists: PackageSource['checklists'], id: string, version: string): Checklist | undefined {
  try {
    return checklists.version(id, version)
  } catch (error) {
    // Not known here: it comes with the package.
    if (error instanceof AppError && error.code === 'checklist.unknown') return undefined
    throw error
  }
}
