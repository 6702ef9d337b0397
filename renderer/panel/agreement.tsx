import { useState } from 'react'
import type { Checklist } from '#core/checklist/schema.ts'
import type { PanelView } from '#core/contract/panel-procedures.ts'
import type { ReviewId } from '#core/model/ids.ts'
import { agreementBand } from '#core/reference/agreement-bands.ts'
import { sourceText } from '#core/reference/sources.ts'
import type { Agreement } from '#core/review/agreement.ts'
import { useRead } from '../api/use-api.tsx'
import { formatFixed, wholePercent } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField } from '../ui/fields.tsx'
import { useExpertName } from './expert-name.ts'

/** A kappa in words and by its figure, with what it was found on. */
export function AgreementWords({ agreement }: { agreement: Agreement }) {
  const { t, say } = useWords()
  const { kappa, sameShare, items } = agreement
  const band = agreementBand(kappa)
  const isKnown = kappa !== null && band !== null
  return (
    <span className="agreement">
      {isKnown ? (
        <strong>{t('panel.kappa', { kappa: formatFixed(kappa, 2), band: say(band.label) })}</strong>
      ) : (
        <span>{t('panel.kappaNone')}</span>
      )}
      {sameShare !== null && (
        <span className="quiet">
          {t('panel.same', { items, share: t('common.percent', { percent: wholePercent(sameShare) }) })}
        </span>
      )}
    </span>
  )
}

/** How well the panel agrees beyond chance, all together and two by two. */
export function AgreementPart({ panel }: { panel: PanelView }) {
  const { t, say } = useWords()
  const nameOf = useExpertName()
  const { agreement, pairs, waiting } = panel
  const source = sourceText(agreementBand(1)?.source ?? '')
  if (waiting > 0) return null
  return (
    <section className="panel-part" aria-labelledby="panel-agreement">
      <h2 id="panel-agreement">{t('panel.agreement')}</h2>
      {pairs.length === 0 ? (
        <p className="quiet">{t('panel.tooFew')}</p>
      ) : (
        <>
          <h3>{t('panel.agreementAll')}</h3>
          <AgreementWords agreement={agreement} />
          <h3>{t('panel.agreementPairs')}</h3>
          <ul className="pair-list">
            {pairs.map(({ first, second, agreement: ofPair }) => (
              <li key={`${first}/${second}`}>
                <span>{t('panel.pair', { one: nameOf(first), other: nameOf(second) })}</span>
                <AgreementWords agreement={ofPair} />
              </li>
            ))}
          </ul>
          {source && <p className="quiet panel-source">{t('panel.bandSource', { source: say(source) })}</p>}
        </>
      )}
    </section>
  )
}

function Calibrated({ reviewId, referenceId, checklist }: { reviewId: ReviewId; referenceId: ReviewId; checklist: Checklist }) {
  const { t, say } = useWords()
  const { data, error, refetch } = useRead('panel.calibrate', { reviewId, referenceId })
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <p className="quiet">{t('common.loading')}</p>
  const titles = new Map(checklist.items.map(({ id, title }) => [id, say(title)]))
  return (
    <>
      <AgreementWords agreement={data.agreement} />
      {data.differing.length > 0 ? (
        <>
          <h3>{t('panel.differing')}</h3>
          <ul className="pair-list">
            {data.differing.map(({ item, level, reference }) => (
              <li key={item}>
                <span>
                  <span className="number">{item}</span> {titles.get(item)}
                </span>
                <span className="quiet">{t('panel.differingRow', { reference, level })}</span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        data.agreement.items > 0 && <p className="quiet">{t('panel.noDiffering')}</p>
      )}
    </>
  )
}

/** One expert's review beside a reference, on a plan that all know. */
export function Calibration({ panel, checklist }: { panel: PanelView; checklist: Checklist }) {
  const { t } = useWords()
  const nameOf = useExpertName()
  const shown = panel.experts.filter(({ isHidden }) => !isHidden)
  const choices = [
    ...(panel.lead ? [{ id: panel.lead.id, label: `${nameOf(panel.lead.reviewer)} (${t('panel.lead')})` }] : []),
    ...shown.map(({ review, name }) => ({ id: review.id, label: nameOf(name) })),
  ]
  const [chosen, setChosen] = useState<{ reference?: ReviewId; compared?: ReviewId }>({})
  const known = (id: ReviewId | undefined) => choices.find((choice) => choice.id === id)?.id
  const reference = known(chosen.reference) ?? choices[0]?.id ?? null
  const compared = known(chosen.compared) ?? shown[0]?.review.id ?? null
  if (shown.length === 0 || reference === null || compared === null) return null
  return (
    <section className="panel-part" aria-labelledby="panel-calibration">
      <h2 id="panel-calibration">{t('panel.calibration')}</h2>
      <p className="quiet">{t('panel.calibrationText')}</p>
      <SelectField
        label={t('panel.reference')}
        value={reference}
        choices={choices}
        placeholder={t('panel.reference')}
        onChange={(id) => setChosen({ ...chosen, reference: id })}
      />
      <SelectField
        label={t('panel.compared')}
        value={compared}
        choices={choices}
        placeholder={t('panel.compared')}
        onChange={(id) => setChosen({ ...chosen, compared: id })}
      />
      {reference === compared ? (
        <p className="quiet">{t('panel.chooseTwo')}</p>
      ) : (
        <Calibrated reviewId={compared} referenceId={reference} checklist={checklist} />
      )}
    </section>
  )
}
