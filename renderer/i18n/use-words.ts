import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { shownText } from './pseudo.ts'
import type { Bilingual, Lang } from '#core/text.ts'

/** The language on screen, the table's words, and the reader's half of a bilingual sentence. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const lang: Lang = i18n.language === 'en' ? 'en' : 'zh'
  return useMemo(() => ({ t, lang, say: (text: Bilingual) => shownText(text[lang]) }), [t, lang])
}
