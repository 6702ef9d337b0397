import { roleInfo } from '../model/roles.ts'
import type { ResultTable, TableCell, TableColumn } from '../model/result-table.ts'
import { formatValue } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import { CRITERIA } from './criteria.ts'
import type { OpportunityReport, ScoredCard } from './report.ts'

const column = (key: string, zh: string, en: string, unit: TableColumn['unit'] = null): TableColumn => ({
  key,
  title: { zh, en },
  unit,
  drawn: 'not',
})

const KINDS: Record<ScoredCard['kind'], Bilingual> = {
  proposed: { zh: '建议', en: 'proposed' },
  submitted: { zh: '申报', en: 'submitted' },
}

const listed = (texts: readonly Bilingual[]): Bilingual | null =>
  texts.length === 0 ? null : { zh: texts.map(({ zh }) => zh).join('；'), en: texts.map(({ en }) => en).join('; ') }

const both = (text: string | undefined): Bilingual | null => (text === undefined ? null : { zh: text, en: text })

const hectares = (areaM2: number): Bilingual => ({ zh: formatValue(areaM2, 'ha', 'zh'), en: formatValue(areaM2, 'ha', 'en') })
const metres = (lengthM: number): Bilingual => ({ zh: formatValue(lengthM, 'm', 'zh'), en: formatValue(lengthM, 'm', 'en') })

/** All cards as one table: a row per area, proposed ones first. */
export function cardsTable({ cards }: Pick<OpportunityReport, 'cards'>): ResultTable {
  return {
    id: 'opportunity-cards',
    kind: 'list',
    title: { zh: '机遇地区评分卡', en: 'Score cards of opportunity areas' },
    rowTitle: { zh: '地区', en: 'Area' },
    columns: [
      column('kind', '类别', 'Kind'),
      column('rank', '名次', 'Rank', 'count'),
      column('verdict', '判定', 'Verdict'),
      column('score', '得分', 'Score', 'index'),
      column('low', '权重变动下最低', 'Lowest as weights change', 'index'),
      column('high', '权重变动下最高', 'Highest as weights change', 'index'),
      column('frontShare', '保持前列', 'Stays in front', 'percent'),
      column('stableShare', '入选稳定性', 'Stays chosen', 'percent'),
      column('areaM2', '面积', 'Area', 'ha'),
      column('stockM2', '可用存量用地', 'Usable stock land', 'ha'),
      ...CRITERIA.map(({ id, zh, en }) => column(id, zh, en, 'index')),
      column('homes', '估算住房（套）', 'Homes estimated', 'count'),
      column('jobs', '估算岗位', 'Jobs estimated', 'count'),
      column('statedHomes', '申报住房（套）', 'Homes stated', 'count'),
      column('statedJobs', '申报岗位', 'Jobs stated', 'count'),
      column('phase', '时序', 'Phase'),
      column('strategy', '策略', 'Strategy'),
      column('otherShare', '与另一类重叠', 'Covered by the other kind', 'percent'),
      column('failed', '未过的条件', 'Conditions not met'),
      column('redLines', '压占管控线与保护地', 'On control lines or reserves'),
      column('corridorM2', '生态廊道内', 'On green corridors', 'ha'),
      column('gaps', '廊道断点', 'Gaps of corridors'),
      column('placeTypes', '特色片区类型', 'Kinds of places'),
    ],
    rows: cards.map((card) => ({
      key: String(card.number),
      title: card.title,
      ...(card.fid === undefined ? {} : { place: { layer: 'opportunity_area' as const, fid: card.fid } }),
      cells: cellsOf(card),
    })),
  }
}

function cellsOf(card: ScoredCard): TableCell[] {
  return [
    KINDS[card.kind],
    card.rank,
    card.verdictText,
    card.score ?? null,
    card.low ?? null,
    card.high ?? null,
    card.frontShare,
    card.stableShare ?? null,
    card.areaM2,
    card.stockM2 ?? null,
    ...CRITERIA.map(({ id }) => card.criteria.find((one) => one.id === id)?.figure ?? null),
    card.homes ?? null,
    card.jobs ?? null,
    card.statedHomes ?? null,
    card.statedJobs ?? null,
    both(card.phase),
    both(card.strategy),
    card.otherShare,
    listed(card.gates.filter(({ passes }) => !passes).map(({ title }) => title)),
    listed(
      card.redLines.map(({ layer, areaM2 }) => {
        const [title, size] = [roleInfo(layer).title, hectares(areaM2)]
        return { zh: `${title.zh} ${size.zh}`, en: `${title.en} ${size.en}` }
      }),
    ),
    card.corridorM2,
    listed(
      card.gaps.map(({ title, label, insideM }) => {
        const length = metres(insideM)
        return { zh: `${title.zh} ${label} ${length.zh}`, en: `${title.en} ${label} ${length.en}` }
      }),
    ),
    listed(card.placeTypes.map(({ title }) => title)),
  ]
}
