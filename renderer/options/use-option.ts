import { useCallback, useEffect } from 'react'
import type { CallOptions } from '#core/contract/client.ts'
import type { SessionEdit } from '#core/contract/analysis-procedures.ts'
import type { OptionView } from '#core/contract/option-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { OptionId, ReviewId } from '#core/model/ids.ts'
import type { PlanOption } from '#core/review/option.ts'
import type { Bilingual } from '#core/text.ts'
import { afterPaint, holdUntilShown } from '../api/after-paint.ts'
import { useClient, useCommand, useRead, useRemember } from '../api/use-api.tsx'
import { useOptions } from './option-store.ts'

/** The options of a review, and the one that is worked on. */
export function useOptionList(
  reviewId: ReviewId,
  enabled = true,
): { options: readonly PlanOption[] | undefined; option: PlanOption | null; error: unknown } {
  const { data, error } = useRead('options.list', { reviewId }, { enabled })
  const wanted = useOptions((state) => state.optionId)
  return { options: data, option: data?.find(({ id }) => id === wanted) ?? data?.[0] ?? null, error }
}

/** A call whose progress is shown and which a person can cancel, wherever they look meanwhile. */
function loading(): CallOptions {
  const asked = new AbortController()
  const cancel = () => asked.abort()
  useOptions.getState().load({ progress: null, cancel })
  return { signal: asked.signal, onProgress: (progress) => useOptions.getState().load({ progress, cancel }) }
}

/** The option as it stands: brought to its last step in the backend's memory. A large plan takes a while to be read and measured. */
export function useOptionView(optionId: OptionId) {
  const view = useRead('options.open', { optionId }, { calling: loading })
  const { isFetching, error } = view
  const isStopped = error instanceof AppError && error.code === 'request.cancelled'
  return { ...view, isFetching, error: isStopped ? null : error, isStopped: isStopped && !isFetching }
}

/** Makes one step of an option, and puts its answer on the screen without a second call. */
export function useStep(optionId: OptionId | null) {
  const command = useCommand('options.edit')
  const remember = useRemember()
  const { run } = command
  useEffect(() => {
    if (command.error !== null) useOptions.getState().fail(command.error)
  }, [command.error])
  const step = useCallback(
    async (title: Bilingual, edits: readonly SessionEdit[]): Promise<OptionView | null> => {
      if (optionId === null || edits.length === 0) return null
      const start = performance.now()
      useOptions.getState().fail(null)
      // The new figures are painted first; the map and whatever else an edit makes old follow.
      const shown = holdUntilShown()
      const done = await run({ optionId, title, edits: [...edits] }, (view) => {
        remember('options.open', { optionId }, view)
        useOptions.getState().clear()
      })
      if (!done) {
        shown()
        return null
      }
      afterPaint(() => {
        useOptions.getState().measured({ ms: done.output.ms, shownMs: performance.now() - start })
        shown()
      })
      return done.output
    },
    [run, remember, optionId],
  )
  return { step, busy: command.busy }
}

/** Puts edits that somebody suggests as a step into the option that is worked on, or into a new one where there is none. */
export function useTryEdits(reviewId: ReviewId) {
  const client = useClient()
  const edit = useCommand('options.edit')
  const remember = useRemember()
  const { run } = edit
  const tryEdits = useCallback(
    async (title: Bilingual, edits: readonly SessionEdit[]): Promise<OptionView | null> => {
      const options = await client.call('options.list', { reviewId })
      const wanted = options.find(({ id }) => id === useOptions.getState().optionId) ?? options[0]
      const option = wanted ?? (await client.call('options.add', { reviewId, name: '', copyOf: null }))
      const done = await run({ optionId: option.id, title, edits: [...edits] })
      if (!done) return null
      remember('options.open', { optionId: option.id }, done.output)
      useOptions.getState().open(option.id)
      useOptions.getState().measured({ ms: done.output.ms, shownMs: 0 })
      return done.output
    },
    [client, reviewId, run, remember],
  )
  return { tryEdits, busy: edit.busy, error: edit.error, progress: edit.progress, cancel: edit.cancel, reset: edit.reset }
}
