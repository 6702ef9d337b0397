import { useState } from 'react'
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { ChevronRight } from 'lucide-react'
import type { OverlayInfo, OverlayParameter } from '#core/contract/overlay-procedures.ts'
import { UNITS } from '#core/model/units.ts'
import { useWords } from '../i18n/use-words.ts'
import { readNumber } from '../results/map-classes.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/fields.tsx'

interface ParametersProps {
  overlay: OverlayInfo
  /** As drawn, in the parameters' own units. */
  values: Readonly<Record<string, number>>
  onApply: (values: Readonly<Record<string, number>>) => void
}

/** What the overlay was drawn with, and the way to draw it with something else. */
export function OverlayParameters({ overlay, values, onApply }: ParametersProps) {
  const { t } = useWords()
  if (overlay.parameters.length === 0) return null
  return (
    <Disclosure className="overlay-disclosure">
      <Heading level={4}>
        <AriaButton slot="trigger" className="overlay-trigger">
          <ChevronRight className="icon" aria-hidden />
          {t('overlays.parameters')}
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        {/* Fields begin anew when something else was drawn. */}
        <ParameterForm key={JSON.stringify(values)} overlay={overlay} values={values} onApply={onApply} />
      </DisclosurePanel>
    </Disclosure>
  )
}

const written = (value: number): string => String(Number(value.toPrecision(9)))

function ParameterForm({ overlay, values, onApply }: ParametersProps) {
  const { t, lang, say } = useWords()
  const valueOf = ({ name, value }: OverlayParameter) => values[name] ?? value
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(overlay.parameters.map((one) => [one.name, written(valueOf(one))])),
  )
  const readings = overlay.parameters.map((one) => {
    const value = readNumber(texts[one.name] ?? '')
    return { one, value, isFine: value !== null && value >= one.min && value <= one.max }
  })
  const isChanged = readings.some(({ one, value }) => value !== null && written(value) !== written(valueOf(one)))
  const isOwn = overlay.parameters.every((one) => written(valueOf(one)) === written(one.value))
  const apply = () => onApply(Object.fromEntries(readings.map(({ one, value }) => [one.name, value ?? one.value])))
  return (
    <form
      className="overlay-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (readings.every(({ isFine }) => isFine)) apply()
      }}
    >
      {readings.map(({ one, isFine }) => {
        const unit = UNITS[one.unit].label[lang]
        const inUnit = lang === 'zh' ? `（${unit}）` : ` (${unit})`
        return (
          <TextField
            key={one.name}
            label={unit === '' ? say(one.title) : `${say(one.title)}${inUnit}`}
            value={texts[one.name] ?? ''}
            onChange={(text) => setTexts({ ...texts, [one.name]: text })}
            error={isFine ? null : t('overlays.range', { min: one.min, max: one.max })}
            inputMode="numeric"
          />
        )
      })}
      <div className="row row-wrap">
        <Button size="small" type="submit" isDisabled={!isChanged || readings.some(({ isFine }) => !isFine)}>
          {t('overlays.redraw')}
        </Button>
        {!isOwn && (
          <Button size="small" look="bare" onPress={() => onApply({})}>
            {t('overlays.reset')}
          </Button>
        )}
      </div>
    </form>
  )
}
