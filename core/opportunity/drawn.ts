import type { FeatureGeometry } from '../contract/map-data.ts'
import type { OverlayPartView } from '../contract/overlay-procedures.ts'
import { namedLegend, type LookId } from '../overlays/looks.ts'
import type { Bilingual } from '../text.ts'
import { cardsTable } from './cards-table.ts'
import type { OpportunityReport, ScoredCard } from './report.ts'

const KINDS = [
  { kind: 'submitted', title: { zh: '申报地区', en: 'Submitted areas' } },
  { kind: 'proposed', title: { zh: '建议地区', en: 'Proposed areas' } },
] as const satisfies readonly { kind: ScoredCard['kind']; title: Bilingual }[]

/** "S1", "P2": the number of a card, on the map and on the card. */
export const cardLabel = ({ kind, rank }: Pick<ScoredCard, 'kind' | 'rank'>): string =>
  `${kind === 'submitted' ? 'S' : 'P'}${rank}`

const LOOKS: Readonly<Record<ScoredCard['kind'], readonly LookId[]>> = {
  proposed: ['proposed'],
  submitted: ['submittedPasses', 'submittedBelow', 'submittedGate', 'submittedUnknown'],
}
const LOOK_OF: Readonly<Record<ScoredCard['verdict'], number>> = {
  submitted: 0,
  missed: 0,
  passes: 0,
  below: 1,
  gate: 2,
  unknown: 3,
}

/** The areas of a report as the map draws overlays: one part per kind, its rows by rank. */
export function reportParts(report: OpportunityReport): OverlayPartView[] {
  return KINDS.flatMap(({ kind, title }): OverlayPartView[] => {
    const places = report.cards.flatMap((card, at) => (card.kind === kind ? [at] : []))
    if (places.length === 0) return []
    const cards = places.map((at) => report.cards[at]).filter((card) => card !== undefined)
    const shape = shapesAt(report.shapes, places)
    const classOf = Uint16Array.from(cards, ({ verdict }) => LOOK_OF[verdict])
    return [
      {
        id: kind,
        title,
        labels: cards.map(cardLabel),
        legend: namedLegend(LOOKS[kind], classOf, 'polygon'),
        shapes: places.length,
        shape,
        classOf,
        rowOf: Uint32Array.from(places, (_, at) => at + 1),
        list: cardsTable({ cards }),
        boxesM: boxesOf(shape),
        anchorsM: Float64Array.from(cards.flatMap(({ anchorM }) => anchorM ?? [NaN, NaN])),
      },
    ]
  })
}

/** Some shapes of many, offsets begun anew. */
function shapesAt(shapes: FeatureGeometry, places: readonly number[]): FeatureGeometry {
  const [xyM, ringOff, featureOff]: [number[], number[], number[]] = [[], [0], [0]]
  for (const place of places) {
    for (let ring = shapes.featureOff[place] ?? 0; ring < (shapes.featureOff[place + 1] ?? 0); ring++) {
      xyM.push(...shapes.xyM.subarray(2 * (shapes.ringOff[ring] ?? 0), 2 * (shapes.ringOff[ring + 1] ?? 0)))
      ringOff.push(xyM.length / 2)
    }
    featureOff.push(ringOff.length - 1)
  }
  return {
    kind: shapes.kind,
    xyM: Float64Array.from(xyM),
    ringOff: Uint32Array.from(ringOff),
    featureOff: Uint32Array.from(featureOff),
    fid: Float64Array.from(places, (place) => shapes.fid[place] ?? 0),
  }
}

/** Left, bottom, right, top of every shape; NaN for one without geometry. */
function boxesOf({ xyM, ringOff, featureOff, fid }: FeatureGeometry): Float64Array {
  const boxes = new Float64Array(4 * fid.length).fill(NaN)
  for (const at of fid.keys()) {
    const [first, end] = [ringOff[featureOff[at] ?? 0] ?? 0, ringOff[featureOff[at + 1] ?? 0] ?? 0]
    for (let vertex = first; vertex < end; vertex++) {
      const [x, y] = [xyM[2 * vertex] ?? 0, xyM[2 * vertex + 1] ?? 0]
      const isFirst = vertex === first
      boxes[4 * at] = isFirst ? x : Math.min(boxes[4 * at] ?? x, x)
      boxes[4 * at + 1] = isFirst ? y : Math.min(boxes[4 * at + 1] ?? y, y)
      boxes[4 * at + 2] = isFirst ? x : Math.max(boxes[4 * at + 2] ?? x, x)
      boxes[4 * at + 3] = isFirst ? y : Math.max(boxes[4 * at + 3] ?? y, y)
    }
  }
  return boxes
}
