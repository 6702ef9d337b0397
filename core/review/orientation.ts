import type { ChecklistResult } from '../checklist/result.ts'
import type { Checklist } from '../checklist/schema.ts'
import { isVector, type Layer, type Plan } from '../model/plan.ts'
import { ROLE_IDS, type Role } from '../model/roles.ts'
import { landClass } from '../reference/land-class-list.ts'
import { statusOf, type Finding } from './finding.ts'
import type { Round, RoundChange } from './round.ts'

/** Where a line of the page leads: to a list of the review, to what is missing, or to another page of the plan. */
export type OrientationPlace =
  'checklist' | 'gates' | 'findings' | 'analysis' | 'panel' | 'round' | 'compare' | 'checklist-version'

/** What asks for the reviewer, most pressing first. */
export const NEED_KINDS = [
  'not-analysed',
  'gates-failed',
  'gates-unchecked',
  'stale',
  'to-carry',
  'to-verify',
  'late-reasons',
  'to-answer',
  'not-judged',
  'experts-waiting',
  'newer-checklist',
] as const
export type NeedKind = (typeof NEED_KINDS)[number]

export interface Need {
  kind: NeedKind
  count: number
  /** Items or findings that it is about, as people call them. */
  names: string[]
  place: OrientationPlace
}

export interface ClassShare {
  /** First two digits of the land class; null: not recognised. */
  code: string | null
  areaM2: number
  share: number
}

/** What a plan is and where its review stands, on one page. */
export interface Orientation {
  plan: Pick<
    Plan,
    | 'id'
    | 'name'
    | 'nameZh'
    | 'cityName'
    | 'cityKind'
    | 'planLevel'
    | 'baseYear'
    | 'targetYear'
    | 'population'
    | 'populationYear'
    | 'crs'
    | 'importedAt'
  >
  /** Ellipsoidal, of planned land use where there is some; null without areas. */
  areaM2: number | null
  scale: { layers: number; features: number; parcels: number; classes: ClassShare[] }
  completeness: {
    given: Role[]
    /** Roles that items of the checklist need and nobody gave, with those items; most needed first. */
    missing: { role: string; items: string[] }[]
    /** Share of the applicable weight that is judged, 0 … 1; null before a review was opened. */
    coverage: number | null
    total: number | null
    /** Items whose measurement lacks its data. */
    gaps: number
  }
  /** null: a first submission. */
  round: { number: number; changes: RoundChange[] | null; carried: number; changedFeatures: number } | null
  needs: Need[]
}

/** Everything the page is made from. */
export interface OrientationInput {
  plan: Plan
  layers: readonly Layer[]
  checklist: Checklist
  /** null before a review was opened. */
  review: {
    result: ChecklistResult
    findings: readonly Finding[]
    measured: number
    stale: readonly string[]
    isOldChecklist: boolean
  } | null
  /** Area of planned land use by class code, m². */
  classAreas: Readonly<Record<string, number>>
  round: Round | null
  /** Findings of the earlier round that were not carried yet; findings that lack the reason for coming late. */
  toCarry: number
  lateReasons: readonly number[]
  expertsWaiting: number
}

const FACTS = [
  'id', 'name', 'nameZh', 'cityName', 'cityKind', 'planLevel', 'baseYear', 'targetYear', 'population', 'populationYear', 'crs', 'importedAt',
] as const // prettier-ignore

/** The page as data: what it is, scale, completeness, what changed, what needs me. Pure. */
export function orientation(input: OrientationInput): Orientation {
  const { plan, layers, checklist, review, round } = input
  const given = ROLE_IDS.filter((role) => layers.some((layer) => layer.role === role))
  return {
    plan: Object.fromEntries(FACTS.map((key) => [key, plan[key]])) as Orientation['plan'],
    areaM2: areaOf(layers),
    scale: {
      layers: layers.length,
      features: layers.filter(isVector).reduce((sum, { features }) => sum + features, 0),
      parcels: layers.filter(({ role }) => role === 'landuse_plan').reduce((sum, { features }) => sum + features, 0),
      classes: classShares(input.classAreas),
    },
    completeness: {
      given,
      missing: missingRoles(checklist, review?.result ?? null, given),
      coverage: review?.result.coverage ?? null,
      total: review?.result.total ?? null,
      // Before an analysis every measured item lacks something: that is one need, not so many gaps.
      gaps:
        !review || review.measured === 0
          ? 0
          : (review.result.items.filter(({ applicable, gap }) => applicable && gap !== null).length ?? 0),
    },
    round: round === null ? null : roundOf(round, review?.findings ?? []),
    needs: needsOf(input),
  }
}

function areaOf(layers: readonly Layer[]): number | null {
  for (const role of ['landuse_plan', 'landuse_base', 'admin'] as const) {
    const areas = layers.flatMap((layer) => (layer.role === role && layer.areaM2 !== null ? [layer.areaM2] : []))
    if (areas.length > 0) return areas.reduce((sum, area) => sum + area, 0)
  }
  return null
}

/** By the first level of the classification, the largest first. */
export function classShares(areas: Readonly<Record<string, number>>): ClassShare[] {
  const byClass = new Map<string | null, number>()
  for (const [code, areaM2] of Object.entries(areas)) {
    const first = landClass(code) === undefined ? null : code.slice(0, 2)
    byClass.set(first, (byClass.get(first) ?? 0) + areaM2)
  }
  const total = [...byClass.values()].reduce((sum, area) => sum + area, 0)
  return [...byClass]
    .map(([code, areaM2]) => ({ code, areaM2, share: total > 0 ? areaM2 / total : 0 }))
    .toSorted((a, b) => b.areaM2 - a.areaM2)
}

function missingRoles(checklist: Checklist, result: ChecklistResult | null, given: readonly Role[]) {
  const off = new Set(result?.items.filter(({ applicable }) => !applicable).map(({ id }) => id))
  const missing = new Map<string, string[]>()
  for (const { id, needs } of checklist.items)
    for (const role of off.has(id) ? [] : needs)
      if (ROLE_IDS.some((known) => known === role) && !given.some((one) => one === role))
        missing.set(role, [...(missing.get(role) ?? []), id])
  return [...missing].map(([role, items]) => ({ role, items })).toSorted((a, b) => b.items.length - a.items.length)
}

function roundOf({ number, changes }: Round, findings: readonly Finding[]): Orientation['round'] {
  const changed = (changes ?? []).flatMap(({ counts: { unchanged: _, ...kinds } }) => Object.values(kinds))
  return {
    number,
    changes: changes ?? null,
    carried: findings.filter(({ carried }) => carried !== undefined).length,
    changedFeatures: changed.reduce((sum, count) => sum + count, 0),
  }
}

function needsOf({ review, toCarry, lateReasons, expertsWaiting }: OrientationInput): Need[] {
  const found: Partial<Record<NeedKind, Omit<Need, 'kind' | 'count'>>> = {}
  const counts: Partial<Record<NeedKind, number>> = { 'to-carry': toCarry, 'experts-waiting': expertsWaiting }
  found['to-carry'] = { names: [], place: 'round' }
  found['late-reasons'] = { names: lateReasons.map(String), place: 'round' }
  found['experts-waiting'] = { names: [], place: 'panel' }
  if (review === null || review.measured === 0) {
    found['not-analysed'] = { names: [], place: 'analysis' }
    counts['not-analysed'] = 1
  }
  if (review !== null) {
    const { result, findings, stale, isOldChecklist } = review
    const gates = (state: string) => result.gates.filter((gate) => gate.state === state).map(({ item }) => item)
    const standing = findings.filter(({ withdrawn }) => !withdrawn)
    const inStatus = (...statuses: string[]) =>
      standing.filter((finding) => statuses.includes(statusOf(finding))).map(({ number }) => String(number))
    found['gates-failed'] = { names: gates('failed'), place: 'gates' }
    found['gates-unchecked'] = { names: gates('not_checked'), place: 'gates' }
    found.stale = { names: [...stale], place: 'analysis' }
    found['to-verify'] = { names: inStatus('answered', 'resolved'), place: 'findings' }
    found['to-answer'] = { names: inStatus('open'), place: 'findings' }
    const unjudged = result.items.filter(({ applicable, level }) => applicable && level === null)
    found['not-judged'] = { names: unjudged.map(({ id }) => id), place: 'checklist' }
    if (isOldChecklist) counts['newer-checklist'] = 1
    found['newer-checklist'] = { names: [], place: 'checklist-version' }
  }
  return NEED_KINDS.flatMap((kind): Need[] => {
    const need = found[kind]
    const count = counts[kind] ?? need?.names.length ?? 0
    return need === undefined || count === 0 ? [] : [{ kind, count, ...need }]
  })
}
