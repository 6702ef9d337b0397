import type { ReactNode } from 'react'
import { Desk, type DeskPanel } from '../ui/desk.tsx'

/** What changed beside the two maps. */
export function SidesDesk({ changes, maps }: { changes: ReactNode; maps: ReactNode }) {
  const panels: readonly DeskPanel[] = [
    { id: 'side-changes', content: changes, size: '420px', least: '300px', most: '640px', stackedAt: 1 },
    { id: 'side-maps', kind: 'map', content: maps, least: '320px', stackedAt: 0 },
  ]
  return <Desk id="sides" panels={panels} />
}
