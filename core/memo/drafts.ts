import type { Severity } from '../review/finding.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { JudgedItem, MemoContext } from './context.ts'
import { CERTAINTY_MARKS, levelText, outcomeText } from './words.ts'

/** A finding that the program drafts from a measurement; a reviewer may adopt or drop it. Never mixed up with a reviewer's own. */
export interface DraftFinding {
  /** "D-A04": drafts are named by their item, so that their names stay the same from memo to memo. */
  name: string
  entry: JudgedItem
  severity: Severity
  text: string
  basis: string
  action: string
  evidence: readonly EvidenceFeature[]
}

const POOR = 1
const MINIMUM = 2

/** Drafts for measured items at level 0 or 1 about which the reviewer has not written yet. */
export function draftFindings(memo: MemoContext): DraftFinding[] {
  const written = new Set(memo.result.findings.filter((finding) => !finding.withdrawn).map((finding) => finding.item))
  return memo.items
    .filter(
      ({ item, result }) => result.source === 'auto' && result.level !== null && result.level <= POOR && !written.has(item.id),
    )
    .map((entry) => draft(entry, memo))
}

function draft(entry: JudgedItem, memo: MemoContext): DraftFinding {
  const { item, result, measurement } = entry
  const { say, lang } = memo
  const level = result.level ?? 0
  const minimum = item.levels.find((standard) => standard.level === MINIMUM)
  const measured = outcomeText(measurement, item, lang)
  const wanted = minimum === undefined ? null : memo.inLang(minimum.text)
  return {
    name: `D-${item.id}`,
    entry,
    severity: item.gate || level === 0 ? 'must' : 'should',
    text: say(
      `“${item.title.zh}”实测 ${measured}，为 ${levelText(level, memo)}。`,
      `“${item.title.en}” measures ${measured}: ${levelText(level, memo)}.`,
    ),
    basis:
      minimum === undefined
        ? memo.inLang(item.anchor.text)
        : `${memo.inLang(minimum.source)}${memo.inLang(CERTAINTY_MARKS[minimum.certainty])}`,
    action:
      wanted === null
        ? say('请修改方案后重新核算。', 'Change the plan and have it measured again.')
        : say(
            `请修改方案，使其至少达到 2 级标准（${wanted}），并重新核算。`,
            `Change the plan so that it at least meets level 2 (${wanted}), and have it measured again.`,
          ),
    evidence: measurement?.evidence ?? [],
  }
}
