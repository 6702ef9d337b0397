import { useMemo } from 'react'
import { useWords } from '../i18n/use-words.ts'

/** A name as people read it: "#2" of a blind round is "Expert 2", and who gave no name is said to have none. */
export function useExpertName(): (name: string) => string {
  const { t } = useWords()
  return useMemo(
    () => (name: string) => {
      const number = /^#(\d+)$/.exec(name)?.[1]
      if (number !== undefined) return t('panel.expertNumber', { number })
      return name === '' || name === '—' ? t('panel.noName') : name
    },
    [t],
  )
}

/** Several names in one line. */
export function useNameList(): (names: readonly string[]) => string {
  const { lang } = useWords()
  const nameOf = useExpertName()
  return useMemo(() => (names: readonly string[]) => names.map(nameOf).join(lang === 'zh' ? '、' : ', '), [nameOf, lang])
}
