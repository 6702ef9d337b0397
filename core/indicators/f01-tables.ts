import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import type { ResultTable, TableCell, TableColumn } from '../model/result-table.ts'
import { CRITERIA, type CriterionId } from '../opportunity/criteria.ts'
import type { FoundAreas, ScoreCard } from '../opportunity/find-areas.ts'
import { sourceText } from '../reference/sources.ts'
import type { Bilingual } from '../text.ts'
import { areaTitle, type AreasOfPlan, type SubmittedArea } from './f01-areas.ts'
import { areaColumn } from './land-transition-tables.ts'

export const VERDICTS = {
  passes: { zh: '符合准则', en: 'meets the rule' },
  gate: { zh: '触及管控线或高风险区', en: 'touches a control line or high hazard' },
  below: { zh: '得分低于门槛', en: 'score below the cut' },
  unknown: { zh: '无法评分', en: 'cannot be scored' },
} as const satisfies Record<SubmittedArea['verdict'], Bilingual>

const YES_NO = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } } as const
const COVERED = { true: { zh: '已申报', en: 'submitted' }, false: { zh: '未申报', en: 'not submitted' } } as const

const count = (key: string, zh: string, en: string): TableColumn => ({ key, title: { zh, en }, unit: 'count', drawn: 'not' })
const index = (key: string, zh: string, en: string): TableColumn => ({ key, title: { zh, en }, unit: 'index' })
const percent = (key: string, zh: string, en: string): TableColumn => ({ key, title: { zh, en }, unit: 'percent', drawn: 'not' })
const words = (key: string, zh: string, en: string): TableColumn => ({ key, title: { zh, en }, unit: null })

const figureColumns = (): TableColumn[] => CRITERIA.map(({ id, zh, en }) => ({ ...index(id, zh, en), drawn: 'not' as const }))
const figureCells = (card: ScoreCard | undefined): TableCell[] => CRITERIA.map(({ id }) => card?.figures[id] ?? null)

const CARD_COLUMNS: TableColumn[] = [
  index('score', '得分', 'Score'),
  { ...index('low', '权重变动下最低', 'Lowest as weights change'), drawn: 'not' },
  { ...index('high', '权重变动下最高', 'Highest as weights change'), drawn: 'not' },
  percent('stable', '入选稳定性', 'Stays chosen'),
]
const cardCells = (card: ScoreCard | undefined): TableCell[] =>
  card ? [card.score, card.low, card.high, card.stableShare] : [null, null, null, null]

/** One row per submitted area: its score card, what it touches, and what its own attributes state. */
export function submittedTable(areas: LayerColumns, { submitted }: AreasOfPlan): ResultTable {
  return {
    id: 'submitted',
    kind: 'units',
    title: { zh: '申报机遇地区评分', en: 'Submitted opportunity areas scored' },
    rowTitle: { zh: '机遇地区', en: 'Opportunity area' },
    columns: [
      ...CARD_COLUMNS,
      words('verdict', '判定', 'Verdict'),
      areaColumn('areaM2', '面积', 'Area'),
      areaColumn('stockM2', '可用存量用地', 'Usable stock land'),
      areaColumn('keepOffM2', '管控线与保护地内', 'On control lines or reserves'),
      areaColumn('waterM2', '水域内', 'On water'),
      areaColumn('hazardM2', '高灾害风险区内', 'In zones of high hazard'),
      areaColumn('corridorM2', '生态廊道内', 'On green corridors'),
      words('gaps', '廊道断点', 'Gaps of corridors'),
      percent('proposedShare', '与建议地区重叠', 'Inside proposed areas'),
      ...figureColumns(),
      count('homes', '申报住房（套）', 'Homes stated'),
      count('jobs', '申报岗位', 'Jobs stated'),
      count('homesFit', '估算住房（套）', 'Homes estimated'),
      count('jobsFit', '估算岗位', 'Jobs estimated'),
      words('phase', '时序', 'Phase'),
    ],
    rows: submitted.map(({ feature, card, ...area }) => {
      const fid = areas.fid[feature] ?? 0
      const phase = textAt(areas, 'phase', feature)
      return {
        key: String(fid),
        title: areaTitle(areas, feature),
        place: { layer: 'opportunity_area', fid },
        cells: [
          ...cardCells(card),
          VERDICTS[area.verdict],
          area.areaM2,
          card?.stockM2 ?? null,
          area.keepOffM2,
          area.waterM2,
          area.hazardM2,
          area.corridorM2,
          gapWords(area.gaps),
          area.proposedShare,
          ...figureCells(card),
          numberAt(areas, 'homes', feature) ?? null,
          numberAt(areas, 'jobs', feature) ?? null,
          card?.homes ?? null,
          card?.jobs ?? null,
          phase === undefined ? null : { zh: phase, en: phase },
        ],
      }
    }),
  }
}

/** One row per area that the rule finds, best first. */
export function proposedTable(
  { proposed }: FoundAreas,
  { coveredShare, proposedGaps }: AreasOfPlan,
  coveredFrom: number,
): ResultTable {
  return {
    id: 'proposed',
    kind: 'list',
    title: { zh: '按准则识别的建议地区', en: 'Areas that the rule finds' },
    rowTitle: { zh: '建议地区', en: 'Proposed area' },
    columns: [
      ...CARD_COLUMNS,
      words('verdict', '是否申报', 'Submitted'),
      percent('coveredShare', '被申报地区覆盖', 'Covered by submitted areas'),
      areaColumn('areaM2', '面积', 'Area'),
      areaColumn('stockM2', '可用存量用地', 'Usable stock land'),
      words('gaps', '廊道断点', 'Gaps of corridors'),
      ...figureColumns(),
      count('homesFit', '估算住房（套）', 'Homes estimated'),
      count('jobsFit', '估算岗位', 'Jobs estimated'),
      words('test', '达到伦敦容量门槛', 'As large as London asks'),
    ],
    rows: proposed.map((area, at) => ({
      key: String(area.rank),
      title: { zh: `建议地区 ${area.rank}`, en: `proposed area ${area.rank}` },
      cells: [
        ...cardCells(area),
        COVERED[`${(coveredShare[at] ?? 0) >= coveredFrom}`],
        coveredShare[at] ?? 0,
        area.areaM2,
        area.stockM2,
        gapWords(proposedGaps[at] ?? []),
        ...figureCells(area),
        area.homes,
        area.jobs,
        YES_NO[`${area.meetsCapacityTest}`],
      ],
    })),
  }
}

/** Criteria with their weights, how each is measured, and where that comes from. */
export function criteriaTable({ criteria, weights }: FoundAreas): ResultTable {
  const weightOf = (id: CriterionId) => weights[criteria.indexOf(id)] ?? 0
  return {
    id: 'criteria',
    kind: 'list',
    title: { zh: '识别准则与权重', en: 'Criteria and weights' },
    rowTitle: { zh: '准则', en: 'Criterion' },
    columns: [
      { key: 'weight', title: { zh: '权重', en: 'Weight' }, unit: 'percent' },
      words('how', '量化方式', 'How it is measured'),
      words('source', '来源', 'Source'),
    ],
    rows: CRITERIA.map(({ id, zh, en, how, source }) => ({
      key: id,
      title: { zh, en },
      cells: [weightOf(id), how, sourceText(source) ?? null],
    })),
  }
}

/** Names of the gaps that an area lies on, with the length of each inside it; nothing where there is none. */
function gapWords(inside: SubmittedArea['gaps']): TableCell {
  if (inside.length === 0) return null
  const each = (lang: 'zh' | 'en') => inside.map(({ gap, insideM }) => `${gap.title[lang]} ${gap.label} ${Math.round(insideM)} m`)
  return { zh: each('zh').join('、'), en: each('en').join(', ') }
}
