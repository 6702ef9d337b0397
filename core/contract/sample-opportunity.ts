import type { FileToken } from '../model/ids.ts'
import { cardGates } from '../opportunity/card-gates.ts'
import { DEFAULT_CHOICE } from '../opportunity/choice.ts'
import { CRITERIA } from '../opportunity/criteria.ts'
import type { OpportunityReport, ScoredCard } from '../opportunity/report.ts'
import { bilingual } from '../text.ts'
import type { opportunityProcedures } from './opportunity-procedures.ts'
import type { Handlers } from './procedures.ts'

const criteria = CRITERIA.map(({ id, zh, en }, at) => ({
  id,
  title: { zh, en },
  weight: 1 / 6,
  figure: at === 5 ? null : 1 - at / 10,
}))

function card(number: number, kind: ScoredCard['kind'], own: Partial<ScoredCard>): ScoredCard {
  const plain: ScoredCard = {
    number,
    kind,
    fid: kind === 'submitted' ? number : undefined,
    rank: 1,
    title: bilingual(`建议地区 ${number}`, `proposed area ${number}`),
    areaM2: 160_000,
    score: 0.72,
    low: 0.69,
    high: 0.75,
    stableShare: 1,
    criteria,
    stockM2: 150_000,
    homes: 1800,
    jobs: 2600,
    meetsCapacityTest: false,
    statedHomes: undefined,
    statedJobs: undefined,
    phase: undefined,
    strategy: undefined,
    verdict: 'missed',
    verdictText: bilingual('未申报', 'not submitted'),
    otherShare: 0,
    redLines: [],
    corridorM2: 0,
    gaps: [],
    gates: [],
    placeTypes: [
      {
        id: 'station',
        title: bilingual('站点地区', 'Station area'),
        reason: bilingual('轨道站点：在内', 'Rail stations: inside'),
      },
    ],
    frontShare: 1,
    anchorM: [200, 200],
    ...own,
  }
  return { ...plain, gates: cardGates(plain, DEFAULT_CHOICE) }
}

/** A report with one area of each kind. */
export const sampleReport: OpportunityReport = {
  schema: 'opportunity-report/1',
  choice: DEFAULT_CHOICE,
  method: bilingual('方格评分。', 'Cells are scored.'),
  notes: [bilingual('距离为直线距离。', 'Distances are straight lines.')],
  cards: [
    card(1, 'proposed', {}),
    card(2, 'submitted', {
      title: bilingual('远郊文旅新城', 'Far resort town'),
      score: 0.31,
      low: 0.28,
      high: 0.36,
      stableShare: 0,
      verdict: 'gate',
      verdictText: bilingual('触及管控线', 'touches a control line'),
      redLines: [{ layer: 'eco_redline', areaM2: 12_000 }],
      statedHomes: 5000,
      phase: '近期',
      frontShare: 0.5,
      gaps: [{ label: 'W1', kind: 'wedge', title: bilingual('北绿楔', 'North wedge'), lengthM: 420, insideM: 180 }],
      anchorM: [1200, 200],
    }),
  ],
  criteria: CRITERIA.slice(0, 5).map(({ id }) => id),
  weights: [0.2, 0.2, 0.2, 0.2, 0.2],
  consistencyRatio: null,
  gaps: [],
  shapes: {
    kind: 'polygon',
    xyM: Float64Array.of(0, 0, 400, 0, 400, 400, 0, 400, 0, 0, 1000, 0, 1400, 0, 1400, 400, 1000, 400, 1000, 0),
    ringOff: Uint32Array.of(0, 5, 10),
    featureOff: Uint32Array.of(0, 1, 2),
    fid: Float64Array.of(1, 2),
  },
}

/** Answers about opportunity areas, for hosts and screens that need a backend but no catalogue. */
export const sampleOpportunity: Pick<Handlers, keyof typeof opportunityProcedures> = {
  'opportunity.find': ({ choice }) => ({ ...sampleReport, choice }),
  'opportunity.last': () => null,
  'opportunity.export': ({ format, target }) => ({
    fileName: `opportunity.${format}`,
    sizeBytes: 4096,
    sha256: 'c'.repeat(64),
    download: target === null ? ('download-4' as FileToken) : null,
  }),
}
