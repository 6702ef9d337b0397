import { useCallback, useEffect, useRef, useState } from 'react'
import type { Progress } from '#core/contract/procedures.ts'
import type { FigureFeatures } from '#core/contract/table-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { TablePlace } from '#core/model/result-table.ts'
import { useClient } from '../api/use-api.tsx'
import { useUi } from '../state/ui-store.ts'

/** The figure that is open: being looked for, found, failed, or stopped. */
export type OpenFigure = { indicator: string; place: TablePlace } & (
  | { state: 'finding'; progress: Progress | null }
  | { state: 'found'; answer: FigureFeatures }
  | { state: 'failed'; error: unknown }
  | { state: 'stopped' }
)

const wasCancelled = (error: unknown) => error instanceof AppError && error.code === 'request.cancelled'

/** Opens figures of one indicator: finds the features behind them and lights them on the map. The last one asked for wins. */
export function useFigure(planId: PlanId, indicator: string) {
  const client = useClient()
  const light = useUi((state) => state.showEvidenceOf)
  const clear = useUi((state) => state.clearEvidence)
  const [figure, setFigure] = useState<OpenFigure | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const open = useCallback(
    (place: TablePlace) => {
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      const { signal } = controller
      const isLast = () => running.current === controller
      setFigure({ indicator, place, state: 'finding', progress: null })
      const onProgress = (progress: Progress) => {
        if (isLast() && !signal.aborted) setFigure({ indicator, place, state: 'finding', progress })
      }
      client.call('analysis.featuresOf', { planId, indicator, place }, { signal, onProgress }).then(
        (answer) => {
          if (!isLast()) return
          setFigure({ indicator, place, state: 'found', answer })
          light(answer.features)
        },
        (error: unknown) => {
          if (isLast())
            setFigure(wasCancelled(error) ? { indicator, place, state: 'stopped' } : { indicator, place, state: 'failed', error })
        },
      )
    },
    [client, planId, indicator, light],
  )
  const close = useCallback(() => {
    running.current?.abort()
    running.current = null
    setFigure(null)
    clear()
  }, [clear])
  const stop = useCallback(() => running.current?.abort(), [])
  return { figure, open, close, stop }
}
