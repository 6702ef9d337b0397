import type { ReviewResult } from '../model/result.ts'
import { canonicalJson } from './canonical.ts'
import { leavesOf } from './compare.ts'

/** SHA-256 of a text (UTF-8), hex. The core has no cryptography of its own: each host brings the platform's. */
export type Sha256 = (text: string) => string

/** A result as it is written to a file: short digests of its parts let `verify` name the part that was changed. */
export type SealedResult = ReviewResult & { digests?: Record<string, string> }

/** Digests only say *where* a change is; the seal says *that* there is one. 32 bits are plenty for that. */
const DIGEST_LENGTH = 8

/** What the seal covers: everything but the seal itself and the digests. */
export const contentOf = (result: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(result).filter(([key]) => key !== 'seal' && key !== 'digests'))

/** The seal of a result: SHA-256 over the canonical JSON of everything but the seal itself and the digests. */
export function sealOf(result: Omit<ReviewResult, 'seal'> & { seal?: string; digests?: unknown }, sha256: Sha256): string {
  return sha256(canonicalJson(contentOf(result)))
}

/** Path → short digest of every part of a result, for files that leave the office. */
export function digestsOf(result: SealedResult, sha256: Sha256): Record<string, string> {
  return Object.fromEntries(leavesOf(contentOf(result)).map(({ path, text }) => [path, sha256(text).slice(0, DIGEST_LENGTH)]))
}

/** The text that is attached to a memo or written as result.json: canonical, with the digests at its end. */
export const sealedJson = (result: ReviewResult, sha256: Sha256): string =>
  canonicalJson({ ...result, digests: digestsOf(result, sha256) } satisfies SealedResult)
