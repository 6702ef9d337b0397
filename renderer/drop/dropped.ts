import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { FileToken } from '#core/model/ids.ts'
import type { DropKind } from './drop-kinds.ts'

/** Files that were dropped on the window and wait for whoever takes their kind. */
const useDropped = create<{ waiting: { kind: DropKind; files: FileToken } | null }>()(() => ({ waiting: null }))

export const putDropped = (kind: DropKind, files: FileToken): void => useDropped.setState({ waiting: { kind, files } })

/** Takes what waits of one kind; null where there is nothing. Taken once. */
export function takeDropped(kind: DropKind): FileToken | null {
  const { waiting } = useDropped.getState()
  if (waiting?.kind !== kind) return null
  useDropped.setState({ waiting: null })
  return waiting.files
}

/** Hands dropped files of one kind to what is on the screen, as soon as it is there. */
export function useTakeDropped(kind: DropKind, take: (files: FileToken) => void): void {
  const waiting = useDropped((state) => state.waiting)
  const now = useRef(take)
  useEffect(() => {
    now.current = take
  })
  useEffect(() => {
    if (waiting?.kind !== kind) return
    const files = takeDropped(kind)
    if (files !== null) now.current(files)
  }, [waiting, kind])
}
