import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readReply } from '#backend/reply/read-reply.ts'
import { openPackage } from '#backend/share/package-reader.ts'
import { readSignatures } from '#backend/sign/pdf-signatures.ts'

/** What other offices and applicants send: signed PDFs, memos with their review, packages, answers. Each is fuzzed like a format. */
export const PAPER_LANES = ['signed-pdf', 'memo', 'package', 'reply-xlsx', 'reply-html', 'reply-pack'] as const
export type PaperLane = (typeof PAPER_LANES)[number]

export const isPaperLane = (id: string): id is PaperLane => PAPER_LANES.some((lane) => lane === id)

/** Small sound papers, made once by this program: keys and ids are random, and a mutant must be the same every time. */
export const papersFolder = path.join(import.meta.dirname, 'papers')

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

async function withFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(path.join(tmpdir(), 'paper-'))
  try {
    return await work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A signed PDF without what its signatures are written into: all that they cover. */
const covered = (bytes: Buffer): string => sha256(bytes.toString('latin1').replaceAll(/\/Contents <[^>]*>/g, '/Contents <>'))

let sound: { covered: ReadonlySet<string>; signers: ReadonlySet<string> } | null = null
async function soundPapers(): Promise<NonNullable<typeof sound>> {
  const papers = readdirSync(papersFolder)
    .filter((name) => name.startsWith('signed'))
    .map((name) => readFileSync(path.join(papersFolder, name)))
  const signatures = await Promise.all(papers.map(async (bytes) => (await readSignatures(bytes, 'seed')).signatures))
  const signers = signatures.flat().map(({ certificate }) => certificate?.fingerprint ?? '')
  return (sound ??= { covered: new Set(papers.map(covered)), signers: new Set(signers) })
}

/** A file that is not as it was signed must never be called whole, and nobody else may be named. */
async function judgeSignatures(file: string): Promise<string | undefined> {
  const bytes = readFileSync(file)
  const { signatures } = structuredClone(await readSignatures(bytes, path.basename(file)))
  const whole = signatures.filter(({ state, coversWholeFile }) => state === 'valid' && coversWholeFile)
  if (whole.length === 0) return undefined
  const known = sound ?? (await soundPapers())
  if (!known.covered.has(covered(bytes))) return 'a signature is said to cover a file that was changed'
  return whole.every(({ certificate }) => known.signers.has(certificate?.fingerprint ?? ''))
    ? undefined
    : 'a signature is said to be another signer’s'
}

const contents = new Map<string, string>()
/** What a package says, apart from the bytes that it came as. */
const contentOf = (file: string): Promise<string> =>
  withFolder(async (dir) => {
    const { manifest, ops, checklists, record } = structuredClone(await openPackage(file, dir, null))
    return sha256(JSON.stringify([manifest, ops, checklists, record ?? null]))
  })

/** What is taken must be what was sent, to the last word. */
async function judgePackage(lane: 'memo' | 'package', file: string): Promise<string | undefined> {
  const found = await contentOf(file)
  const seed = path.join(papersFolder, lane === 'memo' ? 'memo.pdf' : 'review.greenprint')
  const sent = contents.get(lane) ?? (await contentOf(seed))
  contents.set(lane, sent)
  return found === sent ? undefined : 'it was taken, and says something else'
}

async function judgeReply(lane: PaperLane, file: string): Promise<string | undefined> {
  const { head, answers, asked, questions } = structuredClone(await withFolder((dir) => readReply(file, dir)))
  if (answers.some(({ key, text }) => typeof key !== 'string' || typeof text !== 'string')) return 'an answer that is no text'
  if (!Array.isArray(asked)) return 'nothing is said of what was asked'
  // The questions of a pack are under its own hash.
  return lane !== 'reply-xlsx' && questions?.pack !== head.pack ? 'its questions are not those of its pack' : undefined
}

/** What is wrong with what was made of a paper; undefined when it is good. Refusals are thrown. */
export function judgePaper(lane: PaperLane, file: string): Promise<string | undefined> {
  if (lane === 'signed-pdf') return judgeSignatures(file)
  return lane === 'memo' || lane === 'package' ? judgePackage(lane, file) : judgeReply(lane, file)
}
