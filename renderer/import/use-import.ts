import { useCallback, useEffect, useRef, useState } from 'react'
import type { AnswerSteps, ImportAnswers } from '#core/intake/answers.ts'
import { manifestToShift, withoutShiftedSystem, withShiftedSystem } from '#core/intake/datum-shift-need.ts'
import { draftManifest, importDraft, type ImportDraft } from '#core/intake/draft.ts'
import { back, forward, startSteps, step, type Steps } from '#core/intake/draft-history.ts'
import { resumedSteps } from '#core/intake/kept-steps.ts'
import { applyProfiles } from '#core/intake/profiles.ts'
import type { FileToken, PlanId } from '#core/model/ids.ts'
import type { Inspection } from '#core/model/inspection.ts'
import { useClient, useCommand } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { takeDropped } from '../drop/dropped.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { openingRoute } from '../orientation/opening.ts'
import { useUi } from '../state/ui-store.ts'
import { wasChanged, type Imported } from './import-result.tsx'
import { useKeptDraft } from './use-kept-draft.ts'

/** What stands between choosing files and a plan in the catalogue. */
export interface Inspected {
  files: FileToken
  inspection: Inspection
  steps: Steps<ImportDraft>
  /** When answers of an earlier sitting were taken up: when those were saved. */
  resumedFrom: string | null
  /** The file with parameters of a datum shift: held here and nowhere else, so it is chosen again after a restart. */
  shift: FileToken | null
}

/** An import begun earlier whose files must be chosen again. */
interface Waiting {
  answers: ImportAnswers
  steps: AnswerSteps | null
  missing: string[]
  savedAt: string
}

/** The whole conversation of an import: choose, inspect, answer, run; and taking up one that was left. */
export function useImport(onDone: () => void) {
  const { t } = useWords()
  const client = useClient()
  const toast = useToasts((state) => state.add)
  const choose = useChooseFiles()
  const inspect = useCommand('import.inspect')
  const run = useCommand('import.run')
  const [inspected, setInspected] = useState<Inspected | null>(null)
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  /** True until it is known whether an import was left. */
  const [opening, setOpening] = useState(true)
  /** The plan is in the catalogue, and something in its data was repaired or left out. */
  const [imported, setImported] = useState<Imported | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const kept = useKeptDraft(inspected)
  const runInspect = inspect.run

  const look = useCallback(
    async (files: FileToken, resumed: Pick<Waiting, 'answers' | 'steps' | 'savedAt'> | null) => {
      const done = await runInspect({ files })
      if (!done) return
      const fresh = importDraft(done.output)
      const profiles = resumed === null ? await client.call('profiles.list', {}) : []
      const steps =
        resumed === null ? startSteps(applyProfiles(fresh, profiles)) : resumedSteps(fresh, resumed.answers, resumed.steps)
      setWaiting(null)
      setInspected({
        files,
        inspection: done.output,
        steps,
        resumedFrom: resumed?.savedAt ?? null,
        shift: null,
      })
    },
    [runInspect, client],
  )

  const opened = useRef(false)
  useEffect(() => {
    if (opened.current) return
    opened.current = true
    const takeUp = async () => {
      const left = await client.call('drafts.get', {})
      setOpening(false)
      const dropped = takeDropped('plan')
      if (left === null) {
        if (dropped !== null) await look(dropped, null)
        return
      }
      // What was begun is not lost over what was dropped.
      if (dropped !== null) toast({ tone: 'error', text: t('drop.draftFirst') })
      if (left.files === null) setWaiting(left)
      else await look(left.files, left)
    }
    takeUp().catch((error: unknown) => {
      setOpening(false)
      setFailure(error)
    })
  }, [client, look, toast, t])

  const start = async () => {
    const manifest = inspected && (inspected.shift === null ? draftManifest : manifestToShift)(inspected.steps.present)
    if (!inspected || !manifest) return
    await kept.settle()
    const { files, shift } = inspected
    const done = await run.run({ files, manifest, ...(shift === null ? {} : { datumShift: shift }) })
    if (!done) return
    kept.forget()
    const { planId } = done.output
    const name = manifest.nameZh ?? manifest.name
    const { layers } = await client.call('plans.get', { planId })
    if (wasChanged({ layers })) return setImported({ planId, name, layers })
    toast({ tone: 'done', text: t('importing.done', { name }) })
    openPlan(planId)
  }
  const openPlan = (planId: PlanId) => {
    onDone()
    useUi.getState().go(openingRoute({ id: planId }))
  }
  const startOver = () => {
    inspect.reset()
    run.reset()
    setInspected(null)
    setWaiting(null)
    setFailure(null)
    kept.discard().catch(setFailure)
  }
  const move = useCallback((to: (steps: Steps<ImportDraft>) => Steps<ImportDraft>) => {
    setInspected((now) => now && { ...now, steps: to(now.steps) })
  }, [])
  const change = (draft: ImportDraft, key = '') => move((steps) => step(steps, draft, key, performance.now()))
  /** With parameters the plan is taken to CGCS2000; without, it stays where its layers are. Both can be undone as any answer. */
  const chooseShift = (shift: FileToken | null) => {
    setInspected((now) => {
      if (now === null) return now
      const draft = (shift === null ? withoutShiftedSystem : withShiftedSystem)(now.steps.present)
      return { ...now, shift, steps: step(now.steps, draft, '', performance.now()) }
    })
  }
  return {
    chooseShift,
    choose,
    inspect,
    run,
    inspected,
    imported,
    openPlan,
    waiting,
    opening,
    failure: failure ?? kept.failure,
    look: (files: FileToken) => look(files, waiting),
    start,
    startOver,
    change,
    undo: useCallback(() => move(back), [move]),
    redo: useCallback(() => move(forward), [move]),
  }
}

export type Import = ReturnType<typeof useImport>
