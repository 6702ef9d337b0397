import { box } from '../geo/sketch.ts'
import type { WorkedExample } from './indicator.ts'

/** Worked examples of F01, by hand. */
export const OPPORTUNITY_EXAMPLES: readonly WorkedExample[] = [
  {
    title:
      'idle land of 16 ha at a station, a centre and far from parks is found and submitted; 16 ha of fields far out meet nothing',
    layers: {
      stock: [{ polygon: [box(0, 0, 400, 400)], attributes: { kind: '闲置' } }],
      centre: [{ point: [200, 200], attributes: { rank: 1 } }],
      rail_station: [{ point: [200, 200] }],
      opportunity_area: [
        { polygon: [box(0, 0, 400, 400)], attributes: { name: '站前', homes: 1200, jobs: 3000, phase: '近期' } },
        { polygon: [box(9000, 9000, 400, 400)], attributes: { name: '远郊', homes: null, jobs: null, phase: null } },
      ],
    },
    answer: 2,
    details: {
      submittedAreas: 2,
      meetingRule: 1,
      touchingLines: 0,
      onCorridors: 0,
      passingShare: 0.5,
      principles: 3,
      withCapacity: 1,
      withPhase: 1,
      proposedAreas: 1,
      missedAreas: 0,
      step: 2,
    },
  },
  {
    title: 'all that is submitted meets the three principles; idle land at the next station is missed',
    layers: {
      stock: [
        { polygon: [box(0, 0, 400, 400)], attributes: { kind: 'idle' } },
        { polygon: [box(3000, 0, 400, 400)], attributes: { kind: 'idle' } },
      ],
      centre: [{ point: [200, 200] }, { point: [3200, 200] }],
      rail_station: [{ point: [200, 200] }, { point: [3200, 200] }],
      opportunity_area: [{ polygon: [box(0, 0, 400, 400)] }],
    },
    answer: 3,
    details: { meetingRule: 1, proposedAreas: 2, missedAreas: 1, step: 3 },
  },
  {
    title: 'the same area over a redline and a corridor fails the gate, and nothing is proposed there',
    layers: {
      stock: [{ polygon: [box(0, 0, 400, 400)], attributes: { kind: 'idle' } }],
      centre: [{ point: [200, 200] }],
      rail_station: [{ point: [200, 200] }],
      eco_redline: [{ polygon: [box(0, 150, 400, 150)] }],
      corridor: [{ polygon: [box(300, 0, 400, 400)] }],
      opportunity_area: [{ polygon: [box(0, 0, 400, 400)] }],
    },
    answer: 2,
    details: { touchingLines: 1, onCorridors: 1, passingShare: 0, proposedAreas: 0 },
  },
  {
    title:
      'by parcels: the 4 ha across the street belong to the 16 ha; several owners weigh against them, high hazard shuts the third out',
    layers: {
      stock: [
        { polygon: [box(0, 0, 400, 400)], attributes: { kind: 'idle', tenure: '国有' } },
        { polygon: [box(420, 0, 200, 200)], attributes: { kind: 'idle', tenure: '多权属' } },
        { polygon: [box(0, 420, 400, 400)], attributes: { kind: 'idle', tenure: '国有' } },
      ],
      hazard: [{ polygon: [box(0, 500, 400, 400)], attributes: { level: '高' } }],
      centre: [{ point: [200, 200] }],
      rail_station: [{ point: [200, 200] }],
      opportunity_area: [{ polygon: [box(0, 0, 620, 400)] }, { polygon: [box(0, 420, 400, 400)] }],
    },
    parameters: { unitOfAnalysis: 1 },
    answer: 2,
    details: { proposedAreas: 1, meetingRule: 1, touchingLines: 0, inHazard: 1, missedAreas: 0 },
  },
  {
    title: 'an area on the gap of a wedge is named',
    layers: {
      stock: [{ polygon: [box(0, 0, 400, 400)], attributes: { kind: 'idle' } }],
      landuse_plan: [
        { polygon: [box(-1000, 100, 1000, 200)], attributes: { class: '0301' } },
        { polygon: [box(0, 100, 400, 200)], attributes: { class: '0701' } },
        { polygon: [box(400, 100, 1000, 200)], attributes: { class: '0301' } },
      ],
      corridor: [{ polygon: [box(-1000, 100, 2400, 200)], attributes: { form: 'wedge' } }],
      opportunity_area: [{ polygon: [box(0, 0, 400, 400)] }],
    },
    answer: 2,
    details: { onGaps: 1, onCorridors: 1 },
  },
  {
    title: 'areas alone: drawn, but no principle can be quantified',
    layers: { opportunity_area: [{ polygon: [box(0, 0, 400, 400)] }] },
    answer: 2,
    details: { principles: 0, meetingRule: 0 },
  },
  {
    title: 'nothing submitted: what the rule finds is a proposal only',
    layers: {
      stock: [{ polygon: [box(0, 0, 400, 400)], attributes: { kind: 'idle' } }],
      rail_station: [{ point: [200, 200] }],
    },
    answer: 'missing',
  },
]
