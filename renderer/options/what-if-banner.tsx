import { FlaskConical } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'

/** Over the map for as long as it shows an option: whose picture this is. */
export function WhatIfBanner() {
  const { t } = useWords()
  return (
    <p className="what-if-banner" role="note">
      <FlaskConical className="icon" aria-hidden />
      {t('options.banner')}
    </p>
  )
}
