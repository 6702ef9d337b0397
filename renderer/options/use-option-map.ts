import { useEffect, useMemo, useState } from 'react'
import type { FeatureGeometry, MapSetup } from '#core/contract/map-data.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import { afterPaint } from '../api/after-paint.ts'
import { useClient } from '../api/use-api.tsx'
import type { ChangedShape, MapEdit } from '../map/map-edit.ts'
import { useUi } from '../state/ui-store.ts'
import { changedShapes, chosenShapes } from './option-shapes.ts'
import { useOptions } from './option-store.ts'
import { useEditActions } from './use-edit-actions.ts'
import { useOptionList } from './use-option.ts'

const NO_CHANGES: readonly ChangedShape[] = []
const NO_SHAPES: readonly FeatureGeometry[] = []

/** What the map shows and reports while an option is worked on; null while the what-if panel is not open. */
export function useOptionMap(planId: PlanId, setup: MapSetup | null, reviewId: ReviewId | null): MapEdit | null {
  const client = useClient()
  const isOpen = useUi((state) => state.tab === 'options')
  const { option } = useOptionList(reviewId ?? ('' as ReviewId), isOpen && reviewId !== null)
  const optionId = isOpen ? (option?.id ?? null) : null
  const { changes, pick, finish } = useEditActions(planId, setup, optionId)
  const tool = useOptions((state) => state.tool)
  const chosen = useOptions((state) => state.chosen)
  const draft = useOptions((state) => state.draft)
  const draftKind = useOptions((state) => state.kind)
  const reshaped = useOptions((state) => state.reshaped)
  const isSnapping = useOptions((state) => state.snaps)
  const [shapes, setShapes] = useState<{ changed: readonly ChangedShape[] }>({ changed: NO_CHANGES })
  const [outlines, setOutlines] = useState(NO_SHAPES)

  useEffect(() => {
    if (optionId === null || setup === null) return
    let isCurrent = true
    changedShapes(client, planId, setup, changes).then(
      (changed) => isCurrent && setShapes({ changed }),
      (error: unknown) => useOptions.getState().fail(error),
    )
    return () => {
      isCurrent = false
    }
  }, [client, planId, setup, optionId, changes])

  useEffect(() => {
    if (optionId === null || setup === null) return
    let isCurrent = true
    chosenShapes(client, planId, setup, chosen, changes).then(
      // Drawing the map takes longer than a frame: figures that change with what is chosen come first.
      (found) => afterPaint(() => isCurrent && setOutlines(found)),
      (error: unknown) => useOptions.getState().fail(error),
    )
    return () => {
      isCurrent = false
    }
  }, [client, planId, setup, optionId, chosen, changes])

  return useMemo((): MapEdit | null => {
    if (optionId === null) return null
    const store = useOptions.getState()
    return {
      tool,
      changed: shapes.changed,
      chosen: tool === 'reshape' ? NO_SHAPES : outlines,
      draft,
      draftKind,
      reshaped,
      isSnapping,
      onPick: (places, toleranceM) => void pick(places, toleranceM),
      onPoint: store.addPoint,
      onReshape: store.moveTo,
      onHold: store.hold,
      onSnapping: store.setSnaps,
      onFinish: () => void finish(),
      onBack: () => store.removePoint(),
      onCancel: store.clear,
      onFail: store.fail,
    }
  }, [optionId, tool, shapes, outlines, draft, draftKind, reshaped, isSnapping, pick, finish])
}
