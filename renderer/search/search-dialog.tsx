import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import type { PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useShownReview, type OpenReview } from '../workbench/use-review.ts'
import { rankedGroups, type SearchEntry } from './rank.ts'
import { useSearch } from './search-store.ts'
import { useCommands } from './use-commands.ts'
import { useFoundFeatures, useOwnEntries } from './use-entries.ts'
import './search.css'

const MOST = 6

/** One field for everything: features, items, findings, commands, plans and places, from anywhere in the window. */
export function SearchEverything() {
  const isOpen = useSearch((state) => state.isOpen)
  const planId = useUi(({ route }) => ('planId' in route ? route.planId : null))
  if (!isOpen) return null
  return planId === null ? <SearchBox planId={null} review={null} /> : <OfPlan planId={planId} />
}

function OfPlan({ planId }: { planId: PlanId }) {
  const review = useShownReview(planId)
  return <SearchBox planId={planId} review={review.state === 'ready' ? review : null} />
}

function SearchBox({ planId, review }: { planId: PlanId | null; review: OpenReview | null }) {
  const { t } = useWords()
  const close = () => useSearch.getState().open(false)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const own = [...useCommands(planId), ...useOwnEntries(planId, review)]
  const features = useFoundFeatures(planId, query)
  const ranked = rankedGroups(own, query, MOST)
  // The backend found them; their title need not hold the words.
  const groups = features.entries.length === 0 ? ranked : [...ranked, { group: 'features' as const, entries: features.entries }]
  const flat = groups.flatMap(({ entries }) => entries)
  const at = Math.min(chosen, Math.max(0, flat.length - 1))
  const take = (entry: SearchEntry) => {
    close()
    entry.go()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const entry = flat[at]
    if (event.key === 'ArrowDown') setChosen(flat.length === 0 ? 0 : (at + 1) % flat.length)
    else if (event.key === 'ArrowUp') setChosen(flat.length === 0 ? 0 : (at - 1 + flat.length) % flat.length)
    else if (event.key === 'PageDown') setChosen(Math.min(flat.length - 1, at + MOST))
    else if (event.key === 'PageUp') setChosen(Math.max(0, at - MOST))
    else if (event.key === 'Enter' && entry) take(entry)
    else return
    event.preventDefault()
  }
  const text = query.trim()
  return (
    <ModalOverlay className="scrim search-scrim" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && close()}>
      <Modal className="search-modal">
        <Dialog className="dialog" aria-label={t('search.title')}>
          <Field
            query={query}
            active={flat[at]?.id ?? null}
            onQuery={(next) => {
              setQuery(next)
              setChosen(0)
            }}
            onKey={onKey}
          />
          <Results groups={groups} active={flat[at]?.id ?? null} onTake={take} />
          {features.error !== null && <ErrorNotice error={features.error} />}
          <p className="search-foot quiet" role="status">
            {text === '' && t('search.begin')}
            {text !== '' && features.busy && t('search.searching')}
            {text !== '' && !features.busy && flat.length > 0 && t('search.found', { count: flat.length })}
            {text !== '' &&
              !features.busy &&
              flat.length === 0 &&
              `${t('search.nothing', { query: text })} ${t('search.nothingHint')}`}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

const LIST = 'search-results'
const optionId = (id: string) => `search-${id.replaceAll(/[^\w-]/g, '_')}`

interface FieldProps {
  query: string
  active: string | null
  onQuery: (query: string) => void
  onKey: (event: KeyboardEvent) => void
}

function Field({ query, active, onQuery, onKey }: FieldProps) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  return (
    <div className="search-field">
      <Search className="icon" aria-hidden />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t('search.title')}
        aria-expanded={active !== null}
        aria-controls={LIST}
        aria-autocomplete="list"
        {...(active === null ? {} : { 'aria-activedescendant': optionId(active) })}
        placeholder={t('search.placeholder')}
        value={query}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKey}
      />
    </div>
  )
}

interface ResultsProps {
  groups: ReturnType<typeof rankedGroups>
  active: string | null
  onTake: (entry: SearchEntry) => void
}

function Results({ groups, active, onTake }: ResultsProps) {
  const { t } = useWords()
  const list = useRef<HTMLDivElement>(null)
  const label = useId()
  useEffect(() => {
    if (active !== null) document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div className="search-results" id={LIST} ref={list} role="listbox" aria-label={t('search.title')}>
      {groups.map(({ group, entries }) => (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of options of a listbox
        <div key={group} role="group" aria-labelledby={`${label}-${group}`}>
          <div className="search-group" id={`${label}-${group}`} role="presentation">
            {t(`search.group_${group}`)}
          </div>
          {entries.map((entry) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field above keeps the focus and hears the keys
            <div
              key={entry.id}
              id={optionId(entry.id)}
              role="option"
              aria-selected={entry.id === active}
              className={entry.id === active ? 'search-entry active' : 'search-entry'}
              onClick={() => onTake(entry)}
            >
              <span className="search-title">{entry.title}</span>
              <span className="search-more quiet">{entry.more}</span>
              {entry.keys !== undefined && <kbd>{entry.keys}</kbd>}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
