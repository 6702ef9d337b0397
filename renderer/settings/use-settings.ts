import { useEffect } from 'react'
import type { Settings } from '#core/contract/procedures.ts'
import { useCommand, useRead, useRemember } from '../api/use-api.tsx'
import { firstLang, switchLang } from '../i18n/i18n.ts'
import { showFormats } from '../format/chosen.ts'
import { applyTextSize } from '../theme/room.ts'
import { applyTheme } from '../theme/theme.ts'

const FIRST: Settings = { lang: 'zh', theme: 'system', areaUnit: 'ha', reviewer: '' }

/** The office's settings as stored; until they are read, the first-start ones. */
export function useSettings(): Settings {
  const { data } = useRead('settings.get', {})
  return data ?? { ...FIRST, lang: firstLang() }
}

/** Changes settings and shows the change at once. */
export function useChangeSettings() {
  const command = useCommand('settings.set')
  const remember = useRemember()
  return {
    ...command,
    change: async (change: Partial<Settings>) => {
      if (change.lang) switchLang(change.lang)
      if (change.theme) applyTheme(change.theme)
      if (change.textSize) applyTextSize(change.textSize)
      const stored = await command.run(change)
      if (stored) remember('settings.get', {}, stored.output)
      return stored !== null
    },
  }
}

/** Makes the screen speak and look as the stored settings say, whichever window changed them. */
export function useApplySettings(): void {
  const { data } = useRead('settings.get', {})
  useEffect(() => {
    if (!data) return
    switchLang(data.lang)
    applyTheme(data.theme)
    applyTextSize(data.textSize ?? 100)
    showFormats(data)
  }, [data])
}
