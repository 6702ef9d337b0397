import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Importances } from '../network/connectivity.ts'
import type { Mending } from '../network/gap-closer.ts'
import type { HabitatNetwork } from '../network/habitat-graph.ts'
import type { Bilingual } from '../text.ts'
import type { HabitatState } from './habitat.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'
import { onTheWay, type MissingLink } from './missing-links.ts'
import { metres } from './words.ts'

/** Rows of a list that people read. */
const MOST_ROWS = 20

export const patchTitle = (patch: number): Bilingual => ({ zh: `斑块 ${patch + 1}`, en: `patch ${patch + 1}` })

const linkTitle = (from: number, to: number): Bilingual => ({
  zh: `斑块 ${from + 1} — ${to + 1}`,
  en: `patches ${from + 1} and ${to + 1}`,
})

/** The most important patches, and links, as their places in the network; those that are worth nothing are left out. */
export const shownPatches = ({ patches }: Importances): number[] => mostOf(patches.dPc)
export const shownLinks = ({ links }: Importances): number[] => mostOf(links)

const mostOf = (worth: Float64Array): number[] =>
  [...worth.keys()]
    .filter((at) => (worth[at] ?? 0) > 1e-9)
    .toSorted((one, other) => (worth[other] ?? 0) - (worth[one] ?? 0) || one - other)
    .slice(0, MOST_ROWS)

/** The largest parcel of a patch: where the map goes to. */
export function biggestMember(parcels: LayerColumns, { members }: HabitatNetwork, patch: number): number {
  const areaM2 = featureAreas(parcels)
  return (members[patch] ?? []).reduce((most, member) => ((areaM2[member] ?? 0) > (areaM2[most] ?? -1) ? member : most), -1)
}

const share = (key: string, zh: string, en: string) => ({ key, title: { zh, en }, unit: 'percent' as const })
const index = (key: string, zh: string, en: string) => ({ key, title: { zh, en }, unit: 'index' as const, drawn: 'not' as const })
const count = (key: string, zh: string, en: string) => ({ key, title: { zh, en }, unit: 'count' as const, drawn: 'not' as const })

/** Both years side by side: area, ECA, the indices and the form of the network. */
export function stateTable(base: HabitatState, planned: HabitatState): ResultTable {
  const row = (key: string, title: Bilingual, { network, figures, form, usedM2 }: HabitatState) => ({
    key,
    title,
    cells: [
      usedM2,
      figures.ecaM2,
      figures.pc,
      figures.iic,
      network.layer.count,
      network.links.length,
      figures.components,
      form?.alpha ?? null,
      form?.beta ?? null,
      form?.gamma ?? null,
    ],
  })
  return {
    id: 'states',
    kind: 'list',
    title: { zh: '现状与规划的生态网络', en: 'The ecological network, base year and plan' },
    rowTitle: { zh: '状态', en: 'State' },
    columns: [
      areaColumn('areaM2', '生境面积', 'Habitat'),
      areaColumn('ecaM2', '等效连接面积 ECA', 'Equivalent connected area'),
      share('pc', '可能连通性指数 PC', 'PC'),
      share('iic', '整体连通性 IIC', 'IIC'),
      count('patches', '斑块', 'Patches'),
      count('links', '连接', 'Links'),
      count('components', '组分', 'Components'),
      index('alpha', '闭合度 α', 'Closure α'),
      index('beta', '线点率 β', 'Links per patch β'),
      index('gamma', '连接率 γ', 'Connection γ'),
    ],
    rows: [row('base', { zh: '现状', en: 'Base year' }, base), row('plan', { zh: '规划', en: 'Plan' }, planned)],
  }
}

/** Patches by dPC with its three parts. */
export function patchTable(parcels: LayerColumns, network: HabitatNetwork, worth: Importances): ResultTable {
  const { dPc, intra, flux, connector } = worth.patches
  return {
    id: 'patches',
    kind: 'list',
    title: { zh: '最重要的生境斑块（规划）', en: 'The patches that matter most (plan)' },
    rowTitle: { zh: '斑块', en: 'Patch' },
    columns: [
      areaColumn('areaM2', '面积', 'Area'),
      share('dPc', '重要性 dPC', 'dPC'),
      share('intra', '斑块内', 'Intra'),
      share('flux', '流量', 'Flux'),
      share('connector', '连接', 'Connector'),
    ],
    rows: shownPatches(worth).map((patch, at) => ({
      key: String(at + 1),
      title: patchTitle(patch),
      cells: [network.areaM2[patch] ?? 0, ...[dPc, intra, flux, connector].map((part) => (part[patch] ?? 0) / 100)],
      place: { layer: 'landuse_plan' as const, fid: parcels.fid[biggestMember(parcels, network, patch)] ?? 0 },
    })),
  }
}

/** Links by dPC. */
export function linkTable(parcels: LayerColumns, network: HabitatNetwork, worth: Importances): ResultTable {
  return {
    id: 'links',
    kind: 'list',
    title: { zh: '最重要的连接（规划）', en: 'The links that matter most (plan)' },
    rowTitle: { zh: '连接', en: 'Link' },
    columns: [{ key: 'lengthM', title: { zh: '间距', en: 'Distance' }, unit: 'm' }, share('dPc', '重要性 dPC', 'dPC')],
    rows: shownLinks(worth).flatMap((at, place) => {
      const link = network.links[at]
      if (!link) return []
      const fid = parcels.fid[biggestMember(parcels, network, link.from)] ?? 0
      const cells = [link.lengthM, (worth.links[at] ?? 0) / 100]
      return {
        key: String(place + 1),
        title: linkTitle(link.from, link.to),
        cells,
        place: { layer: 'landuse_plan' as const, fid },
      }
    }),
  }
}

const KINDS = {
  wedge: { zh: '绿楔断点', en: 'gap of a wedge' },
  apart: { zh: '斑块间断', en: 'patches apart' },
} as const

/** What to mend first: gaps of designed wedges, then breaks between patches, each by gain per metre. */
export function missingLinkTable(
  parcels: LayerColumns,
  network: HabitatNetwork,
  mendings: readonly Mending<MissingLink>[],
): ResultTable {
  return {
    id: 'missingLinks',
    kind: 'list',
    title: {
      zh: '待补连接（按每米增益排序，规划绿楔断点在前）',
      en: 'Missing links (gaps of designed wedges first, then by gain per metre)',
    },
    rowTitle: { zh: '连接', en: 'Link' },
    columns: [
      { key: 'kind', title: { zh: '类别', en: 'Kind' }, unit: null },
      { key: 'lengthM', title: { zh: '需贯通长度', en: 'Length to mend' }, unit: 'm' },
      share('gain', '贯通后 PC 增益', 'Gain in PC'),
      share('gainPer100M', '每百米增益', 'Gain per 100 m'),
      { key: 'land', title: { zh: '沿线用地', en: 'Land on the way' }, unit: null },
    ],
    rows: mendings.slice(0, MOST_ROWS).map(({ gap, share: gain, sharePerM }, at) => {
      const way = onTheWay(parcels, network, gap)
      const first = gap.wedge?.parcels[0] ?? way.parcels[0] ?? biggestMember(parcels, network, gap.from)
      return {
        key: String(at + 1),
        title: gap.wedge ? gap.wedge.axis.title : linkTitle(gap.from, gap.to),
        cells: [KINDS[gap.wedge ? 'wedge' : 'apart'], gap.lengthM, gain, 100 * sharePerM, landInWords(way.lengths)],
        place: { layer: 'landuse_plan' as const, fid: parcels.fid[first] ?? 0 },
      }
    }),
  }
}

/** Classes on the way with their lengths, the longest first. */
function landInWords(lengths: readonly { code: string | null; lengthM: number }[]): Bilingual {
  const said = lengths.slice(0, 4).map(({ code, lengthM }) => {
    const [title, length] = [code === null ? { zh: '无用地数据', en: 'no land use given' } : classTitle(code), metres(lengthM)]
    return { zh: `${title.zh} ${length.zh}`, en: `${title.en} ${length.en}` }
  })
  return { zh: said.map(({ zh }) => zh).join('、'), en: said.map(({ en }) => en).join(', ') }
}
