import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import type { PlanId } from '#core/model/ids.ts'
import { LAND_PALETTES, type PaletteId } from '#core/map/palettes.ts'
import { useWords } from '../i18n/use-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox, SelectField } from '../ui/fields.tsx'
import { useLookStore } from './look-store.ts'
import { useLook } from './use-look.ts'
import './look-bar.css'

/** How the whole map looks: the colours of land use, names, the graticule and the system of coordinates. Folded until it is wanted. */
export function LookBar({ planId }: { planId: PlanId }) {
  const { t, say } = useWords()
  const error = useLookStore((state) => state.error)
  const { look, system, systems } = useLook(planId)
  const change = useLookStore((state) => state.change)
  const [isOpen, setOpen] = useState(false)
  const content = useId()
  const palettes: { id: PaletteId; label: string }[] = [
    { id: 'standard', label: t('look.standard') },
    ...LAND_PALETTES.map(({ id, title }) => ({ id, label: say(title) })),
  ]
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const now = palettes.find(({ id }) => id === look.palette)?.label
  return (
    <section className="look-bar" aria-label={t('look.title')}>
      <Button className="look-fold" aria-expanded={isOpen} aria-controls={content} onPress={() => setOpen(!isOpen)}>
        <Chevron className="icon" aria-hidden />
        <span>{t('look.title')}</span>
        <span className="look-now quiet" title={now}>
          {now}
        </span>
      </Button>
      <div id={content} className="look-fields" hidden={!isOpen}>
        <SelectField
          label={t('look.palette')}
          value={look.palette}
          choices={palettes}
          onChange={(palette) => change({ palette })}
          placeholder=""
        />
        <SelectField
          label={t('look.system')}
          value={system?.id ?? null}
          choices={systems.map(({ id, label }) => ({ id, label: say(label) }))}
          onChange={(id) => change({ system: id })}
          placeholder=""
        />
        <div className="look-ticks">
          <Checkbox isSelected={look.labels} onChange={(labels) => change({ labels })}>
            {t('look.labels')}
          </Checkbox>
          <Checkbox isSelected={look.graticule} onChange={(on) => change({ graticule: on })}>
            {t('look.graticule')}
          </Checkbox>
        </div>
      </div>
      {error !== null && <ErrorNotice error={error} />}
    </section>
  )
}
