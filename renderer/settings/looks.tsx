import { TEXT_SIZES, type Settings } from '#core/contract/procedures.ts'
import { DIGIT_SIGNS } from '#core/model/digit-signs.ts'
import { isoDay } from '../format/chosen.ts'
import { useWords } from '../i18n/use-words.ts'
import { Segmented } from '../ui/segmented.tsx'

interface ChoiceProps<T extends string> {
  label: string
  hint?: string
  value: T
  segments: readonly { id: T; label: string }[]
  onChange: (value: T) => void
}

function Choice<T extends string>({ label, hint, ...choice }: ChoiceProps<T>) {
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <Segmented label={label} {...choice} />
      {hint !== undefined && <p className="field-hint">{hint}</p>}
    </div>
  )
}

/** The same number in every way of writing it: what a choice looks like says more than its name. */
const EXAMPLES = { comma: '1,234.5', space: '1\u202f234.5', point: '1.234,5', plain: '1234.5' } as const

const EXAMPLE_DAY = new Date(2026, 10, 22)

interface LooksProps {
  settings: Settings
  /** Shown at once: it needs no word. */
  change: (wanted: Partial<Settings>) => Promise<boolean>
  /** Says that it was kept. */
  set: (wanted: Partial<Settings>) => Promise<void>
}

/** How the screen looks: theme, size of text, and how areas, numbers and days are written. */
export function Looks({ settings, change, set }: LooksProps) {
  const { t, lang } = useWords()
  const { theme, areaUnit, textSize = 100, digits = 'comma', dates = 'local' } = settings
  return (
    <>
      <Choice
        label={t('common.theme')}
        value={theme}
        segments={[
          { id: 'system', label: t('common.themeSystem') },
          { id: 'light', label: t('common.themeLight') },
          { id: 'dark', label: t('common.themeDark') },
          { id: 'contrast', label: t('common.themeContrast') },
        ]}
        onChange={(id) => void change({ theme: id })}
      />
      <Choice
        label={t('settings.textSize')}
        value={String(textSize)}
        segments={TEXT_SIZES.map((size) => ({ id: String(size), label: t('common.percent', { percent: size }) }))}
        onChange={(id) => void change({ textSize: TEXT_SIZES.find((size) => String(size) === id) ?? 100 })}
      />
      <Choice
        label={t('settings.areaUnit')}
        value={areaUnit}
        segments={(['ha', 'mu', 'km2', 'm2'] as const).map((id) => ({ id, label: t(`settings.${id}`) }))}
        onChange={(id) => void set({ areaUnit: id })}
      />
      <Choice
        label={t('settings.digits')}
        hint={t('settings.digitsHint')}
        value={digits}
        segments={DIGIT_SIGNS.map((id) => ({ id, label: EXAMPLES[id] }))}
        onChange={(id) => void set({ digits: id })}
      />
      <Choice
        label={t('settings.dates')}
        value={dates}
        segments={[
          {
            id: 'local',
            label: new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium' }).format(EXAMPLE_DAY),
          },
          { id: 'iso', label: isoDay(EXAMPLE_DAY) },
        ]}
        onChange={(id) => void set({ dates: id })}
      />
    </>
  )
}
