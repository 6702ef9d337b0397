import { useEffect, useRef, type RefObject } from 'react'
import { EditTools } from './edit-tools.ts'
import type { MapEdit } from './map-edit.ts'
import type { PlanOlMap } from './plan-ol-map.ts'

/** Keeps the editing tools on a map for as long as there is something to edit. `made` names what the map was made from. */
export function useEditTools(map: RefObject<PlanOlMap | null>, edit: MapEdit | null, made: object): void {
  const tools = useRef<EditTools | null>(null)
  const isEditing = edit !== null
  useEffect(() => {
    if (!isEditing) return
    tools.current = map.current?.attach((own, snaps) => new EditTools(own, snaps)) ?? null
    return () => {
      tools.current?.remove()
      tools.current = null
    }
  }, [map, isEditing, made])
  useEffect(() => {
    if (edit) tools.current?.show(edit)
  }, [edit, made])
}
