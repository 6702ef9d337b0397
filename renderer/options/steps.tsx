import type { OptionView } from '#core/contract/option-procedures.ts'
import { author, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'

/** The steps of an option, the newest last, with who made them and when. */
export function StepList({ steps }: { steps: OptionView['steps'] }) {
  const { t, lang, say } = useWords()
  return (
    <section className="option-part" aria-label={t('options.steps')}>
      <h3>
        {t('options.steps')} <span className="quiet number">{steps.length}</span>
      </h3>
      {steps.length === 0 ? (
        <p className="quiet">{t('options.noSteps')}</p>
      ) : (
        <ol className="option-steps">
          {steps.map(({ id, title, by, at }) => (
            <li key={id}>
              {say(title)} <span className="quiet">{author(by, formatMoment(at, lang))}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
