import type { LayerColumns } from '../geo/columns.ts'
import { habitatState, ruleFor } from '../indicators/habitat.ts'
import { missingLinks, onTheWay, type MissingLink } from '../indicators/missing-links.ts'
import { connectivityChange } from '../indicators/n03-connectivity.ts'
import { missingLinkTable } from '../indicators/n03-tables.ts'
import { metres } from '../indicators/words.ts'
import type { Mending } from '../network/gap-closer.ts'
import type { HabitatNetwork } from '../network/habitat-graph.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { featureShape, namedPart } from './part.ts'

/** What to mend first: missing links by gain in connectivity per metre, with the land on the way. */
export const gapCloser = defineOverlay({
  id: 'gap-closer',
  version: 2,
  group: 'network',
  title: { zh: '断点修补建议', en: 'Gap closer' },
  summary: {
    zh: '待补连接按每米连通性增益排序，并列出沿线用地。',
    en: 'Missing links ranked by gain in PC per metre, with land use on the way.',
  },
  source: {
    zh: '连接对 PC 的增益：Saura & Rubio 2010；按每米增益排序为本软件的做法',
    en: 'Gain of a link in PC: Saura & Rubio 2010; ranking by gain per metre: ours',
  },
  needs: [['landuse_plan']],
  uses: ['corridor', 'green', 'landuse_base'],
  indicator: 'N03',
  parameters: {
    medianDispersalM: connectivityChange.parameters.medianDispersalM,
    minimumPatchHa: connectivityChange.parameters.minimumPatchHa,
  },
  compute(plan, { medianDispersalM, minimumPatchHa }, report) {
    const median = metres(medianDispersalM)
    const method = {
      zh: `候选为规划绿楔的断点与相距不超过 ${median.zh} 的斑块间断；逐一设想贯通（连接概率为 1），按 PC 增益 ÷ 需贯通长度排序，绿楔断点在前。沿线用地沿直线每 5 m 读取。这是搜索结果，不是承诺。`,
      en: `Candidates are gaps of designed wedges and breaks of at most ${median.en} between patches; each was taken as mended (probability 1) and ranked by gain in PC ÷ length to mend, wedges first. Land on the way was read every 5 m of the straight line. A search result, not a promise.`,
    }
    const parcels = plan.layer('landuse_plan')
    if (!parcels) return missingOverlay(method, NO_LAND, ['landuse_plan'])
    const states = [plan.layer('landuse_base'), parcels].filter((layer) => layer !== undefined)
    const rule = ruleFor(plan.geos, states, { medianM: medianDispersalM, minimumM2: minimumPatchHa })
    report(0, 2, { zh: '合并斑块', en: 'Joining patches' })
    const { network } = habitatState(plan.geos, parcels, rule, 0)
    if (network.layer.count < 2) return missingOverlay(method, TOO_FEW, ['landuse_plan'])
    report(1, 2, { zh: '计算每处连接的增益', en: 'Gain of every link' })
    // What the plan itself draws is listed even where the patches at both ends hang together elsewhere.
    const found = missingLinks(plan, network, rule).filter(({ gain, gap }) => gain > 0 || gap.isDesigned)
    if (found.length === 0) return missingOverlay(method, NOTHING_MISSING, [])
    const [best] = found
    return {
      outcome: {
        kind: 'drawn',
        parts: [patchesPart(network), mendingPart(parcels, network, found)],
        figures: [
          { title: { zh: '待补连接', en: 'Missing links' }, value: found.length, unit: 'count' },
          { title: { zh: '首选增益', en: 'Gain of the first' }, value: best?.share ?? 0, unit: 'percent' },
        ],
      },
      method,
      notes: found.some(({ gain, gap }) => gap.isDesigned && gain === 0) ? [JOINED_ELSEWHERE] : [],
    }
  },
})

const NO_LAND: Bilingual = { zh: '没有规划用地图层。', en: 'There is no planned land use.' }
const TOO_FEW: Bilingual = {
  zh: '达到最小面积的生境斑块不足两处，没有可补的连接。',
  en: 'There are fewer than two patches of habitat that are large enough: nothing can be linked.',
}
const JOINED_ELSEWHERE: Bilingual = {
  zh: '增益为 0 的绿楔断点：两端的斑块已由相接的其他斑块连通（距离为 0），贯通它不提高 PC，但仍是绿楔的断点。',
  en: 'A gap of a wedge with a gain of 0: the patches at its ends already hang together through others that touch. Mending it does not raise PC, yet the wedge is broken there.',
}
const NOTHING_MISSING: Bilingual = {
  zh: '没有找到能提高连通性的待补连接。',
  en: 'No missing link was found that would raise connectivity.',
}

function patchesPart({ layer }: HabitatNetwork): OverlayPart {
  const shapes = Array.from({ length: layer.count }, (_, patch) => ({ ...featureShape(layer, patch), look: 'patch' as const }))
  const head = {
    id: 'patches',
    title: { zh: '生境斑块', en: 'Patches of habitat' },
    kind: 'polygon' as const,
    frame: layer.frame,
  }
  return namedPart(head, ['patch'], shapes)
}

function mendingPart(parcels: LayerColumns, network: HabitatNetwork, found: readonly Mending<MissingLink>[]): OverlayPart {
  const list = withFirst(missingLinkTable(parcels, network, found), ['gainPer100M', 'land'])
  const shapes = found.slice(0, list.rows.length).map(({ gap }, at) => ({
    parts: [[wayOf(parcels, network, gap)]],
    row: at + 1,
    look: gap.wedge ? ('mendWedge' as const) : ('mendApart' as const),
  }))
  const head = { id: 'missingLinks', title: list.title, kind: 'line' as const, frame: parcels.frame, list }
  return namedPart(head, ['mendWedge', 'mendApart'], shapes)
}

/** Along the wedge's axis where there is one, else straight. */
function wayOf(parcels: LayerColumns, network: HabitatNetwork, gap: MissingLink): number[] {
  const { ends } = onTheWay(parcels, network, gap)
  if (!gap.wedge) return [...ends]
  return [ends[0], ends[1], ...gap.wedge.gap.samples.flatMap(({ x, y }) => [x, y]), ends[2], ends[3]]
}

/** The same table with some columns before the others: what it is ranked by, then what stands in the way. */
function withFirst(table: ResultTable, keys: readonly string[]): ResultTable {
  const order = [...table.columns.keys()].toSorted((one, other) => placeOf(table, one, keys) - placeOf(table, other, keys))
  return {
    ...table,
    columns: order.flatMap((at) => table.columns[at] ?? []),
    rows: table.rows.map((row) => ({ ...row, cells: order.map((at) => row.cells[at] ?? null) })),
  }
}

function placeOf({ columns }: ResultTable, at: number, keys: readonly string[]): number {
  const first = keys.indexOf(columns[at]?.key ?? '')
  return first >= 0 ? first : keys.length + at
}
