import type { PlanId } from '#core/model/ids.ts'
import { LAND_PALETTES, type PaletteId } from '#core/map/palettes.ts'
import { useWords } from '../i18n/use-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox, SelectField } from '../ui/fields.tsx'
import { useLookStore } from './look-store.ts'
import { useLook } from './use-look.ts'

/** How the whole map looks: the colours of land use, names, the graticule and the system of coordinates. */
export function LookBar({ planId }: { planId: PlanId }) {
  const { t, say } = useWords()
  const error = useLookStore((state) => state.error)
  const { look, system, systems } = useLook(planId)
  const change = useLookStore((state) => state.change)
  const palettes: { id: PaletteId; label: string }[] = [
    { id: 'standard', label: t('look.standard') },
    ...LAND_PALETTES.map(({ id, title }) => ({ id, label: say(title) })),
  ]
  return (
    <section className="look-bar" aria-label={t('look.title')}>
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
      {error !== null && <ErrorNotice error={error} />}
    </section>
  )
}
