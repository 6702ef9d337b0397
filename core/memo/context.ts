import type { Chart } from '../charts/chart.ts'
import type { Checklist, ChecklistItem } from '../checklist/schema.ts'
import type { ItemResult } from '../checklist/result.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { Frame } from '../geo/frame.ts'
import type { Measurement } from '../model/measurement.ts'
import type { ReviewResult } from '../model/result.ts'
import type { PartTitles } from '../indicators/part-titles.ts'
import type { AreaUnit, UnitId } from '../model/units.ts'
import type { Answer } from '../reply/answer.ts'
import type { AdoptionRow } from '../review/adoption.ts'
import type { Attachment } from '../review/attachment.ts'
import type { OptionEdit, PlanOption } from '../review/option.ts'
import { inDrawn, inLang, type Bilingual, type DrawnLang, type Lang } from '../text.ts'
import type { Block, Cell, Run } from './document.ts'
import type { MemoOptions } from './memo-options.ts'

/** Titles and display units of indicators; `Indicator` fits. */
export interface IndicatorTitle {
  id: string
  title: Bilingual
  displayUnit: UnitId
  parameters?: Readonly<Record<string, { title: Bilingual; unit: UnitId }>>
  detailTitles?: PartTitles
}

/** The what-if option that the reviewer recommends, with the ids of its steps as they are now. */
export interface RecommendedOption {
  option: PlanOption
  steps: readonly string[]
}

/** A what-if option that the reviewer keeps, with its steps as they are now; what it came to is known of a recommended one only. */
export interface KeptOption {
  option: PlanOption
  steps: readonly Pick<OptionEdit, 'title' | 'by' | 'at'>[]
}

/** What was attached to an item or a finding, with the size of a picture that can be printed. */
export interface AttachedFile {
  attachment: Attachment
  picture: { widthPx: number; heightPx: number } | null
}

/** Everything a memo is composed from. Plain data: the same input gives the same memo. */
export interface MemoInput {
  result: ReviewResult
  checklist: Checklist
  /** Layers for the map sheet; empty where there is nothing to draw. */
  layers: readonly LayerColumns[]
  frame: Frame
  indicators: readonly IndicatorTitle[]
  areaUnit?: AreaUnit
  recommended?: RecommendedOption
  /** Each block gets its other language below it: it takes twice the room. */
  isPaired?: boolean
  /** Told of each page of an atlas as it is drawn. */
  report?: (done: number, total: number) => void
  /** Every option of the review; absent where the caller does not know of any. */
  kept?: readonly KeptOption[]
  /** From the second round on: its number, and what became of earlier findings. */
  round?: { number: number; adoption: readonly AdoptionRow[] }
  /** The applicant's last answer to a finding, by the finding's id. */
  answers?: Readonly<Record<string, Answer>>
  /** The head of the audit chain when the review was last changed: number and hash of its entry. */
  auditHead?: { seq: number; hash: string }
  /** Items' attachments first, in the order of the checklist, then those of findings. */
  attached?: readonly AttachedFile[]
  /** Draws a chart as one of our own figures; without it the memo has tables only. Loaded late: the chart library is large. */
  drawChart?: (chart: Chart, widthPx: number, name: string) => string
}

/** One item with all that is known of it. */
export interface JudgedItem {
  item: ChecklistItem
  result: ItemResult
  measurement: Measurement | null
}

export interface MemoContext extends MemoInput {
  options: MemoOptions
  lang: Lang
  areaUnit: AreaUnit
  /** Items of the checklist in its order. */
  items: readonly JudgedItem[]
  /** Picks the language of a sentence written in both. */
  say: (zh: string, en: string) => string
  inLang: (text: Bilingual) => string
  /** The language of drawings: a drawing of a bilingual memo stands once and says both. */
  drawnLang: DrawnLang
  /** Words in a drawing. */
  sayDrawn: (zh: string, en: string, between?: string) => string
}

/** A part of the memo. `title` null: no heading of its own. An empty list of blocks leaves the section out. */
export interface MemoSection {
  id: string
  title: Bilingual | null
  compose: (memo: MemoContext) => Block[]
}

export function memoContext(input: MemoInput, lang: Lang, options: MemoOptions = {}): MemoContext {
  const results = new Map(input.result.checklist.items.map((result) => [result.id, result]))
  const measurements = new Map(input.result.indicators.map((measurement) => [measurement.id, measurement]))
  const items = input.checklist.items.flatMap((item): JudgedItem[] => {
    const result = results.get(item.id)
    if (result === undefined) return []
    const measurement = item.rule === null ? undefined : measurements.get(item.rule.indicator)
    return [{ item, result, measurement: measurement ?? null }]
  })
  const drawnLang = input.isPaired === true ? 'both' : lang
  return {
    ...input,
    options,
    lang,
    areaUnit: input.areaUnit ?? 'ha',
    items,
    say: (zh, en) => (lang === 'zh' ? zh : en),
    inLang: (text) => inLang(text, lang),
    drawnLang,
    sayDrawn: (zh, en, between) => inDrawn({ zh, en }, drawnLang, between),
  }
}

export const run = (text: string): Run => ({ text })
export const strong = (text: string): Run => ({ text, strong: true })
export const muted = (text: string): Run => ({ text, muted: true })
export const code = (text: string): Run => ({ text, code: true })
export const paragraph = (...runs: Run[]): Block => ({ kind: 'paragraph', runs })
export const cell = (...runs: (Run | string)[]): Cell => ({
  runs: runs.map((part) => (typeof part === 'string' ? run(part) : part)),
})
export const rightCell = (text: string): Cell => ({ runs: [run(text)], align: 'right' })
export const centreCell = (text: string): Cell => ({ runs: [run(text)], align: 'center' })
export const headCells = (...labels: string[]): Cell[] => labels.map((label) => ({ runs: [strong(label)] }))
