import { ArrowRight, CircleAlert, CircleCheck } from 'lucide-react'
import type { Need, Orientation, OrientationPlace } from '#core/review/orientation.ts'
import { NEED_WORDS } from '#core/review/orientation-words.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Route } from '../state/route.ts'
import { useUi, type SideTab } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'

const MOST_NAMED = 8
const URGENT: ReadonlySet<Need['kind']> = new Set(['gates-failed', 'stale', 'late-reasons', 'not-analysed'])

const TAB: Partial<Record<OrientationPlace, SideTab>> = { findings: 'findings', checklist: 'checklist', gates: 'checklist' }

/** What waits for the reviewer, most pressing first. */
export function NeedsCard({ page, checklistId }: { page: Orientation; checklistId: string }) {
  const { t, say, lang } = useWords()
  const { go, showTab, setFilter } = useUi.getState()
  const { id: planId } = page.plan
  const lead = (place: OrientationPlace) => {
    const route: Route =
      place === 'round'
        ? { page: 'round', planId }
        : place === 'checklist-version'
          ? { page: 'checklist', checklistId }
          : place === 'panel'
            ? { page: 'panel', planId }
            : { page: 'plan', planId }
    go(route)
    const tab = TAB[place]
    if (tab) showTab(tab)
    if (place === 'gates') setFilter('gates')
    if (place === 'checklist') setFilter('open')
  }
  return (
    <section className="orientation-card orientation-needs" aria-labelledby="orientation-needs">
      <h2 id="orientation-needs">{t('orientation.needs')}</h2>
      {page.needs.length === 0 ? (
        <p className="row">
          <CircleCheck className="icon" aria-hidden />
          {t('orientation.nothingNeeded')}
        </p>
      ) : (
        <ul className="orientation-lines">
          {page.needs.map(({ kind, count, names, place }) => (
            <li key={kind}>
              <Button look="bare" onPress={() => lead(place)}>
                <CircleAlert className={URGENT.has(kind) ? 'icon urgent' : 'icon'} aria-hidden />
                <span className="orientation-line">
                  {say(NEED_WORDS[kind])}
                  {kind !== 'not-analysed' && <strong className="number"> {formatCount(count, lang)}</strong>}
                  {names.length > 0 && (
                    <span className="quiet">
                      {t('orientation.names', { names: names.slice(0, MOST_NAMED).join(lang === 'zh' ? '、' : ', ') })}
                      {names.length > MOST_NAMED && ' …'}
                    </span>
                  )}
                </span>
                <ArrowRight className="icon" aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
