import { CircleCheck, CircleX, MapPin, ShieldAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { roleInfo } from '#core/model/roles.ts'
import { formatValue } from '#core/model/units.ts'
import type { OpportunityChoice } from '#core/opportunity/choice.ts'
import { cardLabel } from '#core/opportunity/drawn.ts'
import type { ScoredCard } from '#core/opportunity/report.ts'
import { formatArea, formatCount, formatFixed, wholePercent } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { Button } from '../ui/button.tsx'

interface CardProps {
  card: ScoredCard
  choice: OpportunityChoice
  isChosen: boolean
  onChoose: () => void
}

const TONES: Readonly<Record<ScoredCard['verdict'], string>> = {
  passes: 'good',
  submitted: 'good',
  below: 'warn',
  missed: 'warn',
  gate: 'bad',
  unknown: '',
}

const points = (value: number | undefined): string => (value === undefined ? '—' : formatFixed(value, 2))

/** One bar per criterion: as long as its figure, with its weight and what it adds. */
function Criteria({ card, method }: { card: ScoredCard; method: OpportunityChoice['method'] }) {
  const { t, say } = useWords()
  return (
    <ul className="criteria" aria-label={t('opportunity.criteria')}>
      {card.criteria.map(({ id, title, weight, figure }) => {
        const percent = Math.round(weight * 100)
        const isLeftOut = figure === null || weight === 0
        const adds = t('opportunity.contribution', { weight: percent, value: points(weight * (figure ?? 0)) })
        return (
          <li key={id} className={isLeftOut ? 'criterion off' : 'criterion'}>
            <span className="criterion-name">{say(title)}</span>
            <span className="criterion-bar" aria-hidden>
              <span style={{ width: `${(isLeftOut ? 0 : figure) * 100}%` }} />
            </span>
            <span className="number criterion-value">{isLeftOut ? '—' : points(figure)}</span>
            <span className="quiet criterion-note number">
              {isLeftOut
                ? t('opportunity.notMeasured')
                : method === 'sum'
                  ? adds
                  : t('opportunity.weightOnly', { weight: percent })}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function Gates({ card }: { card: ScoredCard }) {
  const { t, say } = useWords()
  return (
    <ul className="gates" aria-label={t('opportunity.gates')}>
      {card.gates.map(({ id, title, passes, reason }) => {
        const Icon = passes ? CircleCheck : CircleX
        return (
          <li key={id} className={passes ? 'gate met' : 'gate missed'}>
            <Icon className="icon" aria-hidden />
            <span className="visually-hidden">{t(passes ? 'opportunity.passed' : 'opportunity.failed')}</span>
            <span>{say(title)}</span>
            <span className="quiet">{say(reason)}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** Red lines are among the conditions; here are those that none of them asks about, too. */
function Overlaps({ card }: { card: ScoredCard }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const texts = [
    ...card.redLines.map(({ layer, areaM2 }) => `${say(roleInfo(layer).title)} ${formatArea(areaM2, areaUnit, lang)}`),
    ...(card.corridorM2 > 1 ? [t('opportunity.onCorridor', { area: formatArea(card.corridorM2, areaUnit, lang) })] : []),
    ...card.gaps.map(({ label, title, insideM }) =>
      t('opportunity.onGap', { number: label, title: say(title), length: formatValue(insideM, 'm', lang) }),
    ),
  ]
  if (texts.length === 0) return <p className="quiet">{t('opportunity.noOverlaps')}</p>
  return (
    <ul className="overlap-list" aria-label={t('opportunity.overlaps')}>
      {texts.map((text) => (
        <li key={text}>
          <ShieldAlert className="icon" aria-hidden />
          {text}
        </li>
      ))}
    </ul>
  )
}

function Facts({ card, choice }: Pick<CardProps, 'card' | 'choice'>) {
  const { t, lang } = useWords()
  const { areaUnit } = useSettings()
  const count = (value: number) => formatCount(Math.round(value), lang)
  const stated = (value: number | undefined) => (value === undefined ? '' : t('opportunity.stated', { value: count(value) }))
  const { front, weightChange } = choice
  const facts: [string, string, string?][] = [
    [t('opportunity.area'), formatArea(card.areaM2, areaUnit, lang)],
    ...(card.stockM2 === undefined
      ? []
      : [[t('opportunity.stock'), formatArea(card.stockM2, areaUnit, lang)] as [string, string]]),
    ...(card.homes === undefined
      ? []
      : [
          [t('opportunity.homes'), t('opportunity.homesValue', { homes: count(card.homes) }) + stated(card.statedHomes)] as [
            string,
            string,
          ],
        ]),
    ...(card.jobs === undefined
      ? []
      : [
          [t('opportunity.jobs'), t('opportunity.jobsValue', { jobs: count(card.jobs) }) + stated(card.statedJobs)] as [
            string,
            string,
          ],
        ]),
    ...(card.frontShare === null
      ? []
      : [
          [
            t('opportunity.stays', { front }),
            `${wholePercent(card.frontShare)} %`,
            t('opportunity.staysTitle', { change: Math.round(weightChange * 100), front }),
          ] as [string, string, string],
        ]),
    [t(`opportunity.other_${card.kind}`), `${wholePercent(card.otherShare)} %`],
    ...(card.phase === undefined ? [] : [[t('opportunity.phase'), card.phase] as [string, string]]),
    ...(card.strategy === undefined ? [] : [[t('opportunity.strategy'), card.strategy] as [string, string]]),
  ]
  return (
    <dl className="card-facts">
      {facts.map(([name, value, why]) => (
        <div key={name} title={why}>
          <dt>{name}</dt>
          <dd className="number">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** One area: where it stands, why, what it may carry, what it lies on. Choosing it takes the map there. */
export function OpportunityCardView({ card, choice, isChosen, onChoose }: CardProps) {
  const { t, say } = useWords()
  const article = useRef<HTMLElement>(null)
  const name = say(card.title)
  useEffect(() => {
    if (isChosen) article.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <article ref={article} className={isChosen ? 'score-card chosen' : 'score-card'} aria-label={name}>
      <header className="score-head">
        <span className={`card-number ${card.kind}`}>{cardLabel(card)}</span>
        <div className="score-name">
          <h3>{name}</h3>
          <span className={`chip ${TONES[card.verdict]}`}>{say(card.verdictText)}</span>
        </div>
        <div className="score-points">
          <strong className="number">{points(card.score)}</strong>
          {card.low !== undefined && (
            <span className="quiet number" title={t('opportunity.rangeTitle', { change: Math.round(choice.weightChange * 100) })}>
              {t('opportunity.range', { low: points(card.low), high: points(card.high) })}
            </span>
          )}
        </div>
      </header>
      <Criteria card={card} method={choice.method} />
      <Gates card={card} />
      <Facts card={card} choice={choice} />
      {card.meetsCapacityTest === true && <p className="quiet">{t('opportunity.largeEnough')}</p>}
      <Overlaps card={card} />
      {card.placeTypes.length > 0 && (
        <p className="card-places">
          <span className="quiet">{t('opportunity.places')}</span>
          {card.placeTypes.map(({ id, title, reason }) => (
            <span key={id} className="chip" title={say(reason)}>
              {say(title)}
            </span>
          ))}
        </p>
      )}
      <Button size="small" look={isChosen ? 'primary' : 'plain'} aria-label={t('opportunity.show', { name })} onPress={onChoose}>
        <MapPin className="icon" aria-hidden />
        {t('opportunity.onMap')}
      </Button>
    </article>
  )
}
