import { ArrowDown, ArrowUp, Eye, RotateCcw, Table2 } from 'lucide-react'
import { useId, useState } from 'react'
import type { AttributeLayer } from '#core/contract/attribute-procedures.ts'
import type { MapLayer } from '#core/contract/map-data.ts'
import { withLayer, withName, withoutChoices } from '#core/map/layer-tree.ts'
import type { MapLook } from '#core/map/look.ts'
import type { Bilingual } from '#core/text.ts'
import { useAttributes } from '../attributes/attribute-store.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { TextField } from '../ui/fields.tsx'
import { useLookStore } from '../workbench/look-store.ts'
import { LayerFilter } from './layer-filter.tsx'
import { LayerRange } from './layer-range.tsx'
import { SourceCard, type LayerSource } from './source-card.tsx'

const WHOLE = 100

function Opacity({ layer, look }: { layer: MapLayer; look: MapLook }) {
  const { t } = useWords()
  const label = useId()
  const percent = Math.round((look.layers[layer.id]?.opacity ?? 1) * WHOLE)
  const change = (next: number) => {
    const now = useLookStore.getState()
    now.change(withLayer(now.look, layer.id, { opacity: next === WHOLE ? undefined : next / WHOLE }))
  }
  return (
    <div className="tree-opacity">
      <label className="field-label" htmlFor={label}>
        {t('layers.opacity')}
      </label>
      <input
        id={label}
        type="range"
        min={0}
        max={WHOLE}
        step={5}
        value={percent}
        aria-valuetext={`${percent}%`}
        onChange={(event) => change(Number(event.target.value))}
      />
      <span className="quiet number">{`${percent}%`}</span>
    </div>
  )
}

function Name({ layer, usual, name }: { layer: MapLayer; usual: Bilingual; name: string | undefined }) {
  const { t, say } = useWords()
  const [text, setText] = useState(name ?? '')
  const [shown, setShown] = useState(name)
  if (shown !== name) {
    setShown(name)
    setText(name ?? '')
  }
  const keep = () => {
    const { look, change } = useLookStore.getState()
    if (text.trim() !== (name ?? '')) change(withName(look, layer.id, text))
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- leaving the field is what is heard; the field itself is inside
    <form
      onBlur={keep}
      onSubmit={(event) => {
        event.preventDefault()
        keep()
      }}
    >
      <TextField
        label={t('layers.name')}
        placeholder={say(usual)}
        hint={t('layers.nameHint', { title: say(usual) })}
        value={text}
        onChange={(next) => setText(next.slice(0, 80))}
      />
    </form>
  )
}

interface LayerDetailProps {
  layer: MapLayer
  /** The name of its role, whatever a person calls it. */
  usual: Bilingual
  look: MapLook
  isSolo: boolean
  /** Of layers with attributes. */
  attributes: AttributeLayer | null
  source: LayerSource | null
  /** Whether it can go up and down in its group. */
  canMove: readonly [up: boolean, down: boolean]
  onMove: (by: 1 | -1) => void
}

/** What is rarely needed of a layer: only this one, its place, opacity, filter, scales, name, and where it came from. */
export function LayerDetail({ layer, usual, look, isSolo, attributes, source, canMove, onMove }: LayerDetailProps) {
  const { t } = useWords()
  const chosen = look.layers[layer.id] ?? {}
  const name = look.names[layer.id]
  return (
    <div className="tree-detail">
      <div className="row row-wrap">
        <Button size="small" onPress={() => useLookStore.getState().showOnly(isSolo ? null : layer.id)}>
          <Eye className="icon" aria-hidden />
          {t(isSolo ? 'layers.soloOff' : 'layers.solo')}
        </Button>
        {attributes && (
          <Button
            size="small"
            onPress={() => {
              useAttributes.getState().showLayer(layer.id)
              useAttributes.getState().open(true)
            }}
          >
            <Table2 className="icon" aria-hidden />
            {t('layers.table')}
          </Button>
        )}
        <span className="tree-moves">
          <IconButton size="small" label={t('layers.up')} isDisabled={!canMove[0]} onPress={() => onMove(-1)}>
            <ArrowUp className="icon" />
          </IconButton>
          <IconButton size="small" label={t('layers.down')} isDisabled={!canMove[1]} onPress={() => onMove(1)}>
            <ArrowDown className="icon" />
          </IconButton>
        </span>
      </div>
      <Opacity layer={layer} look={look} />
      {attributes && <LayerFilter layer={attributes} where={chosen.where} />}
      <LayerRange id={layer.id} range={chosen} />
      <Name layer={layer} usual={usual} name={name} />
      <section aria-label={t('layers.source')}>
        <h4 className="field-label">{t('layers.source')}</h4>
        <SourceCard source={source} />
      </section>
      <Button
        size="small"
        look="link"
        onPress={() => {
          const now = useLookStore.getState()
          now.change(withoutChoices(now.look, layer.id))
        }}
      >
        <RotateCcw className="icon" aria-hidden />
        {t('layers.reset')}
      </Button>
    </div>
  )
}
