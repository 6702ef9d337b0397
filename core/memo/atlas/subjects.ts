import type { SheetFinding } from '../../map/sheet-marks.ts'
import { findingName } from '../../review/finding.ts'
import type { JudgedItem, MemoContext } from '../context.ts'
import type { Run } from '../document.ts'
import { draftFindings } from '../drafts.ts'
import { placeInWords, placeOfFinding } from '../sections/findings.ts'
import { featureBoxes, findingBox, middleOf, type BoxM } from './places.ts'

/** A finding, or a draft of one, as the atlas shows it. */
export interface AtlasSubject extends SheetFinding {
  /** "3", "3 (B)", "D-A04": what it is called in the whole memo. */
  called: string
  text: string
  action: string
  entry: JudgedItem | undefined
  where: Run[]
  /** Null: it is about the plan as a whole. */
  boxM: BoxM | null
  middleM: readonly [number, number] | null
}

/** Every finding that stands, then every draft, each with its place. */
export function atlasSubjects(memo: MemoContext): AtlasSubject[] {
  const written = memo.result.findings
    .filter(({ withdrawn }) => !withdrawn)
    .map((finding) => ({
      number: finding.number,
      severity: finding.severity,
      ...(finding.mark && { mark: finding.mark }),
      evidence: finding.evidence,
      called: findingName(finding),
      text: finding.text,
      action: finding.action,
      entry: memo.items.find(({ item }) => item.id === finding.item),
      where: placeOfFinding(finding, memo),
    }))
  const drafts = draftFindings(memo).map((draft, at) => ({
    number: written.length + at + 1,
    name: draft.entry.item.id,
    severity: draft.severity,
    evidence: draft.evidence,
    called: draft.name,
    text: draft.text,
    action: draft.action,
    entry: draft.entry,
    where: placeInWords(draft.evidence, draft.entry.measurement?.evidenceTotal ?? draft.evidence.length, memo),
  }))
  const all = [...written, ...drafts]
  const boxes = featureBoxes(
    memo.layers,
    all.flatMap(({ evidence }) => evidence),
  )
  return all.map((subject) => {
    const boxM = findingBox(subject, boxes)
    return { ...subject, boxM, middleM: boxM && middleOf(boxM) }
  })
}
