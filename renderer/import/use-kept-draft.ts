import { useCallback, useEffect, useRef, useState } from 'react'
import { answersOf } from '#core/intake/answers.ts'
import { keptSteps } from '#core/intake/kept-steps.ts'
import type { Input } from '#core/contract/procedures.ts'
import { useClient } from '../api/use-api.tsx'
import type { Inspected } from './use-import.ts'

const PAUSE_MS = 600

/** Keeps the answers, and the steps that led to them, at the backend a moment after each change and when the dialog goes away, so that nothing is asked twice. */
export function useKeptDraft(inspected: Inspected | null) {
  const client = useClient()
  const [failure, setFailure] = useState<unknown>(null)
  const unsaved = useRef<Input<'drafts.save'> | null>(null)
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const files = inspected?.files
  const steps = inspected?.steps

  const save = useCallback((): Promise<unknown> => {
    const input = unsaved.current
    unsaved.current = null
    if (input !== null) last.current = last.current.then(() => client.call('drafts.save', input)).then(() => undefined)
    return last.current
  }, [client])

  useEffect(() => {
    if (files === undefined || steps === undefined || steps.present.layers.length === 0) return undefined
    unsaved.current = { files, answers: answersOf(steps.present), steps: keptSteps(steps) }
    const timer = setTimeout(() => void save().catch(setFailure), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [files, steps, save])

  // Closing the dialog is not forgetting it. What cannot be saved now has nobody left to be told, but the last save stands.
  useEffect(() => () => void save().catch(() => undefined), [save])

  return {
    failure,
    /** Waits until everything answered is kept. */
    settle: () => save().catch(setFailure),
    /** The import is done: there is nothing to keep any more. */
    forget: () => {
      unsaved.current = null
    },
    discard: async () => {
      unsaved.current = null
      setFailure(null)
      await last.current.catch(() => undefined)
      await client.call('drafts.discard', {})
    },
  }
}
