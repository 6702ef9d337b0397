import { useEffect } from 'react'
import { create } from 'zustand'
import type { Output } from '#core/contract/procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useCommand } from '../api/use-api.tsx'

/** So many changes of each kind and layer are listed; the totals count all of them. */
const LISTED = 500

/** The last comparison stays while people go to a plan and come back: it depends on nothing that can change. */
const useKept = create<{ key: string; comparison: Output<'plans.compare'> | null }>()(() => ({ key: '', comparison: null }))

/** Compares two plans as soon as both are chosen; with progress, cancel, and again. */
export function useComparison(before: PlanId | null, after: PlanId) {
  const { run, ...command } = useCommand('plans.compare')
  const key = `${before}/${after}`
  const kept = useKept()
  const comparison = kept.key === key ? kept.comparison : null
  const start = async (older: PlanId) => {
    const answer = await run({ before: older, after, limit: LISTED })
    if (answer) useKept.setState({ key, comparison: answer.output })
  }
  useEffect(() => {
    if (before === null || before === after || useKept.getState().key === key) return
    void run({ before, after, limit: LISTED }).then((answer) => {
      if (answer) useKept.setState({ key, comparison: answer.output })
    })
  }, [run, before, after, key])
  return { ...command, comparison, start: () => void (before === null ? undefined : start(before)) }
}
