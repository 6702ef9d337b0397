import type { ParseKeys } from 'i18next'
import { create } from 'zustand'
import type { CallOptions, Client } from '#core/contract/client.ts'
import type { ProcedureName, Progress } from '#core/contract/procedures.ts'
import { AppError, type WireError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Route } from '../state/route.ts'

type PlanPage = 'plan' | 'memo' | 'opportunity' | 'round' | 'results' | 'compare'

/** THE LIST of calls that people call jobs: what each is called, and the page of its plan where its result is. */
const JOBS: Partial<Record<ProcedureName, { title: ParseKeys; page?: PlanPage }>> = {
  'import.inspect': { title: 'activity.inspect' },
  'import.run': { title: 'activity.import', page: 'plan' },
  'sample.create': { title: 'activity.sample', page: 'plan' },
  'analysis.run': { title: 'activity.analysis', page: 'plan' },
  'analysis.exportTable': { title: 'activity.table', page: 'results' },
  'flip.search': { title: 'activity.flip', page: 'plan' },
  'options.settle': { title: 'activity.option', page: 'plan' },
  'opportunity.find': { title: 'activity.opportunity', page: 'opportunity' },
  'opportunity.export': { title: 'activity.opportunityExport', page: 'opportunity' },
  'overlays.export': { title: 'activity.overlay', page: 'plan' },
  'plans.compare': { title: 'activity.compare' },
  'attributes.export': { title: 'activity.attributes', page: 'plan' },
  'findings.export': { title: 'activity.findings', page: 'plan' },
  'rounds.start': { title: 'activity.round', page: 'round' },
  'rounds.export': { title: 'activity.adoption', page: 'round' },
  'monitoring.export': { title: 'activity.monitoring' },
  'memo.export': { title: 'activity.memo', page: 'memo' },
  'memo.verify': { title: 'activity.verify' },
  'share.export': { title: 'activity.package', page: 'plan' },
  'share.look': { title: 'activity.look' },
  'share.asRound': { title: 'activity.round', page: 'round' },
  'share.merge': { title: 'activity.merge' },
  'replies.make': { title: 'activity.replyMake' },
  'replies.look': { title: 'activity.replyLook' },
  'replies.bring': { title: 'activity.replyBring', page: 'plan' },
  'basemap.choose': { title: 'activity.basemap' },
  'sheets.open': { title: 'activity.sheet' },
  'backup.now': { title: 'activity.backup' },
}

export interface RunningJob {
  id: number
  name: ProcedureName
  startedMs: number
  progress: Progress | null
  cancel: () => void
}

/** What became of a job; plain data, so that it outlives a reload of the window. */
export interface EndedJob {
  id: number
  name: ProcedureName
  startedMs: number
  tookMs: number
  outcome: 'done' | 'failed' | 'cancelled'
  error: WireError | null
  /** Where its result is; null where there is no page of it. */
  result: Route | null
}

interface Jobs {
  running: readonly RunningJob[]
  /** Newest first. */
  ended: readonly EndedJob[]
}

const MOST_ENDED = 100
const REMEMBERED = 'greenprint.jobs'

/** Of this window and this sitting only: what is done to the catalogue for good is in the audit log. */
function remembered(): EndedJob[] {
  if (typeof sessionStorage === 'undefined') return []
  const kept: unknown = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? '[]')
  // Written by this very file, in this very window.
  return Array.isArray(kept) ? (kept as EndedJob[]).filter(({ name }) => JOBS[name] !== undefined) : []
}

/** Every job that runs, and those that ran. */
export const useJobs = create<Jobs>()(() => ({ running: [], ended: remembered() }))

export const jobTitle = (name: ProcedureName): ParseKeys => JOBS[name]?.title ?? 'activity.job'

const planIdOf = (value: unknown): PlanId | null =>
  typeof value === 'object' && value !== null && 'planId' in value && typeof value.planId === 'string'
    ? (value.planId as PlanId) // an id of a plan is whatever the contract calls planId
    : null

function resultOf(name: ProcedureName, input: unknown, output: unknown): Route | null {
  const page = JOBS[name]?.page
  const planId = planIdOf(output) ?? planIdOf(input)
  if (page === undefined || planId === null) return null
  if (page === 'results') return { page, planId, indicator: null, table: null }
  return page === 'compare' ? { page, planId, beforeId: null } : { page, planId }
}

function end(job: EndedJob): void {
  useJobs.setState(({ running, ended }) => ({
    running: running.filter(({ id }) => id !== job.id),
    ended: [job, ...ended].slice(0, MOST_ENDED),
  }))
  if (typeof sessionStorage !== 'undefined') sessionStorage.setItem(REMEMBERED, JSON.stringify(useJobs.getState().ended))
}

const follow = (id: number, progress: Progress) =>
  useJobs.setState(({ running }) => ({ running: running.map((job) => (job.id === id ? { ...job, progress } : job)) }))

let lastId = Math.max(0, ...useJobs.getState().ended.map(({ id }) => id))

/** The same conversation, with every job in it kept where it can be looked at, stopped and read again. */
export function watchJobs(client: Client, nowMs: () => number = Date.now): Client {
  const call: Client['call'] = async (name, input, options: CallOptions = {}) => {
    if (JOBS[name] === undefined) return client.call(name, input, options)
    const id = ++lastId
    const startedMs = nowMs()
    const stop = new AbortController()
    if (options.signal?.aborted) stop.abort()
    options.signal?.addEventListener('abort', () => stop.abort(), { once: true })
    const running: RunningJob = { id, name, startedMs, progress: null, cancel: () => stop.abort() }
    useJobs.setState((jobs) => ({ running: [...jobs.running, running] }))
    const ended = (outcome: EndedJob['outcome'], error: WireError | null, result: Route | null) =>
      end({ id, name, startedMs, tookMs: nowMs() - startedMs, outcome, error, result })
    try {
      const output = await client.call(name, input, {
        signal: stop.signal,
        onProgress: (progress) => {
          follow(id, progress)
          options.onProgress?.(progress)
        },
      })
      ended('done', null, resultOf(name, input, output))
      return output
    } catch (error) {
      const expected = error instanceof AppError ? error : new AppError('host.bug', { ref: 'screen' })
      if (expected.code === 'request.cancelled') ended('cancelled', null, null)
      else ended('failed', expected.toWire(), null)
      throw error
    }
  }
  return { ...client, call }
}
