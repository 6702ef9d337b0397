import { bilingual, type Bilingual } from '../text.ts'

/** The place in an audit log that a memo names, and what the log of this catalogue says of it. */
export interface AuditClaim {
  /** Number of the entry by which the review was last changed. */
  seq: number
  /** Its chain hash, hex. */
  hash: string
  /**
   * `held`: this log has that very entry. `gone`: the file left from this catalogue, but its log has not that entry. `not-here`: nor
   * does the catalogue know the file.
   */
  state: 'held' | 'gone' | 'not-here'
}

const WORDS: Readonly<Record<AuditClaim['state'], (seq: number) => Bilingual>> = {
  held: (seq) =>
    bilingual(
      `文件记下的审计链第 ${seq} 条，在本目录库的操作日志中，内容一致。`,
      `Entry ${seq} of the audit chain, which the file names, stands in the log of this catalogue as it was.`,
    ),
  gone: (seq) =>
    bilingual(
      `本文件由本目录库导出，但它记下的审计链第 ${seq} 条不在操作日志中：日志被改动过，或目录库恢复自较早的备份。`,
      `The file left from this catalogue, but entry ${seq} of the audit chain, which it names, is not in the log: the log was changed, or the catalogue was restored from an earlier backup.`,
    ),
  'not-here': (seq) =>
    bilingual(
      `文件记下的审计链第 ${seq} 条不在本目录库的操作日志中。文件出自别的目录库时属正常，可请出具单位用其目录库核对。`,
      `Entry ${seq} of the audit chain, which the file names, is not in the log of this catalogue. That is as it should be for a file from elsewhere; the office that made it can hold it against its own log.`,
    ),
}

/** What was found about the place in the log that a memo names, in a sentence. */
export const auditClaimWords = ({ seq, state }: AuditClaim): Bilingual => WORDS[state](seq)
