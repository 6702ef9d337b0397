import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Signing } from '#core/contract/sign-procedures.ts'
import { commonNameOf } from '#core/sign/common-name.ts'
import { without } from '#core/without.ts'
import { done, misuse, required, text, type Command, type Surroundings, type Values } from './command.ts'
import { passphraseOf } from './package.ts'
import { withSession, type Session } from './session.ts'

/** What signs an export, as flags of the commands that export. */
export const SIGN_OPTIONS = {
  sign: { type: 'string' },
  'sign-certificate': { type: 'string' },
  'sign-passphrase-file': { type: 'string' },
  'sign-reason': { type: 'string' },
  'sign-place': { type: 'string' },
  'sign-anyway': { type: 'boolean' },
} as const

export const SIGN_USAGE =
  '[--sign KEY.p12|KEY.pem] [--sign-certificate CHAIN.pem] [--sign-passphrase-file FILE] [--sign-reason TEXT] [--sign-place TEXT] [--sign-anyway]'

/** For who neither wants a file nor a prompt; a plain argument could be read by every process. */
const VARIABLE = 'GREENPRINT_SIGN_PASSPHRASE'

/** How an export is to be signed; undefined where it is not. @throws AppError `cli.usage`, `import.file-missing` */
export async function signingOf(session: Session, values: Values, around: Surroundings): Promise<Signing | undefined> {
  const key = text(values, 'sign')
  const more = Object.keys(SIGN_OPTIONS).filter((name) => name !== 'sign' && values[name] !== undefined)
  if (key === undefined) {
    if (more.length > 0) throw misuse(`--${more[0]} 须与 --sign 一起使用。`, `--${more[0]} goes with --sign.`)
    return undefined
  }
  const certificate = text(values, 'sign-certificate')
  return {
    key: session.files([key, ...(certificate === undefined ? [] : [certificate])]),
    passphrase: await passphrase(values, around),
    reason: text(values, 'sign-reason') ?? '',
    place: text(values, 'sign-place') ?? '',
    evenIfDoubtful: values['sign-anyway'] === true,
  }
}

/** From a file, else from the environment, else typed where somebody sits there; null for a key without one. */
async function passphrase(values: Values, around: Surroundings): Promise<string | null> {
  const given = passphraseOf({ 'passphrase-file': values['sign-passphrase-file'] }) ?? process.env[VARIABLE]
  if (given !== undefined && given !== null) return given
  if (!process.stdin.isTTY) return null
  around.say({ zh: '密钥文件的口令（不显示）：', en: 'Passphrase of the key file (not shown):' })
  const silent = new Writable({ write: (_chunk, _encoding, written) => written() })
  const typed = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await typed.question('')
  } finally {
    typed.close()
  }
}

/** A PDF that lies on the disk, signed as a new file. */
export const sign: Command = {
  name: 'sign',
  usage: `<file.pdf> -o SIGNED.pdf --sign KEY [--catalogue DIR] ${SIGN_USAGE}`,
  does: {
    zh: `用本机的密钥文件给 PDF 签名（PAdES B-B，无时间戳），原有内容逐字节不变；口令取自文件、环境变量 ${VARIABLE} 或键盘输入`,
    en: `signs a PDF with a key file (PAdES B-B, no time stamp); what was there stays byte for byte; the passphrase comes from a file, ${VARIABLE} or the keyboard`,
  },
  options: { out: { type: 'string', short: 'o' }, catalogue: { type: 'string' }, ...SIGN_OPTIONS },
  positionals: [1, 1],
  run(paths, values, around) {
    const out = required(values, 'out')
    required(values, 'sign')
    if (!out.toLowerCase().endsWith('.pdf')) throw misuse('输出文件名须以 .pdf 结尾。', 'The output’s name must end in .pdf.')
    return withSession(text(values, 'catalogue'), around, async (session) => {
      const signing = await signingOf(session, values, around)
      if (signing === undefined) throw misuse('缺少 --sign。', '--sign is missing.')
      const signed = await session.call('sign.pdf', { files: session.files(paths), sign: signing, target: session.save(out) })
      const who = commonNameOf(signed.certificate.subject)
      around.say({
        zh: `已写入 ${out}：${who} 签名（PAdES B-B，时间取自本机，无时间戳）。`,
        en: `Wrote ${out}: signed by ${who} (PAdES B-B; the time is this computer’s, without a time stamp).`,
      })
      return done({ path: out, ...without(signed, 'fileName', 'download') })
    })
  },
}
