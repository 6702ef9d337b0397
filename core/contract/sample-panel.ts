import type { ChecklistResult, Level } from '../checklist/result.ts'
import type { ReviewId } from '../model/ids.ts'
import { fleissKappa, weightedKappa } from '../review/agreement.ts'
import { disagreements, type ExpertResult } from '../review/consensus.ts'
import type { Review, ReviewView } from '../review/review.ts'
import type { PanelMember, panelProcedures, PanelView } from './panel-procedures.ts'
import type { Handlers } from './procedures.ts'

const WHEN = '2026-03-01T08:00:00.000Z'

/** Two items on which three invented experts differ, one on which they do not, and one that only some call not applicable. */
const GIVEN: readonly { name: string; levels: Record<string, Level | 'out'> }[] = [
  { name: '周岚', levels: { B01: 1, A04: 1, N06: 2, A03: 'out' } },
  { name: '许诚', levels: { B01: 2, A04: 4, N06: 2, A03: 2 } },
  { name: '郭晚', levels: { B01: 1, A04: 3, N06: 2, A03: 2 } },
]

/** A result in which only the given items are judged. */
function judged(result: ChecklistResult, levels: Record<string, Level | 'out'>, by: string): ChecklistResult {
  const items = result.items.map((item): ChecklistResult['items'][number] => {
    const given = levels[item.id]
    if (given === undefined) return { ...item, level: null, entry: null }
    const level = given === 'out' ? null : given
    const reason = `${by}对 ${item.id} 的理由`
    const entry = { item: item.id, level, notApplicable: given === 'out', reason, document: null, page: null, by, at: WHEN }
    return { ...item, applicable: given !== 'out', level, entry }
  })
  return { ...result, items }
}

const reviewOf = ({ review }: ReviewView, reviewer: string, at: number): Review => ({
  ...review,
  id: `review-expert-${at + 1}` as ReviewId,
  role: 'expert',
  reviewer,
  ...(at === 0 && { submittedAt: WHEN }),
})

/** A panel of three: what it says follows from what the experts gave, as in the backend. */
export function samplePanelView(view: ReviewView): PanelView {
  const results = GIVEN.map(({ name, levels }): ExpertResult => ({ name, result: judged(view.result, levels, name) }))
  const standings = disagreements(results)
  const { total, coverage, opinion } = view.result
  const pairOf = (one: ExpertResult, other: ExpertResult) =>
    weightedKappa(
      one.result.items.flatMap(({ id, level }): [Level, Level][] => {
        const theirs = other.result.items.find((item) => item.id === id)?.level ?? null
        return level === null || theirs === null ? [] : [[level, theirs]]
      }),
    )
  return {
    lead: view.review,
    experts: GIVEN.map(({ name }, at): PanelMember => ({
      review: reviewOf(view, name, at),
      name,
      total: 61.5,
      coverage: 0.08,
      findings: at,
      isHidden: false,
    })),
    isBlind: false,
    waiting: 0,
    disagreements: standings,
    settled: { B01: { how: 'lead', level: 1, reason: '红线压占属实', isStale: true } },
    remaining: standings.filter(({ median, spread }) => median !== null && spread > 0).map(({ item }) => item),
    consolidated: { total, coverage, opinion },
    agreement: fleissKappa([
      [0, 2, 1, 0, 0],
      [0, 1, 0, 1, 1],
      [0, 0, 3, 0, 0],
    ]),
    pairs: results.flatMap((one, at) =>
      results.slice(at + 1).map((other) => ({ first: one.name, second: other.name, agreement: pairOf(one, other) })),
    ),
  }
}

/** The same panel in a blind round that is still on: one's own figures, and nothing of the others. */
export const sampleBlindPanel = (view: ReviewView): PanelView => {
  const open = samplePanelView(view)
  return {
    ...open,
    experts: open.experts.map(({ review, findings }, at) => ({
      review: { ...review, reviewer: `#${at + 1}` },
      name: `#${at + 1}`,
      isHidden: at > 0,
      total: at > 0 ? null : 61.5,
      coverage: at > 0 ? 0 : 0.08,
      findings: at > 0 ? 0 : findings,
    })),
    isBlind: true,
    waiting: 2,
    disagreements: [],
    settled: {},
    remaining: [],
    agreement: { kappa: null, sameShare: null, items: 0 },
    pairs: [],
  }
}

/** Answers about a panel, for hosts and screens that need a backend but no catalogue. */
export const samplePanel = (view: ReviewView): Pick<Handlers, keyof typeof panelProcedures> => {
  const panel = samplePanelView(view)
  return {
    'panel.get': () => panel,
    'panel.addExpert': ({ reviewer }) => ({ ...view, review: reviewOf(view, reviewer, GIVEN.length) }),
    'panel.removeExpert': () => undefined,
    'panel.submit': () => ({ ...view.review, submittedAt: WHEN }),
    'panel.reopen': () => view.review,
    'panel.setBlind': ({ isBlind }) => (isBlind ? sampleBlindPanel(view) : panel),
    'panel.settle': () => panel,
    'panel.settleAll': () => ({ ...panel, remaining: [] }),
    'panel.calibrate': () => ({
      agreement: weightedKappa([[1, 1], [4, 3], [2, 2]]), // prettier-ignore
      differing: [{ item: 'A04', level: 4, reference: 3 }],
    }),
  }
}
