import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { CancelSignal } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { foldAll } from '#core/share/fold.ts'
import { attachmentName, planDataName } from '#core/share/manifest.ts'
import { bilingual } from '#core/text.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { OpenedPackage, PackageFiles } from './package-files.ts'
import { syncFolder } from './package-writer.ts'

interface Ground {
  catalogue: Pick<Catalogue, 'paths' | 'layers'>
  gpkgPath: (sha256: string) => string
  packages: PackageFiles
}

/**
 * Puts plans' data and attachments in their places before the merge is committed; after a kill in between, the next start clears them
 * away. @throws AppError 'share.plan-data-missing', 'share.refused'
 */
export async function bringFiles(
  { catalogue, gpkgPath, packages: files }: Ground,
  packages: readonly OpenedPackage[],
  signal: CancelSignal,
): Promise<void> {
  const brought = new Map<string, string>()
  /** A file may come with any of them: a memo without the plan beside a package with it. */
  const holderOf = (entry: string): OpenedPackage | undefined =>
    packages.find(({ manifest }) => manifest.members.some(({ name }) => name === entry))
  const checked = new Set<string>()
  for (const { ops, fileName } of packages) {
    const subjects = [...foldAll(ops).values()].filter(({ isThere }) => isThere)
    const valuesOf = <T>(entity: 'plan' | 'layer' | 'attachment'): T[] =>
      subjects.filter((subject) => subject.entity === entity).map(({ value }) => value as unknown as T)
    for (const plan of valuesOf<Plan>('plan')) {
      const target = gpkgPath(plan.gpkgSha256)
      const isHere = existsSync(target)
      const entry = planDataName(plan.gpkgSha256)
      const holder = isHere ? undefined : holderOf(entry)
      const file = isHere ? target : holder?.fileOf(entry)
      if (file === undefined) throw new AppError('share.plan-data-missing', { plan: plan.nameZh ?? plan.name })
      const known = new Set<string>(catalogue.layers.ofPlan(plan.id).map(({ id }) => id))
      const layers = valuesOf<Layer>('layer').filter(({ planId, id }) => planId === plan.id && !(isHere && known.has(id)))
      const { crs, frame } = plan
      const question = JSON.stringify([file, crs, frame, layers])
      // A layer that is new here must be in the data, also where the data is here already.
      if ((layers.length > 0 || !isHere) && !checked.has(question))
        await files.checkPlanData(file, { crs, frame, layers }, { file: holder?.fileName ?? fileName, entry }, signal)
      checked.add(question)
      if (!isHere) brought.set(target, file)
    }
    for (const { sha256 } of valuesOf<{ sha256: string }>('attachment')) {
      const target = path.join(catalogue.paths.attachmentsDir, sha256)
      const entry = attachmentName(sha256)
      if (existsSync(target)) continue
      const file = holderOf(entry)?.fileOf(entry)
      if (file === undefined)
        throw new AppError('share.refused', {
          file: fileName,
          entry,
          problem: bilingual('包内缺少该附件', 'the package does not hold it'),
        })
      brought.set(target, file)
    }
  }
  for (const [to, from] of brought) await bring(from, to)
}

async function bring(from: string, to: string): Promise<void> {
  const temporary = `${to}.${randomUUID()}.part`
  try {
    await copyFile(from, temporary)
    const handle = await open(temporary, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, to)
    await syncFolder(path.dirname(to))
  } finally {
    await rm(temporary, { force: true })
  }
}
