import {
  ChartLine,
  FileCheck2,
  FilePlus2,
  GitMerge,
  Inbox,
  Keyboard,
  LibraryBig,
  MessageSquareReply,
  Settings2,
} from 'lucide-react'
import { useState } from 'react'
import type { PlanSummary } from '#core/model/plan.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useFresh } from '../inbox/use-fresh.ts'
import { likelyNext } from '../orientation/opening.ts'
import { QuickSettings } from '../settings/quick-settings.tsx'
import { MergeDialog } from '../share/merge-dialog.tsx'
import { ReplyDialog } from '../share/reply-dialog.tsx'
import { useUi } from '../state/ui-store.ts'
import { Brand } from '../ui/brand.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { usePreparedMap } from '../workbench/use-prepared-map.ts'
import { FirstRun } from './first-run.tsx'
import { PlanList } from './plan-list.tsx'
import { SampleButton, SampleProgress, useSampleCity } from './sample-city.tsx'

/** More plans than this and people look for a name instead of reading the list. */
const FILTER_FROM = 8

const matches = (plan: PlanSummary, text: string) =>
  [plan.name, plan.nameZh, plan.cityName].some((words) => words?.toLowerCase().includes(text.toLowerCase()))

function TopBar() {
  const { t } = useWords()
  const open = useUi((state) => state.open)
  const conflicts = useRead('share.conflicts', { planId: null })
  const [isMerging, setMerging] = useState(false)
  const [isReplying, setReplying] = useState(false)
  const left = conflicts.data?.length ?? 0
  const go = useUi((state) => state.go)
  const fresh = useFresh()
  return (
    <header className="topbar">
      <Brand />
      <span className="topbar-name">{t('common.appName')}</span>
      <span className="topbar-tagline" title={t('common.tagline')}>
        {t('common.tagline')}
      </span>
      <span className="spacer" />
      <Button look="bare" onPress={() => go({ page: 'library', memoId: null, at: null })}>
        <LibraryBig className="icon" aria-hidden />
        {t('library.open')}
      </Button>
      <Button
        look="bare"
        onPress={() => go({ page: 'inbox' })}
        aria-label={t(fresh > 0 ? 'inbox.openCount' : 'inbox.open', { count: fresh })}
      >
        <Inbox className="icon" aria-hidden />
        {t('inbox.open')}
        {fresh > 0 && <span className="chip warn number">{fresh}</span>}
      </Button>
      <Button look="bare" onPress={() => setMerging(true)}>
        <GitMerge className="icon" aria-hidden />
        {t('share.merge')}
        {left > 0 && <span className="chip warn">{t('share.show', { count: left })}</span>}
      </Button>
      <Button look="bare" onPress={() => setReplying(true)}>
        <MessageSquareReply className="icon" aria-hidden />
        {t('reply.open')}
      </Button>
      {isReplying && <ReplyDialog onClose={() => setReplying(false)} />}
      {isMerging && <MergeDialog onClose={() => setMerging(false)} />}
      <Button look="bare" onPress={() => open('verify')}>
        <FileCheck2 className="icon" aria-hidden />
        {t('catalogue.verify')}
      </Button>
      <QuickSettings />
      <IconButton label={t('catalogue.help')} onPress={() => open('shortcuts')}>
        <Keyboard className="icon" />
      </IconButton>
      <IconButton label={t('catalogue.settings')} onPress={() => open('settings')}>
        <Settings2 className="icon" />
      </IconButton>
    </header>
  )
}

function Plans({ plans, sample }: { plans: PlanSummary[]; sample: ReturnType<typeof useSampleCity> }) {
  const { t } = useWords()
  const open = useUi((state) => state.open)
  const go = useUi((state) => state.go)
  const [text, setText] = useState('')
  const shown = plans.filter((plan) => matches(plan, text))
  return (
    <>
      <div className="catalogue-head">
        <div>
          <h1>{t('catalogue.title')}</h1>
          <p className="quiet">{t('catalogue.subtitle', { count: plans.length })}</p>
        </div>
        <span className="spacer" />
        {plans.length >= FILTER_FROM && (
          <TextField
            label={t('catalogue.filter')}
            hideLabel
            placeholder={t('catalogue.filter')}
            value={text}
            onChange={setText}
          />
        )}
        {plans.length > 1 && (
          <Button onPress={() => go({ page: 'monitoring' })}>
            <ChartLine className="icon" aria-hidden />
            {t('monitoring.open')}
          </Button>
        )}
        <SampleButton sample={sample} />
        <Button look="primary" onPress={() => open('import')}>
          <FilePlus2 className="icon" aria-hidden />
          {t('catalogue.import')}
        </Button>
      </div>
      <SampleProgress sample={sample} />
      {shown.length > 0 ? <PlanList plans={shown} /> : <p className="quiet">{t('catalogue.noMatch', { text })}</p>}
    </>
  )
}

/** Home: the plans of this catalogue, or on the first run the two ways to begin. */
export function CatalogueScreen() {
  const { t } = useWords()
  const plans = useRead('plans.list', {})
  const sample = useSampleCity()
  usePreparedMap(plans.data ? likelyNext(plans.data) : null)
  return (
    <div className="screen">
      <TopBar />
      <main className="catalogue" aria-busy={plans.isPending}>
        {plans.error && <ErrorNotice error={plans.error} onRetry={() => void plans.refetch()} />}
        {plans.isPending && <p className="quiet">{t('common.loading')}</p>}
        {plans.data && (plans.data.length > 0 ? <Plans plans={plans.data} sample={sample} /> : <FirstRun sample={sample} />)}
      </main>
    </div>
  )
}
