import type { Sha256 } from '../memo/seal.ts'
import { findingName, statusOf, type Adoption, type Finding, type Remark } from '../review/finding.ts'
import { keyParts, memoHash, MOST_ANSWER, wordsHash, type KeyParts } from './pack.ts'
import type { ReadAnswer, ReadReply } from './read.ts'

/**
 * ready: is brought in · changed: is brought in, but the question reads otherwise in the file or here · empty: nothing was answered ·
 * already: the same words are here · foreign: the key is another memo's, or was written by hand · unknown: no finding here has that id ·
 * locked: withdrawn or verified meanwhile · twice: two answers under one key · too-long
 */
export const REPLY_STATES = ['ready', 'changed', 'empty', 'already', 'foreign', 'unknown', 'locked', 'twice', 'too-long'] as const
export type ReplyState = (typeof REPLY_STATES)[number]

/** One answer beside the finding that it is for. */
export interface ReplyRow {
  key: string
  state: ReplyState
  findingId: string | null
  /** The number, as people call it; null where no finding is known. */
  name: string | null
  question: string
  text: string
  says: Adoption | null
  oddStatus?: string
  /** Where the words asked differ: in the file that came back, or here since it left. */
  changed: ('file' | 'here')[]
}

/** What a file would bring. */
export interface ReplyMatch {
  rows: ReplyRow[]
  /** Asked, but not in the file any more: rows that somebody took out. By number. */
  missing: string[]
}

export const isBringable = ({ state }: Pick<ReplyRow, 'state'>): boolean => state === 'ready' || state === 'changed'

interface Here {
  findings: readonly Finding[]
  /** Everything said under a finding. */
  threadOf: (findingId: string) => readonly Remark[]
}

/** Holds what a file says against the findings of the review that it names. Nothing is guessed: only the key decides. */
export function matchReply(read: Pick<ReadReply, 'head' | 'answers' | 'asked'>, here: Here, sha256: Sha256): ReplyMatch {
  const byId = new Map<string, Finding>(here.findings.map((finding) => [finding.id, finding]))
  const times = Map.groupBy(read.answers, ({ key }) => key)
  const done = new Set<string>()
  const rows = read.answers.flatMap((answer): ReplyRow[] => {
    const same = times.get(answer.key) ?? []
    const isCopy = same.every(({ text, says }) => text === answer.text && says === answer.says)
    if (isCopy && done.has(answer.key)) return []
    done.add(answer.key)
    return [rowOf(answer, !isCopy, { byId, here, seal: read.head.seal, sha256 })]
  })
  const there = new Set(read.answers.map(({ key }) => keyParts(key)?.memo))
  const names = new Map(here.findings.map((finding) => [memoHash(read.head.seal, finding.id, sha256), findingName(finding)]))
  const missing = read.asked.filter((hash) => !there.has(hash)).map((hash) => names.get(hash) ?? '?')
  return { rows, missing }
}

function rowOf(
  answer: ReadAnswer,
  isTwice: boolean,
  { byId, here, seal, sha256 }: { byId: ReadonlyMap<string, Finding>; here: Here; seal: string; sha256: Sha256 },
): ReplyRow {
  const parts = keyParts(answer.key)
  const finding = parts === null ? undefined : byId.get(parts.findingId)
  const changed = parts === null ? [] : changesOf(parts, answer, finding, sha256)
  const isOurs = parts !== null && memoHash(seal, parts.findingId, sha256) === parts.memo
  return {
    key: answer.key,
    state: !isOurs ? 'foreign' : stateOf(answer, finding, isTwice, changed.length > 0, here),
    findingId: isOurs ? (finding?.id ?? null) : null,
    name: isOurs && finding ? findingName(finding) : null,
    question: finding?.text ?? answer.asked?.text ?? '',
    text: answer.text,
    says: answer.says,
    ...(answer.oddStatus !== undefined && { oddStatus: answer.oddStatus }),
    changed,
  }
}

function changesOf(parts: KeyParts, { asked }: ReadAnswer, finding: Finding | undefined, sha256: Sha256): ('file' | 'here')[] {
  const inFile = asked !== null && wordsHash(asked, sha256) !== parts.words
  const here = finding !== undefined && wordsHash(finding, sha256) !== parts.words
  return [...(inFile ? (['file'] as const) : []), ...(here ? (['here'] as const) : [])]
}

function stateOf(
  { text, says }: ReadAnswer,
  finding: Finding | undefined,
  isTwice: boolean,
  isChanged: boolean,
  { threadOf }: Here,
): ReplyState {
  if (finding === undefined) return 'unknown'
  if (text === '' && says === null) return 'empty'
  if (isTwice) return 'twice'
  if (text.length > MOST_ANSWER) return 'too-long'
  const last = threadOf(finding.id).findLast(({ reply }) => reply !== undefined)
  if (last?.text === text && last.reply?.says === says) return 'already'
  if (finding.withdrawn || statusOf(finding) === 'verified') return 'locked'
  return isChanged ? 'changed' : 'ready'
}
