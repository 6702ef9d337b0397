import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Lang } from '#core/text.ts'
import { en } from './en/index.ts'
import { shownTable } from './pseudo.ts'
import { zh } from './zh/index.ts'

const REMEMBERED = 'greenprint.lang'

/** Last time's language, else the system's: Chinese readers get Chinese, everyone else English. */
export function firstLang(): Lang {
  const remembered = localStorage.getItem(REMEMBERED)
  if (remembered === 'zh' || remembered === 'en') return remembered
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** Loads both tables at once: switching the language needs no file and no reload. */
export async function startI18n(lang: Lang): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: shownTable(en) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  markDocument(lang)
}

/** Switches every word on the screen, live. */
export function switchLang(lang: Lang): void {
  if (i18next.language === lang) return
  localStorage.setItem(REMEMBERED, lang)
  markDocument(lang)
  void i18next.changeLanguage(lang)
}

function markDocument(lang: Lang): void {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  document.title = lang === 'zh' ? '绿图 Greenprint' : 'Greenprint 绿图'
}
