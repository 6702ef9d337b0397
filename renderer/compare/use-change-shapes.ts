import { useEffect, useState } from 'react'
import type { Frame } from '#core/geo/frame.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { FeatureChange } from '#core/plan-diff/result.ts'
import { useClient } from '../api/use-api.tsx'
import type { OverlayShape } from '../map/map-props.ts'
import { shapesOf } from './shapes.ts'

const NO_SHAPES: OverlayShape[] = []

interface Side {
  planId: PlanId
  frame: Frame | undefined
}

/** Outlines of changes in the newer plan's plane, as soon as they came; a new list is a new wish, even for the same changes. */
export function useChangeShapes(older: Side, newer: Side, wanted: readonly FeatureChange[]) {
  const client = useClient()
  const [answer, setAnswer] = useState<{ to: readonly FeatureChange[]; shapes: OverlayShape[] } | null>(null)
  const [failed, setFailed] = useState(false)
  const { planId: before, frame: from } = older
  const { planId: after, frame: to } = newer
  useEffect(() => {
    if (wanted.length === 0 || !from || !to) return
    const asked = new AbortController()
    shapesOf(client, wanted, { planId: before, frame: from }, { planId: after, frame: to }, asked.signal).then(
      (shapes) => {
        if (asked.signal.aborted) return
        setFailed(false)
        setAnswer({ to: wanted, shapes })
      },
      () => asked.signal.aborted || setFailed(true),
    )
    return () => asked.abort()
  }, [client, wanted, before, after, from, to])
  return { shapes: answer?.to === wanted ? answer.shapes : NO_SHAPES, failed }
}
