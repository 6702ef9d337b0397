import { useCallback, useEffect, useState } from 'react'
import type { Checklist } from '#core/checklist/schema.ts'
import type { ChecklistCheck } from '#core/contract/office-procedures.ts'
import { useClient } from '../api/use-api.tsx'
import { keepDraft, keptDraft, type ChecklistDraft } from './draft.ts'

/** After so long without a change the draft is checked: nobody wants a verdict in the middle of a word. */
const REST_MS = 350

/** The draft of a checklist: kept as it is typed, so that nothing is lost with the window. */
export function useDraft(checklistId: string) {
  const [draft, setDraft] = useState<ChecklistDraft | null>(() => keptDraft(checklistId))
  const set = useCallback(
    (next: ChecklistDraft | null) => {
      setDraft(next)
      keepDraft(checklistId, next)
    },
    [checklistId],
  )
  const change = useCallback(
    (how: (checklist: Checklist) => Checklist) =>
      setDraft((now) => {
        if (now === null) return null
        const next = { ...now, checklist: how(now.checklist) }
        keepDraft(checklistId, next)
        return next
      }),
    [checklistId],
  )
  return { draft, set, change }
}

/** What is wrong with the draft as it stands; null while that is being found out. */
export function useCheck(draft: ChecklistDraft | null): ChecklistCheck | null {
  const client = useClient()
  const [answer, setAnswer] = useState<{ of: Checklist; check: ChecklistCheck } | null>(null)
  const checklist = draft?.checklist ?? null
  useEffect(() => {
    if (checklist === null) return
    let current = true
    const timer = setTimeout(() => {
      client.call('checklists.check', { checklist }).then(
        (check) => current && setAnswer({ of: checklist, check }),
        () => current && setAnswer(null),
      )
    }, REST_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, checklist])
  return answer !== null && answer.of === checklist ? answer.check : null
}
