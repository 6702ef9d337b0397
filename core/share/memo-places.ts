import type { Frame } from '../geo/frame.ts'
import type { Layer } from '../model/plan.ts'
import type { Carried, Finding } from '../review/finding.ts'
import { moveMark } from '../review/rounds-place.ts'
import { without } from '../without.ts'

/** One side: the plan that a memo judged as far as the memo tells, or a plan of this catalogue. */
export interface MemoSide {
  frame: Frame
  layers: readonly Pick<Layer, 'role' | 'sha256'>[]
}

/** A finding on another plan, and the places of it that are not there, "green #4". */
export interface PlacedFinding {
  finding: Omit<Finding, 'id' | 'reviewId'>
  lost: string[]
}

/**
 * Findings of a memo whose own plan is not here, on another plan. A layer that has the same content in both keeps its features under
 * their numbers; what lay in a layer that was changed or is gone is lost and named, never guessed: without the older geometry nobody can
 * follow it. Drawings keep their place on Earth where both planes lie on it.
 */
export function placedByLayer(findings: readonly Finding[], from: MemoSide, to: MemoSide): PlacedFinding[] {
  const kept = new Set(to.layers.map(({ role, sha256 }) => `${role} ${sha256}`))
  const same = new Set(
    [...Map.groupBy(from.layers, ({ role }) => role)].flatMap(([role, layers]) =>
      // Of a role with several layers a number tells not which: all of them must be the same.
      layers.every(({ sha256 }) => kept.has(`${role} ${sha256}`)) ? [role as string] : [],
    ),
  )
  const canMove = from.frame.kind === to.frame.kind
  return findings.map((finding) => {
    const evidence = finding.evidence.filter(({ layer }) => same.has(layer))
    const gone = finding.evidence.filter(({ layer }) => !same.has(layer)).map(({ layer, fid }) => `${layer} #${fid}`)
    const lost = finding.mark !== undefined && !canMove ? [...gone, 'mark'] : gone
    const carried: Carried = {
      from: finding.id,
      firstRound: finding.carried?.firstRound ?? 1,
      class: lost.length === 0 ? 'unchanged' : 'edited',
      overlapShare: null,
      movedM: null,
    }
    const mark = finding.mark !== undefined && canMove ? { mark: moveMark(finding.mark, from.frame, to.frame) } : {}
    return { finding: { ...without(finding, 'id', 'reviewId', 'mark'), ...mark, evidence, carried }, lost }
  })
}
