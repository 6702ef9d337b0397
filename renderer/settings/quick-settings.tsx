import { Contrast, Languages, Monitor, Moon, Search, Sun } from 'lucide-react'
import type { Settings } from '#core/contract/procedures.ts'
import { ActivityButton } from '../activity/activity-button.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useSearch } from '../search/search-store.ts'
import { IconButton } from '../ui/button.tsx'
import { useChangeSettings, useSettings } from './use-settings.ts'

const NEXT_THEME: Record<Settings['theme'], Settings['theme']> = {
  system: 'light',
  light: 'dark',
  dark: 'contrast',
  contrast: 'system',
}
const THEME_ICON = { system: Monitor, light: Sun, dark: Moon, contrast: Contrast } as const
const THEME_WORDS = {
  system: 'common.themeSystem',
  light: 'common.themeLight',
  dark: 'common.themeDark',
  contrast: 'common.themeContrast',
} as const

/** The search, language and theme, one press each, on every screen. */
export function QuickSettings() {
  const { t, lang } = useWords()
  const { theme } = useSettings()
  const { change } = useChangeSettings()
  const ThemeIcon = THEME_ICON[theme]
  const other = lang === 'zh' ? 'en' : 'zh'
  return (
    <>
      <ActivityButton />
      <IconButton label={t('search.open')} onPress={() => useSearch.getState().open(true)}>
        <Search className="icon" />
      </IconButton>
      <IconButton label={other === 'en' ? 'English' : '中文'} onPress={() => void change({ lang: other })}>
        <Languages className="icon" />
      </IconButton>
      <IconButton
        label={`${t('common.theme')}: ${t(THEME_WORDS[theme])}`}
        onPress={() => void change({ theme: NEXT_THEME[theme] })}
      >
        <ThemeIcon className="icon" />
      </IconButton>
    </>
  )
}
