import type { AreaParameters } from '../indicators/f01-areas.ts'
import { opportunityAreas as areasIndicator } from '../indicators/f01-opportunity-areas.ts'
import { areaColumn } from '../indicators/land-transition-tables.ts'
import { opportunityCards, type OpportunityCard, type OpportunityCards } from '../indicators/opportunity-cards.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { textColumn } from './columns.ts'
import type { LookId } from './looks.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { featureShape, namedPart } from './part.ts'

const LOOKS = ['proposed', 'submittedPasses', 'submittedBelow', 'submittedGate', 'submittedUnknown'] as const

/** Opportunity areas that the plan submits beside those that the rule finds, each with its score card. */
export const opportunityAreas = defineOverlay({
  id: 'opportunity-areas',
  version: 1,
  group: 'opportunity',
  title: { zh: '机遇地区', en: 'Opportunity areas' },
  summary: {
    zh: '申报的与按准则识别的地区，逐处评分并附评分卡。',
    en: 'Areas submitted and areas that the rule finds, each scored on a card.',
  },
  source: {
    zh: '《国际经验与启示》一文 L189（伦敦规划 2021：存量用地集中、临近中心、临近主要交通）；AHP：Saaty 1980；TOPSIS：Hwang & Yoon 1981',
    en: areasIndicator.source,
  },
  needs: [['opportunity_area', 'stock']],
  uses: areasIndicator.uses,
  indicator: 'F01',
  parameters: areasIndicator.parameters,
  compute(plan, parameters, report) {
    const cut = parameters.opportunityCut.toFixed(2)
    const method = {
      zh: `以 ${parameters.opportunityCellM} m 方格按存量集中、临近中心、临近交通等准则评分（门槛 ${cut}）识别建议地区，申报地区按同一准则评分；编号与评分卡一致。`,
      en: `Cells of ${parameters.opportunityCellM} m scored by stock concentration, nearness to centres and transport and further criteria (cut ${cut}) make proposed areas; submitted ones are scored by the same rule. Numbers are those of the score cards.`,
    }
    report(0, 1, { zh: '评价方格', en: 'Scoring cells' })
    const found = opportunityCards(plan, parameters as AreaParameters)
    if (!found) return missingOverlay(method, NOTHING, ['opportunity_area', 'stock'])
    const of = (kind: OpportunityCard['kind']) => found.cards.filter((card) => card.kind === kind)
    return {
      outcome: {
        kind: 'drawn',
        parts: [areaPart(found)],
        figures: [
          { title: { zh: '申报地区', en: 'Submitted' }, value: of('submitted').length, unit: 'count' },
          { title: { zh: '建议地区', en: 'Proposed' }, value: of('proposed').length, unit: 'count' },
          {
            title: { zh: '符合准则', en: 'Meeting the rule' },
            value: of('submitted').filter(({ verdict }) => verdict === 'passes').length,
            unit: 'count',
          },
        ],
      },
      method,
      notes: [],
    }
  },
})

const NOTHING: Bilingual = {
  zh: '既没有机遇地区图层，也没有存量用地可供识别。',
  en: 'There are neither submitted opportunity areas nor stock land to find any on.',
}

const SUBMITTED: Partial<Record<OpportunityCard['verdict'], LookId>> = {
  passes: 'submittedPasses',
  below: 'submittedBelow',
  gate: 'submittedGate',
}

const lookOf = ({ kind, verdict }: OpportunityCard): LookId =>
  kind === 'proposed' ? 'proposed' : (SUBMITTED[verdict] ?? 'submittedUnknown')

function areaPart({ cards, layer }: OpportunityCards): OverlayPart {
  const list: ResultTable = {
    id: 'areas',
    kind: 'list',
    title: { zh: '机遇地区', en: 'Opportunity areas' },
    rowTitle: { zh: '地区', en: 'Area' },
    columns: [
      { key: 'score', title: { zh: '得分', en: 'Score' }, unit: 'index' },
      textColumn('verdict', '判定', 'Verdict'),
      areaColumn('areaM2', '面积', 'Area'),
      { key: 'homes', title: { zh: '住房', en: 'Homes' }, unit: 'count' },
      { key: 'jobs', title: { zh: '岗位', en: 'Jobs' }, unit: 'count' },
    ],
    rows: cards.map(({ number, title, score, verdictText, areaM2, homes, jobs, statedHomes, statedJobs, fid }) => ({
      key: String(number),
      title,
      cells: [score ?? null, verdictText, areaM2, statedHomes ?? homes ?? null, statedJobs ?? jobs ?? null],
      ...(fid === undefined ? {} : { place: { layer: 'opportunity_area' as const, fid } }),
    })),
  }
  const shapes = cards.map((card, at) => ({ ...featureShape(layer, at, at + 1), look: lookOf(card) }))
  const labels = cards.map(({ number }) => String(number))
  return namedPart({ id: 'areas', title: list.title, kind: 'polygon', frame: layer.frame, list, labels }, LOOKS, shapes)
}
