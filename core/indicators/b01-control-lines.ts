import type { LayerColumns } from '../geo/columns.ts'
import { sumOfAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere } from './amounts.ts'
import { crossingOf, crossingTables, inClass, nothingCrosses, type Crossing, type CrossingPart } from './b01-crossing.ts'
import { areaOfGroup, seenShare, unclassedNote } from './by-class.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { EVIDENCE_CAP, topEvidence, type TopEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

/** Gate of the checklist: planned construction must stay out of basic farmland and of the ecological redline. */
export const controlLines = defineIndicator({
  id: 'B01',
  version: 2,
  title: { zh: '三条控制线落实', en: 'Three control lines respected' },
  unit: 'm2',
  displayUnit: 'ha',
  better: 'lower',
  formula: {
    zh: 'A(规划建设用地∩永久基本农田)＋A(规划建设用地∩生态保护红线)，单个地块压占小于碎图斑标准的不计。',
    en: 'A(planned construction ∩ basic farmland) + A(planned construction ∩ ecological redline); overlaps of one parcel below the sliver limit are ignored.',
  },
  source:
    'Seed article L247 (three control lines are binding); sliver limit after the smallest construction patch of the Third Survey',
  seed: ['S012', 'S082'],
  needs: ['landuse_plan', 'pbf', 'eco_redline'],
  uses: [],
  overlays: [
    ['landuse_plan', 'pbf'],
    ['landuse_plan', 'eco_redline'],
  ],
  parameters: {
    sliverM2: {
      default: 200,
      min: 1,
      max: 100_000,
      unit: 'm2',
      title: { zh: '碎图斑标准', en: 'Sliver limit' },
      source: '三调 minimum construction patch 200 m² (unverified)',
    },
  },
  detailTitles: {
    constructionM2: { zh: '规划建设用地面积', en: 'Planned construction land', unit: 'ha' },
    pbfChecked: { zh: '已核查永久基本农田', en: 'Basic farmland checked' },
    pbfOverlapM2: { zh: '压占永久基本农田', en: 'Inside basic farmland', unit: 'ha' },
    pbfExemptM2: { zh: '其中有依据的', en: 'Of it, with an exemption', unit: 'ha' },
    redlineChecked: { zh: '已核查生态保护红线', en: 'Ecological redline checked' },
    redlineOverlapM2: { zh: '压占生态保护红线', en: 'Inside the ecological redline', unit: 'ha' },
    redlineExemptM2: { zh: '其中有依据的', en: 'Of it, with an exemption', unit: 'ha' },
    redlineShare: { zh: '占红线面积的比例', en: 'Share of the redline’s area', unit: 'percent' },
    unexplainedM2: { zh: '无依据的压占面积', en: 'Overlap without an exemption', unit: 'ha' },
    unexplained: { zh: '存在无依据的压占', en: 'Some overlap has no exemption' },
    slivers: { zh: '不计的碎图斑', en: 'Slivers left out', unit: 'count' },
    sliversM2: { zh: '碎图斑面积', en: 'Area of slivers', unit: 'm2' },
  },
  compute(plan, { sliverM2 }) {
    const basis = areaBasis(plan.basis)
    const work = draft(
      `规划建设用地与永久基本农田、生态保护红线叠加，每一地块压占面积不足 ${sliverM2} m² 的作为碎图斑不计，其余相加。${basis.zh}`,
      `Planned construction land was overlaid with basic farmland and the ecological redline; overlaps below ${sliverM2} m² per parcel were ignored as slivers, the rest added up. ${basis.en}`,
    )
    const parcels = plan.layer('landuse_plan')
    const lines = { pbf: plan.layer('pbf'), redline: plan.layer('eco_redline') }
    if (!parcels)
      return missing(work, { zh: '没有规划用地用海图层。', en: 'There is no planned land-use layer.' }, ['landuse_plan'])
    work.notes.push(...unclassedNote(parcels, '规划用地', 'planned land use'))
    const pbf = lines.pbf ? crossingOf(parcels, lines.pbf, sliverM2) : nothingCrosses
    const redline = lines.redline ? crossingOf(parcels, lines.redline, sliverM2) : nothingCrosses
    const unexplainedM2 = pbf.unexplainedM2 + redline.unexplainedM2
    const redlineM2 = lines.redline ? sumOfAreas(lines.redline) : 0
    work.details = {
      constructionM2: areaOfGroup(parcels, 'construction'),
      pbfChecked: lines.pbf !== undefined,
      pbfOverlapM2: pbf.overlapM2,
      pbfExemptM2: pbf.exemptM2,
      redlineChecked: lines.redline !== undefined,
      redlineOverlapM2: redline.overlapM2,
      redlineExemptM2: redline.exemptM2,
      redlineShare: redline.overlapM2 / Math.max(1, redlineM2),
      unexplainedM2,
      unexplained: unexplainedM2 > 0,
      slivers: pbf.slivers + redline.slivers,
      sliversM2: pbf.sliversM2 + redline.sliversM2,
    }
    Object.assign(
      work,
      both(
        evidenceOf(parcels, pbf, { zh: '压占永久基本农田', en: 'inside basic farmland' }),
        evidenceOf(parcels, redline, { zh: '压占生态保护红线', en: 'inside the ecological redline' }),
      ),
    )
    work.tables = crossingTables(parcels, { ...(lines.pbf ? { pbf } : {}), ...(lines.redline ? { eco_redline: redline } : {}) })
    work.quality = { seenShare: seenShare(parcels) }
    return concluded(plan, work, pbf.overlapM2 + redline.overlapM2, unexplainedM2)
  },
  featuresOf(plan, { sliverM2 }, { table, row, column }) {
    const parcels = plan.layer('landuse_plan')
    const name = table === 'lines' ? row : column
    const line = name === 'pbf' || name === 'eco_redline' ? plan.layer(name) : undefined
    if (!parcels || !line) return []
    const amounts = crossingOf(parcels, line, sliverM2).parts[partOf(table, column)]
    const isOfRow = table === 'lines' ? () => true : inClass(parcels, row)
    return topEvidence(parcels, onlyWhere(amounts, isOfRow), hectares).evidence
  },
  examples: [
    {
      title: 'a parcel 100 m wide reaches 30 m into basic farmland and another 20 m into an exempt part of the redline',
      layers: {
        landuse_plan: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { class: '0701' },
          },
          {
            polygon: [box(200, 0, 100, 100)],
            attributes: { class: '10' },
          },
          {
            polygon: [box(0, 200, 100, 100)],
            attributes: { class: '01' },
          },
        ],
        pbf: [
          {
            polygon: [box(70, 0, 80, 100)],
          },
          {
            polygon: [box(0, 200, 100, 100)],
          },
        ],
        eco_redline: [
          {
            polygon: [box(280, 0, 120, 100)],
            attributes: { exemption: '自然资发〔2022〕142号' },
          },
        ],
      },
      answer: 5000,
      details: {
        pbfOverlapM2: 3000,
        redlineOverlapM2: 2000,
        redlineExemptM2: 2000,
        unexplainedM2: 3000,
        unexplained: true,
        slivers: 0,
      },
    },
    {
      title: 'an overlap of one metre along a 100 m edge is a sliver',
      layers: {
        landuse_plan: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { class: '07' },
          },
        ],
        pbf: [
          {
            polygon: [box(99, 0, 101, 100)],
          },
        ],
        eco_redline: [
          {
            polygon: [box(0, 500, 10, 10)],
          },
        ],
      },
      answer: 0,
      details: { slivers: 1, sliversM2: 100, unexplained: false },
    },
    {
      title: 'without the redline and without a conflict the gate cannot be called passed',
      layers: {
        landuse_plan: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { class: '07' },
          },
        ],
        pbf: [
          {
            polygon: [box(500, 0, 100, 100)],
          },
        ],
      },
      answer: 'missing',
      details: { redlineChecked: false, pbfChecked: true },
    },
  ],
})

/** Which part of a crossing a column of the tables shows. */
const partOf = (table: string, column: string | undefined): CrossingPart =>
  table === 'lines' && (column === 'exemptM2' || column === 'unexplainedM2' || column === 'sliversM2') ? column : 'overlapM2'

const evidenceOf = (parcels: LayerColumns, { parts }: Crossing, where: Bilingual): TopEvidence =>
  topEvidence(parcels, parts.overlapM2, (areaM2) => ({
    zh: `${where.zh} ${hectares(areaM2).zh}`,
    en: `${hectares(areaM2).en} ${where.en}`,
  }))

const both = (one: TopEvidence, other: TopEvidence): TopEvidence => ({
  evidence: largestFirst([...one.evidence, ...other.evidence]).slice(0, EVIDENCE_CAP),
  evidenceTotal: one.evidenceTotal + other.evidenceTotal,
})

/** A conflict found is a finding even if the other line is missing; no conflict is only one when both were looked at. */
function concluded(plan: PlanData, work: ReturnType<typeof draft>, overlapM2: number, unexplainedM2: number) {
  const needs = (['pbf', 'eco_redline'] as const).filter((role) => plan.layer(role) === undefined)
  if (needs.length === 0) return measured(work, overlapM2, 'm2')
  const names = needs.map((role) =>
    role === 'pbf' ? ['永久基本农田', 'basic farmland'] : ['生态保护红线', 'the ecological redline'],
  )
  const zh = `没有${names.map(([name]) => name).join('、')}图层，未核查。`
  const en = `There is no layer of ${names.map(([, name]) => name).join(', nor of ')}; this was not checked.`
  if (unexplainedM2 === 0) return missing(work, { zh, en }, needs)
  work.notes.push({ zh, en })
  return measured(work, overlapM2, 'm2')
}
