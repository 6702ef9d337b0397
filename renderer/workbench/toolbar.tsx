import { Columns2, Compass, FileText, Keyboard, Play, Settings2, Table2, Target, Users } from 'lucide-react'
import type { PlanId } from '#core/model/ids.ts'
import type { Plan } from '#core/model/plan.ts'
import { planName } from '../format/plan-name.ts'
import { UndoButtons } from '../history/undo-buttons.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { ActionBar, type BarAction } from '../ui/action-bar.tsx'
import { IconButton } from '../ui/button.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import type { Analysis } from './analysis.tsx'

interface ToolbarProps {
  planId: PlanId
  plan: Plan | null
  analysis: Analysis
  /** Once measured, the memo is the next step and the analysis only a repetition. */
  measured: boolean
}

/** What can be done with the plan as a whole. */
export function Toolbar({ planId, plan, analysis, measured }: ToolbarProps) {
  const { t, lang } = useWords()
  const { go, open } = useUi.getState()
  const actions: readonly BarAction[] = [
    {
      id: 'orientation',
      rank: 1,
      icon: Compass,
      label: t('orientation.open'),
      onPress: () => go({ page: 'orientation', planId }),
    },
    {
      id: 'analyse',
      icon: Play,
      label: t(measured ? 'workbench.analyseAgain' : 'workbench.analyse'),
      look: measured ? 'plain' : 'primary',
      isDisabled: analysis.busy,
      onPress: () => void analysis.start(),
    },
    {
      id: 'results',
      rank: 0,
      icon: Table2,
      label: t('results.open'),
      onPress: () => go({ page: 'results', planId, indicator: null, table: null }),
    },
    {
      id: 'opportunity',
      rank: 3,
      icon: Target,
      label: t('opportunity.title'),
      onPress: () => go({ page: 'opportunity', planId }),
    },
    { id: 'panel', rank: 2, icon: Users, label: t('panel.title'), onPress: () => go({ page: 'panel', planId }) },
    {
      id: 'sides',
      rank: 4,
      icon: Columns2,
      label: t('sides.title'),
      onPress: () => go({ page: 'sides', planId, beforeId: null }),
    },
    {
      id: 'memo',
      icon: FileText,
      label: t('workbench.memo'),
      look: measured ? 'primary' : 'plain',
      onPress: () => go({ page: 'memo', planId }),
    },
  ]
  return (
    <TopBar
      title={plan ? planName(plan, lang) : t('common.loading')}
      subtitle={plan?.cityName ?? undefined}
      back={{ page: 'catalogue' }}
    >
      <ActionBar
        label={t('workbench.toolbar')}
        actions={actions}
        before={<UndoButtons />}
        after={
          <>
            <IconButton label={t('catalogue.help')} onPress={() => open('shortcuts')}>
              <Keyboard className="icon" />
            </IconButton>
            <IconButton label={t('catalogue.settings')} onPress={() => open('settings')}>
              <Settings2 className="icon" />
            </IconButton>
          </>
        }
      />
    </TopBar>
  )
}
