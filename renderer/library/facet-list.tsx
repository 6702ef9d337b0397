import { FACETS, type Facet, type FacetName, type LibraryList } from '#core/contract/library-procedures.ts'
import { MEMO_KIND_IDS } from '#core/memo/memo-kinds.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox, SelectField } from '../ui/fields.tsx'
import { useLibrary } from './library-store.ts'

const ALL = ' all'

/** What the library can be narrowed to, each value with how many memos it leaves. */
export function FacetList({ facets }: { facets: LibraryList['facets'] }) {
  const { t, say } = useWords()
  const { filters, setFacet, setLatest, clear } = useLibrary()
  const nameOf = (facet: FacetName, { value, title }: Facet): string => {
    if (facet === 'item') return title === null ? value : `${value} ${say(title)}`
    if (title !== null) return say(title)
    if (facet === 'kind') return t(`library.kind_${MEMO_KIND_IDS.find((kind) => kind === value) ?? 'unknown'}`)
    return value === '' ? t('library.noOffice') : value
  }
  const isNarrowed = FACETS.some((facet) => filters[facet] !== undefined) || filters.latest === true || filters.query !== ''
  return (
    <nav className="library-facets" aria-label={t('library.facets')}>
      {FACETS.map((facet) => (
        <SelectField
          key={facet}
          label={t(`library.facet_${facet}`)}
          value={filters[facet] === undefined ? ALL : `=${filters[facet]}`}
          placeholder={t('library.all')}
          choices={[
            { id: ALL, label: t('library.all') },
            ...facets[facet].map((one) => ({ id: `=${one.value}`, label: `${nameOf(facet, one)} (${one.count})` })),
          ]}
          onChange={(value) => setFacet(facet, value === ALL ? null : value.slice(1))}
        />
      ))}
      <Checkbox isSelected={filters.latest === true} onChange={setLatest}>
        {t('library.latest')}
      </Checkbox>
      <Button look="bare" onPress={clear} isDisabled={!isNarrowed}>
        {t('library.clear')}
      </Button>
    </nav>
  )
}
