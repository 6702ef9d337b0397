import { SEVERITY_WORDS } from '../memo/words.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { TableOrigin } from '../tables/workbook.ts'
import { bilingual, type Bilingual } from '../text.ts'
import { statusOf, type Adoption, type Finding, type Remark } from './finding.ts'
import { STATUS_WORDS } from './words.ts'

/** 采纳情况, as the screen, the memo and the tables say it. */
export const ADOPTION_WORDS: Readonly<Record<Adoption, Bilingual>> = {
  adopted: { zh: '采纳', en: 'Adopted' },
  partly: { zh: '部分采纳', en: 'Partly adopted' },
  not: { zh: '未采纳', en: 'Not adopted' },
}
/** Neither the status nor a person says it yet. */
export const ADOPTION_OPEN: Bilingual = { zh: '待核定', en: 'To be settled' }

/** One line of the adoption table (采纳情况表). */
export interface AdoptionRow {
  finding: Finding
  /** The applicant's words; empty when nothing was answered. */
  answer: string
  adoption: Adoption | null
  /** True when a person said it; otherwise it follows from the status. */
  isStated: boolean
  explanation: string
}

/**
 * What became of each finding of earlier rounds, by number.
 * @param threadOf everything said under a finding in all rounds, oldest first
 */
export function adoptionRows(findings: readonly Finding[], threadOf: (finding: Finding) => readonly Remark[]): AdoptionRow[] {
  return findings
    .filter(({ carried, withdrawn }) => carried !== undefined && !withdrawn)
    .toSorted((a, b) => a.number - b.number)
    .map((finding) => rowOf(finding, threadOf(finding)))
}

function rowOf(finding: Finding, thread: readonly Remark[]): AdoptionRow {
  const stated = thread.findLast(({ adoption }) => adoption !== undefined)
  const answers = thread.filter(
    ({ text, step, adoption, late }) =>
      text !== '' && adoption === undefined && late === undefined && (step === undefined || step.to === 'answered'),
  )
  const settled = thread.findLast(({ step, text }) => text !== '' && step !== undefined && step.to === statusOf(finding))
  return {
    finding,
    answer: answers.at(-1)?.text ?? '',
    adoption: stated?.adoption ?? byStatus(finding),
    isStated: stated !== undefined,
    explanation: stated?.text ?? (statusOf(finding) === 'answered' ? '' : (settled?.text ?? '')),
  }
}

function byStatus(finding: Finding): Adoption | null {
  const status = statusOf(finding)
  if (status === 'resolved' || status === 'verified') return 'adopted'
  return status === 'exception' ? 'not' : null
}

/** Words of people, which are the same in every language. */
const own = (text: string): Bilingual => bilingual(text, text)

/** The table as it leaves the house: one row per number, nothing shortened. */
export const adoptionTable = (rows: readonly AdoptionRow[]): ResultTable => ({
  id: 'adoption',
  kind: 'list',
  title: bilingual('意见采纳情况表', 'Adoption of findings'),
  rowTitle: bilingual('审查意见', 'Finding'),
  columns: [
    { key: 'round', title: bilingual('首次提出轮次', 'First raised in round'), unit: 'count' },
    { key: 'severity', title: bilingual('类别', 'Kind'), unit: null },
    { key: 'item', title: bilingual('清单项', 'Item'), unit: null },
    { key: 'answer', title: bilingual('编制单位答复', 'Answer of the applicant'), unit: null },
    { key: 'adoption', title: bilingual('采纳情况', 'Adoption'), unit: null },
    { key: 'explanation', title: bilingual('说明', 'Explanation'), unit: null },
    { key: 'status', title: bilingual('状态', 'Status'), unit: null },
  ],
  rows: rows.map(({ finding, answer, adoption, explanation }) => ({
    key: String(finding.number),
    title: own(finding.text),
    cells: [
      finding.carried?.firstRound ?? null,
      SEVERITY_WORDS[finding.severity],
      finding.item === null ? null : own(finding.item),
      own(answer),
      adoption === null ? ADOPTION_OPEN : ADOPTION_WORDS[adoption],
      own(explanation),
      STATUS_WORDS[statusOf(finding)],
    ],
  })),
})

/** What the second sheet of the workbook says of the first. */
export const adoptionOrigin = (plan: string, round: number): TableOrigin => ({
  plan,
  indicator: { id: '', title: bilingual('意见采纳情况表', 'Adoption of findings') },
  measurement: {
    version: 1,
    method: bilingual(
      `第 ${round} 轮审查：此前各轮意见的答复与采纳情况；编号终身不变。`,
      `Round ${round}: answers to findings of earlier rounds and what was adopted; numbers are for life.`,
    ),
    basis: 'ellipsoidal',
    notes: [],
  },
})
