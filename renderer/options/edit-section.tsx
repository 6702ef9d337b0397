import { Brush, MousePointer2, PencilRuler, Search } from 'lucide-react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { OptionId, PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { CHANGE_KINDS, CHANGE_LOOKS } from '../map/change-looks.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { DrawTool } from './drawing.tsx'
import { useOptions } from './option-store.ts'
import { ReshapeTool } from './reshaping.tsx'
import { SelectionTool } from './selection.tsx'
import { useEditActions } from './use-edit-actions.ts'

/** How the map marks what an option changed. */
function ChangeLegend() {
  const { t } = useWords()
  return (
    <ul className="option-legend" aria-label={t('options.legend')}>
      {CHANGE_KINDS.map((kind) => {
        const { stroke, dash, fill, hatch } = CHANGE_LOOKS[kind]
        return (
          <li key={kind}>
            <svg width="26" height="14" viewBox="0 0 26 14" aria-hidden>
              <rect x="0" y="0" width="26" height="14" fill="#fff" />
              <rect
                x="2"
                y="2"
                width="22"
                height="10"
                fill={fill}
                stroke={stroke}
                strokeWidth="2"
                strokeDasharray={dash?.join(' ')}
              />
              {hatch === 'cross' && <path d="M3 3 23 11M3 11 23 3" stroke={stroke} />}
            </svg>
            {t(`options.change_${kind}`)}
          </li>
        )
      })}
    </ul>
  )
}

/** The tools of the map, and what each needs to be told. */
export function EditSection({ planId, setup, optionId }: { planId: PlanId; setup: MapSetup; optionId: OptionId }) {
  const { t } = useWords()
  const tool = useOptions((state) => state.tool)
  const error = useOptions((state) => state.error)
  const { take, fail } = useOptions.getState()
  const actions = useEditActions(planId, setup, optionId)
  const segment = (Icon: typeof Brush, words: string) => (
    <>
      <Icon className="icon" aria-hidden />
      {words}
    </>
  )
  return (
    <section className="option-part" aria-label={t('options.edit')}>
      <h3>{t('options.edit')}</h3>
      <Segmented
        label={t('options.tool')}
        value={tool === 'reshape' ? 'select' : tool}
        segments={[
          { id: 'look', label: segment(Search, t('options.look')) },
          { id: 'select', label: segment(MousePointer2, t('options.select')) },
          { id: 'paint', label: segment(Brush, t('options.paint')) },
          { id: 'draw', label: segment(PencilRuler, t('options.draw')) },
        ]}
        onChange={take}
      />
      {(tool === 'select' || tool === 'paint') && <SelectionTool actions={actions} />}
      {tool === 'draw' && <DrawTool setup={setup} actions={actions} />}
      {tool === 'reshape' && <ReshapeTool setup={setup} actions={actions} />}
      {error !== null && <ErrorNotice error={error} onDismiss={() => fail(null)} />}
      <ChangeLegend />
    </section>
  )
}
