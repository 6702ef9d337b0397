import { create } from 'zustand'
import type { Client } from '#core/contract/client.ts'
import type { OverlayView } from '#core/contract/overlay-procedures.ts'
import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'

/** One drawing of an overlay with certain parameters. */
export type OverlayRun =
  | { state: 'drawing'; progress: Progress | null }
  | { state: 'drawn'; view: OverlayView }
  | { state: 'failed'; error: unknown }
  | { state: 'stopped' }

type Parameters = Readonly<Record<string, number>>

interface RunsState {
  runs: Readonly<Record<string, OverlayRun>>
  /** Draws, unless that is being done or done already. */
  start: (client: Client, planId: PlanId, overlay: string, parameters: Parameters | undefined) => void
  stop: (key: string) => void
  /** Lets go of every drawing of other plans, and ends those on their way. */
  keepOnly: (planId: PlanId) => void
}

/** Names a drawing: the same plan, overlay and parameters are drawn once. */
export const runKey = (planId: PlanId, overlay: string, parameters: Parameters | undefined): string =>
  `${planId} ${overlay} ${JSON.stringify(Object.entries(parameters ?? {}).toSorted(([one], [other]) => one.localeCompare(other)))}`

const wasCancelled = (error: unknown) => error instanceof AppError && error.code === 'request.cancelled'
const underWay = new Map<string, AbortController>()

/** Drawings outlive the panel that asked for them: the map shows them while a person reads something else. */
export const useOverlayRuns = create<RunsState>()((set, get) => {
  const put = (key: string, run: OverlayRun) => set(({ runs }) => ({ runs: { ...runs, [key]: run } }))
  return {
    runs: {},
    start(client, planId, overlay, parameters) {
      const key = runKey(planId, overlay, parameters)
      const now = get().runs[key]
      if (now?.state === 'drawing' || now?.state === 'drawn') return
      const controller = new AbortController()
      underWay.set(key, controller)
      const { signal } = controller
      put(key, { state: 'drawing', progress: null })
      const isCurrent = () => underWay.get(key) === controller
      const onProgress = (progress: Progress) => {
        if (isCurrent() && !signal.aborted) put(key, { state: 'drawing', progress })
      }
      const input = { planId, overlay, ...(parameters === undefined ? {} : { parameters: { ...parameters } }) }
      const end = (run: OverlayRun) => {
        if (!isCurrent()) return
        underWay.delete(key)
        put(key, run)
      }
      client.call('overlays.compute', input, { signal, onProgress }).then(
        (view) => end({ state: 'drawn', view }),
        (error: unknown) => end(wasCancelled(error) ? { state: 'stopped' } : { state: 'failed', error }),
      )
    },
    stop: (key) => underWay.get(key)?.abort(),
    keepOnly(planId) {
      const isOther = (key: string) => !key.startsWith(`${planId} `)
      for (const [key, controller] of underWay) {
        if (!isOther(key)) continue
        underWay.delete(key)
        controller.abort()
      }
      set(({ runs }) => ({ runs: Object.fromEntries(Object.entries(runs).filter(([key]) => !isOther(key))) }))
    },
  }
})
