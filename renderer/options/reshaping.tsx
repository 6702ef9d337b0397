import { Check } from 'lucide-react'
import type { MapSetup } from '#core/contract/map-data.ts'
import { useWords } from '../i18n/use-words.ts'
import { verticesOf, withoutVertex, withVertexAfter, withVertexAt } from '../map/edit-vertices.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox, SelectField } from '../ui/fields.tsx'
import { TypedPoint } from './drawing.tsx'
import { useOptions } from './option-store.ts'
import type { EditActions } from './use-edit-actions.ts'

/** Moving vertices: by dragging them on the map, by keys there, or one by one with typed coordinates. */
export function ReshapeTool({ setup, actions }: { setup: MapSetup; actions: EditActions }) {
  const { t } = useWords()
  const reshaped = useOptions((state) => state.reshaped)
  const snaps = useOptions((state) => state.snaps)
  const { reshape, moveTo, hold, setSnaps } = useOptions.getState()
  if (reshaped === null) return null
  const { parts, feature } = reshaped
  const vertices = verticesOf(parts)
  const held = Math.min(reshaped.held ?? 0, vertices.length - 1)
  const vertex = vertices[held]
  return (
    <>
      <p className="quiet">{t('options.reshapeHint')}</p>
      <p>
        <strong>{feature.title}</strong> {feature.layerId !== null && <span className="quiet number">#{feature.fid}</span>}
      </p>
      <Checkbox isSelected={snaps} onChange={setSnaps}>
        {t('options.snap')}
      </Checkbox>
      <SelectField
        label={t('options.vertexOf', { count: vertices.length })}
        value={String(held)}
        choices={vertices.map((_, index) => ({ id: String(index), label: String(index + 1) }))}
        onChange={(wanted) => hold(Number(wanted))}
        placeholder=""
      />
      {vertex && (
        <>
          <div className="row row-wrap">
            <Button
              size="small"
              onPress={() => {
                moveTo(withVertexAfter(parts, vertex))
                hold(held + 1)
              }}
            >
              {t('options.vertexAfter')}
            </Button>
            <Button size="small" onPress={() => moveTo(withoutVertex(parts, vertex))}>
              {t('options.vertexGone')}
            </Button>
          </div>
          <TypedPoint
            setup={setup}
            label={t('options.vertexTo')}
            action={t('options.moveVertex')}
            onPoint={(at) => moveTo(withVertexAt(parts, vertex, at))}
          />
        </>
      )}
      <div className="row row-wrap">
        <Button look="primary" isDisabled={actions.busy} onPress={() => void actions.finish()}>
          <Check className="icon" aria-hidden />
          {t('options.finishReshape')}
        </Button>
        <Button onPress={() => reshape(null)}>{t('common.cancel')}</Button>
      </div>
    </>
  )
}
