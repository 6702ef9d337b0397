import { existsSync, statSync } from 'node:fs'
import type { PlanId } from '#core/model/ids.ts'
import { done, misuse, text, type Command, type Surroundings } from './command.ts'
import { passphraseOf } from './package.ts'
import { withSession, type Session } from './session.ts'

const MOST_FILES = 500

/** A memo brings the review that it carries. */
const isPackage = (argument: string): boolean => /\.(greenprint|pdf)$/i.test(argument)

/** The catalogue, if the first argument is a folder or is to become one, and the packages after it. @throws AppError `cli.usage` */
function argumentsOf([first = '', ...rest]: readonly string[]): { catalogue: string | undefined; files: string[] } {
  const isFile = existsSync(first) && statSync(first).isFile()
  const [catalogue, files] = isFile || isPackage(first) ? [undefined, [first, ...rest]] : [first, rest]
  if (files.length === 0) throw misuse('请给出要合并的评审包。', 'Name the packages to merge.')
  return { catalogue, files }
}

async function writeMerged(session: Session, planIds: readonly string[], out: string, passphrase: string | null) {
  const planId = planIds.at(-1) as PlanId
  return session.call('share.export', { planId, withPlan: true, passphrase, target: session.save(out) })
}

/** Brings packages together, in a catalogue or into one new package. */
export const merge: Command = {
  name: 'merge',
  usage: '[<catalogue>] <a.greenprint|a.pdf>… [-o FILE.greenprint] [--passphrase-file FILE]',
  does: {
    zh: '把若干评审包或意见书一步并入目录库；不给目录库时并成一个新的评审包',
    en: 'merges packages and memos into a catalogue in one step; without a catalogue, into one new package',
  },
  options: { out: { type: 'string', short: 'o' }, 'passphrase-file': { type: 'string' } },
  positionals: [1, MOST_FILES],
  run(positionals, values, around) {
    const { catalogue, files } = argumentsOf(positionals)
    const out = text(values, 'out')
    if (catalogue === undefined && out === undefined)
      throw misuse('请给出目录库，或用 -o 给出新的评审包。', 'Name a catalogue, or a new package with -o.')
    const passphrase = passphraseOf(values)
    return withSession(catalogue, around, async (session) => {
      const receipt = await session.call('share.merge', { files: session.files(files), passphrase })
      const conflicts = (
        await Promise.all(receipt.planIds.map((planId) => session.call('share.conflicts', { planId: planId as PlanId })))
      ).flat()
      tell(receipt, around)
      const file = out === undefined ? undefined : await writeMerged(session, receipt.planIds, out, passphrase)
      return done({ receipt, conflicts, ...(file && { file: out, sha256: file.sha256, sizeBytes: file.sizeBytes }) })
    })
  },
}

function tell(
  {
    parts,
    ...sums
  }: { parts: readonly unknown[]; in: number; merged: number; already: number; conflicts: number; dropped: number },
  around: Surroundings,
) {
  around.say({
    zh: `${parts.length} 个评审包：共 ${sums.in} 项操作，新并入 ${sums.merged}，原已有 ${sums.already}，冲突 ${sums.conflicts}，丢失 ${sums.dropped}。`,
    en: `${parts.length} packages: ${sums.in} operations in, ${sums.merged} merged, ${sums.already} already there, ${sums.conflicts} conflicts, ${sums.dropped} dropped.`,
  })
}
