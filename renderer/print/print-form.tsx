import { ORIENTATIONS, PAPER_IDS } from '#core/map-sheet/page.ts'
import { PALETTE_IDS } from '#core/map/palettes.ts'
import { useWords } from '../i18n/use-words.ts'
import { Checkbox, SelectField, TextField } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { OnScreen } from './use-on-screen.ts'
import { PRINT_FORMATS, SCALE_MODES, usePrint } from './print-store.ts'

/** Everything that is chosen about a printed map. */
export function PrintForm({ isScaleWrong, onScreen }: { isScaleWrong: boolean; onScreen: OnScreen }) {
  const { t } = useWords()
  const { choice, choose } = usePrint()
  const papers = PAPER_IDS.map((id) => ({ id, label: id }))
  const palettes = (['own', ...PALETTE_IDS] as const).map((id) => ({ id, label: t(`print.palette_${id}`) }))
  return (
    <div className="print-form">
      <Segmented
        label={t('print.format')}
        value={choice.format}
        segments={PRINT_FORMATS.map((id) => ({ id, label: id.toUpperCase() }))}
        onChange={(format) => choose({ format })}
      />
      <SelectField
        label={t('print.paper')}
        value={choice.paper}
        choices={papers}
        placeholder=""
        onChange={(paper) => choose({ paper })}
      />
      <Segmented
        label={t('print.orientation')}
        value={choice.orientation}
        segments={ORIENTATIONS.map((id) => ({ id, label: t(`print.${id}`) }))}
        onChange={(orientation) => choose({ orientation })}
      />
      <SelectField
        label={t('print.extent')}
        value={choice.scaleMode}
        choices={SCALE_MODES.map((id) => ({ id, label: t(`print.extent_${id}`) }))}
        placeholder=""
        onChange={(scaleMode) => choose({ scaleMode })}
      />
      {choice.scaleMode === 'typed' && (
        <TextField
          label={t('print.scale')}
          value={choice.scale}
          error={isScaleWrong ? t('print.scaleWrong') : null}
          onChange={(scale) => choose({ scale })}
        />
      )}
      <SelectField
        label={t('print.palette')}
        value={choice.palette}
        choices={palettes}
        placeholder=""
        onChange={(palette) => choose({ palette })}
      />
      {choice.format === 'pdf' && (
        <SelectField
          label={t('print.printer')}
          value={choice.printer}
          choices={[{ id: 'whole' as const, label: t('print.whole') }, ...papers]}
          placeholder=""
          onChange={(printer) => choose({ printer })}
        />
      )}
      <TextField label={t('print.source')} value={choice.source} onChange={(source) => choose({ source })} />
      <Checkbox isSelected={choice.names} onChange={(names) => choose({ names })}>
        {t('print.names')}
      </Checkbox>
      {onScreen.overlays.length > 0 && (
        <Checkbox isSelected={choice.overlays} onChange={(overlays) => choose({ overlays })}>
          {t('print.overlays', { count: onScreen.overlays.length })}
        </Checkbox>
      )}
      {onScreen.reviewId !== null && (
        <Checkbox isSelected={choice.findings} onChange={(findings) => choose({ findings })}>
          {t('print.findings')}
        </Checkbox>
      )}
      {onScreen.basemap && (
        <Checkbox isSelected={choice.basemap} onChange={(basemap) => choose({ basemap })}>
          {t('print.basemap')}
        </Checkbox>
      )}
      {choice.format === 'pdf' && (
        <Checkbox isSelected={choice.signed} onChange={(signed) => choose({ signed })}>
          {t('print.signed')}
        </Checkbox>
      )}
      {choice.format === 'pdf' && <p className="quiet">{t('print.fullSize')}</p>}
    </div>
  )
}
