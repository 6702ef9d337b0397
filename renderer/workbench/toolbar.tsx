import { Columns2, Compass, FileText, Keyboard, Play, Settings2, Table2, Target, Users } from 'lucide-react'
import { Toolbar as AriaToolbar } from 'react-aria-components'
import type { PlanId } from '#core/model/ids.ts'
import type { Plan } from '#core/model/plan.ts'
import { planName } from '../format/plan-name.ts'
import { UndoButtons } from '../history/undo-buttons.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
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
  return (
    <TopBar
      title={plan ? planName(plan, lang) : t('common.loading')}
      subtitle={plan?.cityName ?? undefined}
      back={{ page: 'catalogue' }}
    >
      <AriaToolbar className="row" aria-label={t('workbench.toolbar')}>
        <UndoButtons />
        <Button onPress={() => go({ page: 'orientation', planId })}>
          <Compass className="icon" aria-hidden />
          {t('orientation.open')}
        </Button>
        <span className="toolbar-gap" />
        <Button look={measured ? 'plain' : 'primary'} onPress={() => void analysis.start()} isDisabled={analysis.busy}>
          <Play className="icon" aria-hidden />
          {t(measured ? 'workbench.analyseAgain' : 'workbench.analyse')}
        </Button>
        <Button onPress={() => go({ page: 'results', planId, indicator: null, table: null })}>
          <Table2 className="icon" aria-hidden />
          {t('results.open')}
        </Button>
        <Button onPress={() => go({ page: 'opportunity', planId })}>
          <Target className="icon" aria-hidden />
          {t('opportunity.title')}
        </Button>
        <Button onPress={() => go({ page: 'panel', planId })}>
          <Users className="icon" aria-hidden />
          {t('panel.title')}
        </Button>
        <Button onPress={() => go({ page: 'sides', planId, beforeId: null })}>
          <Columns2 className="icon" aria-hidden />
          {t('sides.title')}
        </Button>
        <Button look={measured ? 'primary' : 'plain'} onPress={() => go({ page: 'memo', planId })}>
          <FileText className="icon" aria-hidden />
          {t('workbench.memo')}
        </Button>
        <span className="toolbar-gap" />
        <IconButton label={t('catalogue.help')} onPress={() => open('shortcuts')}>
          <Keyboard className="icon" />
        </IconButton>
        <IconButton label={t('catalogue.settings')} onPress={() => open('settings')}>
          <Settings2 className="icon" />
        </IconButton>
      </AriaToolbar>
    </TopBar>
  )
}
