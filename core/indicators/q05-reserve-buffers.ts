import { textAt, type LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { plannedParks } from './green-spaces.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { kilometres, lengthColumn } from './line-kinds.ts'
import { draft, measured, missing } from './outcomes.ts'
import { EDGE_STEP_M, reserveEdges, type EdgeOptions, type ReserveEdges } from './reserve-edges.ts'
import { studyArea } from './study-area.ts'
import { topEvidence } from './top-evidence.ts'
import { lengthBasis, metres, percent } from './words.ts'

/** A table names at most this many reserves, those with the longest edges. */
const MOST_ROWS = 300

/** Share of the edge of nature reserves that a belt of parks shields. */
export const reserveBuffers = defineIndicator({
  id: 'Q05',
  version: 1,
  title: { zh: '保护地缓冲', en: 'Reserve buffers' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'L(外侧有不窄于 100 m 公园绿地的保护地边界) ÷ L(保护地边界)；方案范围线处的边界不计。',
    en: 'L(edge of reserves with parks of at least 100 m outside) ÷ L(edge of reserves); edge at the limit of the plan is left out.',
  },
  source: 'Seed article L129 (Singapore: nature parks as buffers of reserves); width interpolated',
  seed: ['S039'],
  isSlow: true,
  needs: ['protected', 'green'],
  uses: ['eco_redline', 'landuse_plan', 'landuse_base', 'admin'],
  parameters: {
    bufferM: {
      default: 100,
      min: 20,
      max: 1000,
      unit: 'm',
      title: { zh: '缓冲带宽度', en: 'Width of the buffer' },
      source: 'Domain rule Q05 (100 m, interpolated)',
    },
    bufferGapM: {
      default: 20,
      min: 0,
      max: 100,
      unit: 'm',
      title: { zh: '边界与缓冲带之间允许的间隔', en: 'Space allowed between edge and buffer' },
      source: 'Our default: a path, road or brook along the edge',
    },
  },
  detailTitles: {
    edgeM: { zh: '保护地边界', en: 'Edge of reserves', unit: 'km' },
    bufferedM: { zh: '其中有缓冲', en: 'Of it, with a buffer', unit: 'km' },
    beyondM: { zh: '方案范围线处的边界（未计入）', en: 'Edge at the limit of the plan (left out)', unit: 'km' },
    reserves: { zh: '保护地数', en: 'Reserves', unit: 'count' },
  },
  compute(plan, { bufferM, bufferGapM }) {
    const basis = lengthBasis(plan.basis)
    const [width, gap] = [metres(bufferM), metres(bufferGapM)]
    const work = draft(
      `沿保护地边界每 ${EDGE_STEP_M} m 向外量：${gap.zh} 以内起有连续不窄于 ${width.zh} 的公园绿地的，计为有缓冲。${basis.zh}`,
      `Every ${EDGE_STEP_M} m along the edge of reserves, outwards: parks that begin within ${gap.en} and are ${width.en} deep are a buffer. ${basis.en}`,
    )
    const found = edgesOf(plan, bufferM, bufferGapM)
    if ('lacks' in found) return missing(work, found.why, [found.lacks])
    const { reserves, edges, notes } = found
    work.notes.push(...notes)
    const [edgeM, bufferedM, beyondM] = [totalOf(edges.edgeM), totalOf(edges.bufferedM), totalOf(edges.beyondM)]
    if (edgeM === 0) return missing(work, NO_EDGE, [reserves.role])
    work.details = { edgeM, bufferedM, beyondM, reserves: shapeCount(reserves) }
    const openM = edges.edgeM.map((lengthM, reserve) => lengthM - (edges.bufferedM[reserve] ?? 0))
    const noteOf = (lengthM: number, reserve: number): Bilingual => {
      const [open, share] = [kilometres(lengthM), percent((edges.bufferedM[reserve] ?? 0) / (edges.edgeM[reserve] ?? 1))]
      return { zh: `无缓冲边界 ${open.zh}（有缓冲 ${share.zh}）`, en: `${open.en} without a buffer (${share.en} with one)` }
    }
    Object.assign(work, topEvidence(reserves, openM, noteOf))
    return measured({ ...work, tables: [tableOf(reserves, edges)] }, bufferedM / edgeM, 'ratio')
  },
  featuresOf(plan, { bufferM, bufferGapM }, { row, column }) {
    const found = edgesOf(plan, bufferM, bufferGapM)
    if ('lacks' in found) return []
    const { reserves, edges } = found
    const amounts = column === 'bufferedM' ? edges.bufferedM : edges.edgeM
    return topEvidence(
      reserves,
      onlyWhere(amounts, (reserve) => String(reserves.fid[reserve] ?? 0) === row),
      kilometres,
    ).evidence
  },
  examples: [
    {
      title: 'a square of 1 km with a park of 100 m along one side and one of 90 m along another',
      layers: {
        protected: [{ polygon: [box(0, 0, 1000, 1000)] }],
        green: [{ polygon: [box(1000, 0, 100, 1000)] }, { polygon: [box(-90, 0, 90, 1000)] }],
      },
      answer: 0.25,
      details: { edgeM: 4000, bufferedM: 1000, beyondM: 0, reserves: 1 },
    },
    {
      title: 'a road of 15 m may lie between, one of 30 m may not; two parks side by side are one belt',
      layers: {
        protected: [{ polygon: [box(0, 0, 1000, 1000)] }],
        green: [
          { polygon: [box(1015, 0, 40, 1000)] },
          { polygon: [box(1055, 0, 60, 1000)] },
          { polygon: [box(-200, 0, 170, 1000)] },
        ],
      },
      answer: 0.25,
    },
    {
      title: 'the line between two reserves is no edge, nor is the limit of the plan judged',
      layers: {
        admin: [{ polygon: [box(0, -500, 2000, 2000)] }],
        protected: [{ polygon: [box(0, 0, 1000, 1000)] }, { polygon: [box(1000, 0, 1000, 1000)] }],
        green: [{ polygon: [box(0, 1000, 2000, 150)] }],
      },
      answer: 0.5,
      details: { edgeM: 4000, beyondM: 2000, reserves: 2 },
    },
    {
      title: 'the redline stands in where no reserve is drawn',
      layers: {
        eco_redline: [{ polygon: [box(0, 0, 1000, 1000)] }],
        landuse_plan: [
          { polygon: [box(1000, 0, 100, 1000)], attributes: { class: '1401' } },
          { polygon: [box(-2000, -2000, 6000, 1000)], attributes: { class: '01' } },
          { polygon: [box(-2000, -1000, 2000, 3000)], attributes: { class: '01' } },
          { polygon: [box(0, -1000, 1000, 1000)], attributes: { class: '01' } },
          { polygon: [box(0, 1000, 1000, 1000)], attributes: { class: '01' } },
        ],
      },
      answer: 0.25,
    },
    { title: 'no reserves', layers: { green: [{ polygon: [box(0, 0, 9, 9)] }] }, answer: 'missing' },
  ],
})

const NO_RESERVES: Bilingual = {
  zh: '没有自然保护地图层，也没有生态保护红线。',
  en: 'There is neither a layer of protected areas nor an ecological redline.',
}
const NO_GREEN: Bilingual = {
  zh: '没有公园与绿地图层，规划用地中也没有公园绿地（1401）。',
  en: 'There is no green layer, and the planned land use holds no park land (1401).',
}
const NO_EDGE: Bilingual = {
  zh: '保护地边界都在方案范围线上，无法判断缓冲。',
  en: 'All edges of reserves lie at the limit of the plan, so that buffers cannot be judged.',
}
const REDLINE: Bilingual = {
  zh: '没有自然保护地图层，以生态保护红线代替。',
  en: 'There is no layer of protected areas; the ecological redline was used.',
}
const FROM_LAND_USE: Bilingual = {
  zh: '没有公园与绿地图层，以规划公园绿地（1401）代替。',
  en: 'There is no green layer; planned park land (1401) was used.',
}

interface Found {
  reserves: LayerColumns
  edges: ReserveEdges
  notes: Bilingual[]
}

function edgesOf(plan: PlanData, bufferM: number, gapM: number): Found | { lacks: string; why: Bilingual } {
  const drawn = plan.layer('protected')
  const reserves = drawn && shapeCount(drawn) > 0 ? drawn : plan.layer('eco_redline')
  if (!reserves || shapeCount(reserves) === 0) return { lacks: 'protected', why: NO_RESERVES }
  const parks = plan.layer('green')
  const planned = parks ? undefined : plannedParks(plan)
  const green = parks ?? planned?.layer
  if (!green) return { lacks: 'green', why: NO_GREEN }
  const within = studyArea(plan, 'whole')?.zone
  const options: EdgeOptions = { green, isBuffer: planned?.select ?? (() => true), bufferM, gapM, within }
  const notes = [...(reserves === drawn ? [] : [REDLINE]), ...(parks ? [] : [FROM_LAND_USE])]
  return { reserves, edges: reserveEdges(reserves, options), notes }
}

function tableOf(reserves: LayerColumns, { edgeM, bufferedM }: ReserveEdges): ResultTable {
  const all = [...edgeM.keys()].filter((reserve) => (edgeM[reserve] ?? 0) > 0)
  const shown = all.toSorted((one, other) => (edgeM[other] ?? 0) - (edgeM[one] ?? 0) || one - other).slice(0, MOST_ROWS)
  const rows = shown.map((reserve) => {
    const fid = reserves.fid[reserve] ?? 0
    const name = textAt(reserves, 'name', reserve)
    const [edge, buffered] = [edgeM[reserve] ?? 0, bufferedM[reserve] ?? 0]
    const title = name === undefined ? { zh: `保护地 ${fid}`, en: `reserve ${fid}` } : { zh: name, en: name }
    return { key: String(fid), title, cells: [edge, buffered, buffered / edge], place: { layer: reserves.role, fid } }
  })
  const sum = rows.reduce((total, { cells }) => total + (cells[0] ?? 0), 0)
  return {
    id: 'by_reserve',
    kind: 'list',
    title: { zh: '各保护地边界与缓冲', en: 'Edge and buffer by reserve' },
    rowTitle: { zh: '保护地', en: 'Reserve' },
    columns: [
      lengthColumn('edgeM', '边界', 'Edge'),
      lengthColumn('bufferedM', '有缓冲', 'With a buffer'),
      { key: 'share', title: { zh: '占比', en: 'Share' }, unit: 'percent' },
    ],
    rows,
    closure: { edgeM: { sum, whole: totalOf(edgeM), ...(shown.length < all.length ? { remark: LONGEST } : {}) } },
  }
}

const LONGEST: Bilingual = {
  zh: `只列边界最长的 ${MOST_ROWS} 处。`,
  en: `Only the ${MOST_ROWS} reserves with the longest edges are listed.`,
}
