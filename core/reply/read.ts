import type { Adoption } from '../review/finding.ts'
import type { ReplyPack } from './pack.ts'

/** One answer as a file gives it. */
export interface ReadAnswer {
  key: string
  text: string
  says: Adoption | null
  /** What stands where the status should, when it is none. */
  oddStatus?: string
  /** What stands there as the question; null where the form keeps it apart from what people write. */
  asked: { text: string; action: string } | null
}

/** Which memo a file answers, and who answers. */
export interface ReplyHead {
  pack: string
  review: string
  seal: string
  plan: string
}

/** An answered pack, in whichever form it came, taken apart but not believed yet. */
export interface ReadReply {
  fileName: string
  sizeBytes: number
  sha256: string
  form: 'xlsx' | 'csv' | 'html' | 'package'
  head: ReplyHead
  by: string
  on: string | null
  /** In the order of the file. */
  answers: ReadAnswer[]
  /** Short hashes (`memoHash`) of everything that was asked, to see what is gone. */
  asked: string[]
  /** The questions themselves, where the form carries them whole: then it can be answered here. */
  questions: ReplyPack | null
}
