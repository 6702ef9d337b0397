import { ArrowDown, ArrowUp, ChevronsLeftRight, ChevronsRightLeft, RotateCcw } from 'lucide-react'
import { withColumnAt, withColumnShown, withWidth } from '#core/attributes/table-look.ts'
import type { AttributeLayer } from '#core/contract/attribute-procedures.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Checkbox } from '../ui/fields.tsx'
import type { TableArrangement } from './use-table-look.ts'

const USUAL_WIDTH_PX = 140
const STEP_PX = 24

interface ColumnsDialogProps {
  layer: AttributeLayer
  table: TableArrangement
  onClose: () => void
}

/** Which columns a table has, in which order and how wide, by buttons: what dragging the headings does, for everybody. */
export function ColumnsDialog({ layer, table, onClose }: ColumnsDialogProps) {
  const { t, say } = useWords()
  const { columns, unknown, isStandard, change, reset } = table
  const shown = columns.filter(({ isShown }) => isShown).length
  return (
    <Dialog
      title={t('attributes.columns')}
      size="medium"
      onClose={onClose}
      foot={
        <>
          <Button isDisabled={isStandard} onPress={reset}>
            <RotateCcw className="icon" aria-hidden />
            {t('attributes.resetTable')}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <p className="quiet">{t('attributes.columnsHint')}</p>
      {unknown.length > 0 && <p role="status">{t('attributes.unknownColumns', { columns: unknown.join(', ') })}</p>}
      <ol className="attribute-columns">
        {columns.map(({ field: { key, label }, isShown, widthPx }, place) => {
          const words = say(label)
          const move = (to: number) => change((look) => withColumnAt(look, layer.fields, key, to))
          const widen = (by: number) => change((look) => withWidth(look, key, (widthPx ?? USUAL_WIDTH_PX) + by))
          return (
            <li key={key}>
              <Checkbox
                isSelected={isShown}
                isDisabled={isShown && shown === 1}
                onChange={(isOn) => change((look) => withColumnShown(look, layer.fields, key, isOn))}
              >
                {words}
              </Checkbox>
              {words !== key && <code>{key}</code>}
              <span className="spacer" />
              <IconButton size="small" label={t('attributes.narrower', { column: words })} onPress={() => widen(-STEP_PX)}>
                <ChevronsRightLeft className="icon" />
              </IconButton>
              <IconButton size="small" label={t('attributes.wider', { column: words })} onPress={() => widen(STEP_PX)}>
                <ChevronsLeftRight className="icon" />
              </IconButton>
              <IconButton
                size="small"
                label={t('attributes.columnUp', { column: words })}
                isDisabled={place === 0}
                onPress={() => move(place - 1)}
              >
                <ArrowUp className="icon" />
              </IconButton>
              <IconButton
                size="small"
                label={t('attributes.columnDown', { column: words })}
                isDisabled={place === columns.length - 1}
                onPress={() => move(place + 1)}
              >
                <ArrowDown className="icon" />
              </IconButton>
            </li>
          )
        })}
      </ol>
    </Dialog>
  )
}
