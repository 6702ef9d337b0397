import { Building2, FilePlus2 } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { SampleProgress, type useSampleCity } from './sample-city.tsx'
import { CityPicture } from './city-picture.tsx'

/** The empty catalogue: what this is, and the two ways to begin. */
export function FirstRun({ sample }: { sample: ReturnType<typeof useSampleCity> }) {
  const { t } = useWords()
  const open = useUi((state) => state.open)
  return (
    <div className="first-run">
      <div className="first-run-intro">
        <div>
          <h1>{t('catalogue.welcome')}</h1>
          <p>{t('catalogue.welcomeText')}</p>
        </div>
        <CityPicture />
      </div>
      <div className="first-run-choices">
        <section className="card choice">
          <span className="choice-icon">
            <Building2 className="icon" aria-hidden />
          </span>
          <h2>{t('catalogue.sampleTitle')}</h2>
          <p>{t('catalogue.sampleText')}</p>
          <Button look="primary" size="large" onPress={() => void sample.start()} isDisabled={sample.busy}>
            {t('catalogue.sample')}
          </Button>
        </section>
        <section className="card choice">
          <span className="choice-icon">
            <FilePlus2 className="icon" aria-hidden />
          </span>
          <h2>{t('catalogue.importTitle')}</h2>
          <p>{t('catalogue.importText')}</p>
          <Button size="large" onPress={() => open('import')} isDisabled={sample.busy}>
            {t('catalogue.import')}
          </Button>
        </section>
      </div>
      <SampleProgress sample={sample} />
    </div>
  )
}
