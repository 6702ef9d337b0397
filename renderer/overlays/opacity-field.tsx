import { useWords } from '../i18n/use-words.ts'
import { useOverlays } from './overlay-store.ts'

/** How strongly an overlay covers what lies below it. */
export function OpacityField({ overlay, name }: { overlay: string; name: string }) {
  const { t } = useWords()
  const opacity = useOverlays((state) => state.choices.opacity[overlay] ?? 1)
  const setOpacity = useOverlays((state) => state.setOpacity)
  const percent = Math.round(opacity * 100)
  return (
    <div className="overlay-opacity">
      <input
        type="range"
        aria-label={t('overlays.opacityOf', { name })}
        min={10}
        max={100}
        step={5}
        value={percent}
        onChange={(event) => setOpacity(overlay, Number(event.target.value) / 100)}
      />
      <span className="quiet number">{t('overlays.percent', { percent })}</span>
    </div>
  )
}
