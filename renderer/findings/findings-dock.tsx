import type { ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useWords } from '../i18n/use-words.ts'
import type { OpenReview } from '../workbench/use-review.ts'
import { useFindings } from './findings-store.ts'
import { FindingsTable } from './findings-table.tsx'

/** What lies above, with the findings wide under it where the reviewer wants them there; all the room is theirs where nothing lies above. */
export function FindingsDock({ review, children }: { review: OpenReview | null; children: ReactNode }) {
  const { t } = useWords()
  const isDocked = useFindings((state) => state.isDocked)
  if (children === null) return isDocked && review && <FindingsTable review={review} width="wide" />
  return (
    <Group className="findings-dock" orientation="vertical" id="findings-dock">
      <Panel id="dock-above" className="dock-above" minSize="140px">
        {children}
      </Panel>
      {isDocked && review && (
        <>
          <Separator className="divider across" aria-label={t('common.resize')} />
          <Panel id="dock-findings" className="dock-findings" defaultSize="42%" minSize="160px">
            <FindingsTable review={review} width="wide" />
          </Panel>
        </>
      )}
    </Group>
  )
}
