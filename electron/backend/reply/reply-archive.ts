import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { AppError } from '#core/errors.ts'
import { REPLY_FORMAT, REPLY_KIND, type ReplyAnswers, type ReplyPack } from '#core/reply/pack.ts'
import { DEEPEST_JSON, nestingOf } from '#core/share/depth.ts'
import { bilingual } from '#core/text.ts'
import { unpack } from '../formats/unpack.ts'
import { archiveOf } from './reply-xlsx.ts'

const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

const MEMBERS = ['pack.json', 'answers.json'] as const

const manifest = z.strictObject({
  greenprint: z.literal(REPLY_KIND),
  format: z.number().int(),
  members: z
    .array(z.strictObject({ name: z.enum(MEMBERS), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1)
    .max(2),
})

/** The pack as an archive of its own that another Greenprint answers: the questions, the answers so far, and the hash of each. */
export function replyArchive(pack: ReplyPack, answers: ReplyAnswers): Promise<Buffer> {
  const texts = { 'pack.json': JSON.stringify(pack, null, 1), 'answers.json': JSON.stringify(answers, null, 1) }
  const members = MEMBERS.map((name) => ({ name, sha256: hashOf(texts[name]) }))
  const head = JSON.stringify({ greenprint: REPLY_KIND, format: REPLY_FORMAT, members }, null, 1)
  return archiveOf([...MEMBERS.map((name) => [name, texts[name]] as const), ['manifest.json', head]])
}

/** JSON from outside: never so deep that parsing it ends the process. @throws AppError 'reply.refused' */
export function replyJson(text: string, file: string): unknown {
  const refused = (zh: string, en: string, cause?: unknown) =>
    new AppError('reply.refused', { file, problem: bilingual(zh, en) }, { cause })
  if (nestingOf(text) > DEEPEST_JSON) throw refused('数据嵌套过深', 'its data nest too deeply')
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw refused('数据已损坏', 'its data are damaged', cause)
  }
}

/** Takes an archive apart and checks the hash of each part. @returns the parts as text @throws AppError 'reply.*', 'import.*' */
export async function openReplyArchive(
  file: string,
  shown: string,
  dir: string,
): Promise<{ pack: string; answers: string } | null> {
  const { entries } = await unpack(file, shown, dir, (name) => name === 'manifest.json' || MEMBERS.some((one) => one === name))
  const found = new Map<string, string>()
  for (const { name, path } of entries) {
    if (found.has(name))
      throw new AppError('reply.refused', { file: shown, problem: bilingual(`${name} 出现两次`, `there are two of ${name}`) })
    found.set(name, await readFile(path, 'utf8'))
  }
  const head = found.get('manifest.json')
  if (head === undefined) return null
  const json = replyJson(head, shown)
  if ((json as { greenprint?: unknown } | null)?.greenprint !== REPLY_KIND) return null
  const checked = manifest.safeParse(json)
  if (!checked.success)
    throw new AppError('reply.refused', { file: shown, problem: bilingual('目录不合规', 'its manifest is not one') })
  if (checked.data.format !== REPLY_FORMAT) throw new AppError('reply.newer', { file: shown, known: REPLY_FORMAT })
  const part = (name: (typeof MEMBERS)[number]): string => {
    const text = found.get(name)
    const hash = checked.data.members.find((member) => member.name === name)?.sha256
    if (text === undefined || hash !== hashOf(text)) throw new AppError('reply.changed', { file: shown })
    return text
  }
  return { pack: part('pack.json'), answers: part('answers.json') }
}
