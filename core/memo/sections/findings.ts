import { roleInfo, ROLE_IDS } from '../../model/roles.ts'
import type { EvidenceFeature } from '../../model/measurement.ts'
import { answerText } from '../../reply/answer.ts'
import { findingName, type Finding } from '../../review/finding.ts'
import type { Block, Cell, Run } from '../document.ts'
import { cell, centreCell, headCells, muted, paragraph, run, strong, type MemoContext, type MemoSection } from '../context.ts'
import { draftFindings, type DraftFinding } from '../drafts.ts'
import { CERTAINTY_MARKS, itemTitle, listText, SEVERITY_WORDS } from '../words.ts'

/** Numbered findings of the reviewer, then drafts from measurements, apart and marked as such. */
export const findings: MemoSection = {
  id: 'findings',
  title: { zh: '存在问题与修改意见', en: 'Findings and requested changes' },
  compose(memo) {
    const { say } = memo
    const written = memo.result.findings.filter((finding) => !finding.withdrawn)
    const drafts = draftFindings(memo)
    if (written.length === 0 && drafts.length === 0)
      return [paragraph(run(say('本次审查没有提出修改意见。', 'This review requests no changes.'))), ...withdrawn(memo)]
    const blocks: Block[] = []
    if (written.length > 0) {
      const rows = written.map((finding) => findingRow(finding, memo))
      blocks.push(table(say(`审查人意见（${written.length} 条）`, `Findings of the reviewer (${written.length})`), rows, memo))
    }
    if (drafts.length > 0) {
      blocks.push(
        paragraph(
          strong(
            say(
              '以下意见由程序依据测算结果自动起草，未经审查人确认，编号以 D 开头。',
              'The following are drafted by the program from measurements and not yet confirmed by a reviewer; their numbers begin with D.',
            ),
          ),
        ),
        table(
          say(`自动起草意见（${drafts.length} 条）`, `Drafted from measurements (${drafts.length})`),
          drafts.map((draft) => draftRow(draft, memo)),
          memo,
        ),
      )
    }
    return [...blocks, ...withdrawn(memo)]
  },
}

/** Long texts share wide columns: the place stands under the problem, the basis under what is asked for. */
function table(caption: string, rows: Cell[][], { say }: MemoContext): Block {
  const head = headCells(
    say('编号', 'No.'),
    say('类别', 'Kind'),
    say('审查要点', 'Item'),
    say('问题与位置', 'Problem and place'),
    say('修改要求与依据', 'Requested change and basis'),
  )
  return { kind: 'table', caption, head, rows, widths: [10, 11, 17, 33, 29] }
}

const below = (label: string, runs: readonly Run[]): Run[] => [
  muted(`\n${label}`),
  ...runs.map((part): Run => ({ ...part, muted: true })),
]

/** What a finding rests on: the minimum standard of its item with its certainty; undefined for a finding of no item. */
export function basisOf(finding: Finding, memo: MemoContext): string | undefined {
  const entry = memo.items.find(({ item }) => item.id === finding.item)
  if (entry === undefined) return undefined
  const standard = entry.item.levels.find((level) => level.level === 2)
  return standard === undefined
    ? memo.inLang(entry.item.anchor.text)
    : `${memo.inLang(standard.source)}${memo.inLang(CERTAINTY_MARKS[standard.certainty])}`
}

function findingRow(finding: Finding, memo: MemoContext): Cell[] {
  const { say } = memo
  const entry = memo.items.find(({ item }) => item.id === finding.item)
  const basis = basisOf(finding, memo)
  const answer = memo.answers?.[finding.id]
  return [
    centreCell(findingName(finding)),
    cell(strong(memo.inLang(SEVERITY_WORDS[finding.severity]))),
    cell(entry === undefined ? (finding.item ?? '—') : itemTitle(entry.item, memo)),
    cell(finding.text, ...below(say('位置：', 'Place: '), placeOfFinding(finding, memo))),
    cell(
      finding.action === '' ? '—' : finding.action,
      ...(basis === undefined ? [] : below(say('依据：', 'Basis: '), [run(basis)])),
      ...(answer === undefined ? [] : below(say('编制单位答复：', 'Applicant’s answer: '), [run(answerText(answer, memo.lang))])),
    ),
  ]
}

function draftRow(draft: DraftFinding, memo: MemoContext): Cell[] {
  const { say } = memo
  const { item, measurement } = draft.entry
  const where = placeInWords(draft.evidence, measurement?.evidenceTotal ?? draft.evidence.length, memo)
  return [
    centreCell(draft.name),
    cell(memo.inLang(SEVERITY_WORDS[draft.severity])),
    cell(itemTitle(item, memo)),
    cell(draft.text, ...below(say('位置：', 'Place: '), where)),
    cell(draft.action, ...below(say('依据：', 'Basis: '), [run(draft.basis)])),
  ]
}

/** Where a finding is, in words. A drawing stands on the map sheet under the finding's number. */
export function placeOfFinding({ number, mark, evidence }: Finding, memo: MemoContext): Run[] {
  if (mark === undefined) return placeInWords(evidence, evidence.length, memo)
  const label = mark.label === undefined || mark.label === '' ? '' : memo.say(`“${mark.label}”`, ` “${mark.label}”`)
  const drawn = run(memo.say(`见附图标注 ${number}${label}`, `number ${number} on the map sheet${label}`))
  return evidence.length === 0 ? [drawn] : [drawn, run(memo.say('；', '; ')), ...placeInWords(evidence, evidence.length, memo)]
}

/** So many features are named; the GeoPackage and the map hold them all. */
const NAMED = 5

/** Where: "规划用地用海 #12、#45 等 8 处", with the reason of the first. */
export function placeInWords(evidence: readonly EvidenceFeature[], total: number, memo: MemoContext): Run[] {
  const { say, lang } = memo
  if (evidence.length === 0) return [run(say('全域', 'whole plan'))]
  const byLayer = Map.groupBy(evidence, ({ layer }) => layer)
  const each = Math.max(2, Math.floor(NAMED / byLayer.size))
  const parts = [...byLayer].map(([layer, features]) => {
    const role = ROLE_IDS.find((id) => id === layer)
    const title = role === undefined ? layer : memo.inLang(roleInfo(role).title)
    return `${title} ${listText(
      features.slice(0, each).map(({ fid }) => `#${fid}`),
      lang,
    )}`
  })
  const shown = [...byLayer.values()].reduce((sum, features) => sum + Math.min(features.length, each), 0)
  const rest = total > shown ? say(` 等 ${total} 处`, ` and others, ${total} in all`) : ''
  const note = evidence.find((feature) => feature.note !== undefined)?.note
  const runs = [run(`${parts.join(say('；', '; '))}${rest}`)]
  if (note !== undefined) runs.push(muted(say(`（如：${note.zh}）`, ` (e.g. ${note.en})`)))
  return runs
}

function withdrawn(memo: MemoContext): Block[] {
  const gone = memo.result.findings.filter((finding) => finding.withdrawn)
  if (gone.length === 0) return []
  const numbers = listText(
    gone.map(({ number }) => String(number)),
    memo.lang,
  )
  return [
    paragraph(
      muted(
        memo.say(
          `已撤回的意见编号：${numbers}（编号不再使用）。`,
          `Withdrawn findings: ${numbers} (their numbers are not used again).`,
        ),
      ),
    ),
  ]
}
