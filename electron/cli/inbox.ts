import type { InboxView } from '#core/contract/inbox-procedures.ts'
import { done, misuse, required, text, type Command, type Surroundings } from './command.ts'
import { passphraseOf } from './package.ts'
import { withSession } from './session.ts'

const STEPS = ['look', 'merge', 'choose'] as const

function tell({ state, files, fresh, others }: InboxView, around: Surroundings): void {
  around.say({
    zh: `${state === 'ready' ? '' : `文件夹不可用（${state}）。`}评审文件 ${files.length} 个，其中新的 ${fresh} 个；其他文件 ${others} 个。`,
    en: `${state === 'ready' ? '' : `The folder cannot be used (${state}). `}${files.length} files with reviews, ${fresh} of them new; ${others} others.`,
  })
}

/** A folder that others put files into: what is in it, and merging what is new. */
export const inbox: Command = {
  name: 'inbox',
  usage:
    'look <folder> [--catalogue DIR] | merge <folder> --catalogue DIR [--passphrase-file FILE] | choose <folder> --catalogue DIR',
  does: {
    zh: '收件夹：查看收到的评审包、意见书和答复，把新的并入目录库，或指定常用收件夹；文件保持原样',
    en: 'an inbox folder: says what came in, merges what is new, or remembers the folder; files stay as they are',
  },
  options: { catalogue: { type: 'string' }, 'passphrase-file': { type: 'string' }, json: { type: 'boolean' } },
  positionals: [2, 2],
  run([named, folder = ''], values, around) {
    const step = STEPS.find((one) => one === named)
    if (step === undefined) throw misuse(`inbox 之后须为 ${STEPS.join('、')}。`, `After inbox comes ${STEPS.join(', ')}.`)
    const catalogue = step === 'look' ? text(values, 'catalogue') : required(values, 'catalogue')
    return withSession(catalogue, around, async (session) => {
      const token = session.files([folder])
      if (step === 'merge') {
        const passphrase = passphraseOf(values)
        const receipt = await session.call('inbox.merge', { fileIds: null, passphrase, folder: token })
        around.say({
          zh: `并入 ${receipt.parts.length} 个文件：新操作 ${receipt.merged}，冲突 ${receipt.conflicts}，丢失 ${receipt.dropped}。`,
          en: `Merged ${receipt.parts.length} files: ${receipt.merged} new operations, ${receipt.conflicts} conflicts, ${receipt.dropped} dropped.`,
        })
        return done({ receipt })
      }
      const view =
        step === 'look'
          ? await session.call('inbox.look', { folder: token })
          : await session.call('inbox.choose', { folder: token })
      tell(view, around)
      return done(view)
    })
  },
}
