import { scoreChecklist } from '../checklist/score.ts'
import type { Checklist } from '../checklist/schema.ts'
import { canonicalJson } from './canonical.ts'
import { compareResults, leavesOf, type Difference } from './compare.ts'
import { scoringInput } from './scoring-input.ts'
import { contentOf, digestsOf, sealOf, type SealedResult, type Sha256 } from './seal.ts'

/** What a check of a record finds. `rescored` is false where this version does not hold the record's checklist. */
export interface Check {
  match: boolean
  sealStored: string
  sealRecomputed: string
  rescored: boolean
  differences: Difference[]
}

/**
 * Checks a record against itself: recomputes its seal, names changed parts by their digests, and derives every level and the
 * total again from measurements and entries with the checklist it names.
 */
export function verifyResult(record: SealedResult, checklist: Checklist | undefined, sha256: Sha256): Check {
  const { digests, ...result } = record
  const sealRecomputed = sealOf(result, sha256)
  const changed = digests === undefined ? [] : changedParts(record, digests, sha256)
  const rescored =
    checklist === undefined ? [] : [...otherChecklist(record, checklist, sha256), ...rescoredDifferences(record, checklist)]
  const named = new Set(changed.map(({ path }) => path))
  const differences = [...changed, ...rescored.filter(({ path }) => !named.has(path))]
  const match = sealRecomputed === result.seal && differences.length === 0
  return { match, sealStored: result.seal, sealRecomputed, rescored: checklist !== undefined, differences }
}

/** Parts whose text no longer has the digest that was written beside it, and parts that came or went. */
function changedParts(record: SealedResult, digests: Record<string, string>, sha256: Sha256): Difference[] {
  const texts = new Map(leavesOf(contentOf(record)).map(({ path, text }) => [path, text]))
  const now = digestsOf(record, sha256)
  return compareResults(digests, now).map(({ path, stored, recomputed }) => ({
    path,
    stored: stored === '' ? '' : `sha256 ${JSON.parse(stored)}…`,
    recomputed: recomputed === '' ? '' : `${texts.get(path) ?? ''} (sha256 ${JSON.parse(recomputed)}…)`,
  }))
}

/** A checklist of the same id and version that says something else than the one that was judged by. */
function otherChecklist({ checklistSha256 }: SealedResult, checklist: Checklist, sha256: Sha256): Difference[] {
  if (checklistSha256 === undefined) return []
  return compareResults({ checklistSha256 }, { checklistSha256: sha256(canonicalJson(checklist)) })
}

function rescoredDifferences(record: SealedResult, checklist: Checklist): Difference[] {
  const derived = scoreChecklist(checklist, scoringInput({ result: record }))
  return compareResults({ checklist: record.checklist }, { checklist: derived })
}
