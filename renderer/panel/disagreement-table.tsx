import { ArrowLeftRight, ChevronDown, ChevronRight, Scale, TriangleAlert } from 'lucide-react'
import { Fragment, useState } from 'react'
import type { Checklist } from '#core/checklist/schema.ts'
import type { PanelView } from '#core/contract/panel-procedures.ts'
import type { Disagreement, ExpertLevel } from '#core/review/consensus.ts'
import { formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { LevelBadge } from '../ui/level-badge.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useExpertName, useNameList } from './expert-name.ts'
import { LevelDots } from './level-dots.tsx'
import type { PanelKey } from './members.tsx'
import { SettleForm } from './settle-form.tsx'
import { isListed, STANDING_FILTERS, type StandingFilter } from './standing.ts'

const COLUMNS = 7

type Settlement = PanelView['settled'][string]

function Reason({ given }: { given: ExpertLevel }) {
  const { t } = useWords()
  const nameOf = useExpertName()
  const { reviewer, level, notApplicable, reason } = given
  const isSilent = level === null && !notApplicable
  return (
    <li className="reason-card">
      <div className="row">
        <LevelBadge level={level} applicable={!notApplicable} size={22} />
        <strong>{nameOf(reviewer)}</strong>
        {notApplicable && <span className="chip">{t('panel.out')}</span>}
      </div>
      {reason === '' ? (
        <p className="quiet">{t(isSilent ? 'panel.noReasonNone' : 'panel.noReason')}</p>
      ) : (
        <p className="reason-text">{reason}</p>
      )}
    </li>
  )
}

/** How an item was settled, and whether that still stands on the experts' levels. */
function SettledMark({ settlement }: { settlement: Settlement }) {
  const { t } = useWords()
  return (
    <span className="row row-wrap">
      <LevelBadge level={settlement.level} size={22} />
      <span className="chip good">{t(settlement.how === 'median' ? 'panel.settledMedian' : 'panel.settledLead')}</span>
      {settlement.isStale && (
        <span className="chip warn">
          <TriangleAlert className="icon" aria-hidden />
          {t('panel.stale')}
        </span>
      )}
    </span>
  )
}

interface RowProps {
  standing: Disagreement
  title: string
  settlement: Settlement | undefined
  isOpen: boolean
  panelKey: PanelKey
  onToggle: () => void
}

function Talk({ standing, settlement, panelKey }: Pick<RowProps, 'standing' | 'settlement' | 'panelKey'>) {
  const { t } = useWords()
  return (
    <div className="talk">
      {settlement && (
        <p className={settlement.isStale ? 'notice warn' : 'notice good'}>
          <Scale className="icon" aria-hidden />
          <span>
            {t('panel.settledReason', { level: settlement.level ?? '–', reason: settlement.reason })}
            {settlement.isStale && ` ${t('panel.staleText')}`}
          </span>
        </p>
      )}
      <h3>{t('panel.reasons')}</h3>
      <ul className="reason-cards">
        {standing.levels.map((given) => (
          <Reason key={given.reviewer} given={given} />
        ))}
      </ul>
      <SettleForm key={standing.item} standing={standing} panelKey={panelKey} />
    </div>
  )
}

function StandingRow({ standing, title, settlement, isOpen, panelKey, onToggle }: RowProps) {
  const { lang } = useWords()
  const list = useNameList()
  const { item, spread, pointsAtStake, median, talkFirst } = standing
  const Arrow = isOpen ? ChevronDown : ChevronRight
  return (
    <Fragment>
      <tr className={isOpen ? 'chosen' : ''} data-item={item}>
        <th scope="row">
          <Button look="bare" size="small" aria-expanded={isOpen} onPress={onToggle}>
            <Arrow className="icon" aria-hidden />
            <span className="standing-item">
              <span className="number">{item}</span> {title}
            </span>
          </Button>
        </th>
        <td>
          <LevelDots standing={standing} />
        </td>
        <td className="number right">{spread}</td>
        <td className="number right">{formatScore(pointsAtStake, lang)}</td>
        <td>
          <LevelBadge level={median} size={22} />
        </td>
        <td>
          {talkFirst && (
            <span className="talk-first">
              {list([talkFirst[0]])} <ArrowLeftRight className="icon" aria-hidden /> {list([talkFirst[1]])}
            </span>
          )}
        </td>
        <td>{settlement && <SettledMark settlement={settlement} />}</td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={COLUMNS}>
            <Talk standing={standing} settlement={settlement} panelKey={panelKey} />
          </td>
        </tr>
      )}
    </Fragment>
  )
}

interface TableProps {
  panel: PanelView
  checklist: Checklist
  panelKey: PanelKey
  chosen: string | null
  /** Items of a feature picked on the map; null for all. */
  only: readonly string[] | null
  onChoose: (item: string | null) => void
  onShowAll: () => void
}

/** Items by what hangs on the experts' disagreement, each with who stands where; one of them open to be talked over and settled. */
export function DisagreementTable({ panel, checklist, panelKey, chosen, only, onChoose, onShowAll }: TableProps) {
  const { t, say } = useWords()
  const [filter, setFilter] = useState<StandingFilter>('differing')
  const { disagreements: standings, settled } = panel
  const count = (id: StandingFilter) => standings.filter((standing) => isListed(standing, id, settled)).length
  // An item that was settled while it is open stays to be read.
  const isShown = (standing: Disagreement) => isListed(standing, filter, settled) || standing.item === chosen
  const listed = standings.filter((standing) => (only === null ? isShown(standing) : only.includes(standing.item)))
  const titles = new Map(checklist.items.map(({ id, title }) => [id, say(title)]))
  return (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('panel.disagreements')}>
      <div className="panel-head standing-head">
        <h2>{t('panel.disagreements')}</h2>
        <Segmented<StandingFilter>
          label={t('panel.filter')}
          value={filter}
          segments={STANDING_FILTERS.map((id) => ({
            id,
            label: (
              <>
                {t(`panel.filter_${id}`)} <span className="number quiet">{count(id)}</span>
              </>
            ),
          }))}
          onChange={setFilter}
        />
      </div>
      <div className="panel-scroll">
        {panel.waiting > 0 && <p className="notice panel-notice">{t('panel.waiting', { count: panel.waiting })}</p>}
        {only !== null && (
          <p className="notice panel-notice">
            <span>{t('panel.onlyItems', { items: only.join(', ') })}</span>
            <Button look="link" size="small" onPress={onShowAll}>
              {t('panel.showAllItems')}
            </Button>
          </p>
        )}
        {listed.length === 0 ? (
          panel.waiting === 0 && (
            <EmptyState icon={Scale} title={t('panel.noDisagreements')}>
              <p>{t('panel.noDisagreementsText')}</p>
            </EmptyState>
          )
        ) : (
          <table className="table standing-table">
            <thead>
              <tr>
                <th scope="col">{t('panel.item')}</th>
                <th scope="col">{t('panel.levels')}</th>
                <th scope="col" className="right">
                  {t('panel.spread')}
                </th>
                <th scope="col" className="right" title={t('panel.stakeHint')}>
                  {t('panel.stake')}
                </th>
                <th scope="col">{t('panel.median')}</th>
                <th scope="col">{t('panel.talkFirst')}</th>
                <th scope="col">{t('panel.leadLevel')}</th>
              </tr>
            </thead>
            <tbody>
              {listed.map((standing) => (
                <StandingRow
                  key={standing.item}
                  standing={standing}
                  title={titles.get(standing.item) ?? ''}
                  settlement={settled[standing.item]}
                  isOpen={standing.item === chosen}
                  panelKey={panelKey}
                  onToggle={() => onChoose(standing.item === chosen ? null : standing.item)}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  )
}
