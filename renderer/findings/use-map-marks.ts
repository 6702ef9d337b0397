import { useEffect, useMemo } from 'react'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import { useRead } from '../api/use-api.tsx'
import type { MapMarks, ShownMark } from '../map/map-marks.ts'
import { useFindings } from './findings-store.ts'
import { openFindingById } from './use-finding-rows.ts'

const NONE: readonly Finding[] = []

/** What the map has to know of findings: their marks, the open one, and a mark that is being drawn. */
export function useMapMarks(planId: PlanId, reviewId: ReviewId | null): MapMarks {
  const view = useRead('reviews.get', { reviewId: reviewId ?? ('' as ReviewId) }, { enabled: reviewId !== null }).data
  const findings = view?.findings ?? NONE
  const { opened, focus, drawing, step } = useFindings()
  // What was open or half drawn belongs to the plan that is left.
  useEffect(() => () => useFindings.setState({ opened: null, drawing: null, focus: null, picked: new Set() }), [planId])
  const edited = drawing?.draft.mode === 'edit' ? drawing.finding?.id : undefined
  const shown = useMemo(
    () =>
      findings.flatMap(({ id, number, severity, withdrawn, mark }): ShownMark[] =>
        mark === undefined || id === edited ? [] : [{ id, number, severity, isWithdrawn: withdrawn, mark }],
      ),
    [findings, edited],
  )
  return {
    shown,
    chosen: opened,
    focus,
    draft: drawing?.draft ?? null,
    onStep: step,
    onPicked: (id) => openFindingById(findings, id),
  }
}
