import { Repeat2 } from 'lucide-react'
import type { Orientation } from '#core/review/orientation.ts'
import { roleInfo } from '#core/model/roles.ts'
import { CHANGE_KINDS } from '#core/plan-diff/result.ts'
import type { RoundChange } from '#core/review/round.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'

const KINDS = CHANGE_KINDS.filter((kind) => kind !== 'unchanged')
const hasChanged = ({ counts }: RoundChange) => KINDS.some((kind) => counts[kind] > 0)

/** What is not as it was in the earlier round, layer by layer. */
export function ChangedCard({ page: { plan, round } }: { page: Orientation }) {
  const { t, say, lang } = useWords()
  const go = useUi((state) => state.go)
  const rows = round?.changes?.filter(hasChanged) ?? []
  const count = (value: number) => formatCount(value, lang)
  const text = () => {
    if (round === null) return t('orientation.firstRound')
    if (round.changes === null) return t('orientation.notCompared', { number: round.number })
    return t('orientation.roundText', { number: round.number, changed: count(round.changedFeatures), carried: round.carried })
  }
  return (
    <section className="orientation-card" aria-labelledby="orientation-changed">
      <h2 id="orientation-changed">{t('orientation.changed')}</h2>
      <p>{text()}</p>
      {rows.length > 0 && (
        // Wider than its card in some languages: it scrolls by itself, so it can have the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="orientation-table" tabIndex={0} role="region" aria-label={t('orientation.changed')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('orientation.layer')}</th>
                {KINDS.map((kind) => (
                  <th key={kind} scope="col" className="right">
                    {t(`compare.kind_${kind}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ role, counts }) => (
                <tr key={role}>
                  <th scope="row">{say(roleInfo(role).title)}</th>
                  {KINDS.map((kind) => (
                    <td key={kind} className="right number">
                      {counts[kind] === 0 ? '–' : count(counts[kind])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="row">
        <Button size="small" onPress={() => go({ page: 'round', planId: plan.id })}>
          <Repeat2 className="icon" aria-hidden />
          {t('orientation.toRound')}
        </Button>
      </div>
    </section>
  )
}
