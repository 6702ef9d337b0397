import { Crosshair } from 'lucide-react'
import { useState } from 'react'
import { withLayer } from '#core/map/layer-tree.ts'
import { readScale, scaleOf, type LayerLook } from '#core/map/look.ts'
import type { LayerId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useMapPlace } from '../map/map-place.ts'
import { IconButton } from '../ui/button.tsx'
import { TextField } from '../ui/fields.tsx'
import { useLookStore } from '../workbench/look-store.ts'

type Range = Pick<LayerLook, 'farthest' | 'nearest'>
type End = keyof Range

/** What is wrong with a typed end of a range, or the range that it makes. */
export function rangeWith(range: Range, end: End, text: string): { range: { [K in End]: number | undefined } } | 'bad' | 'empty' {
  const scale = text.trim() === '' ? undefined : readScale(text)
  if (scale === null) return 'bad'
  const next = { farthest: range.farthest, nearest: range.nearest, [end]: scale }
  return next.farthest !== undefined && next.nearest !== undefined && next.nearest > next.farthest ? 'empty' : { range: next }
}

const written = (scale: number | undefined) => (scale === undefined ? '' : `1:${Math.round(scale)}`)

function RangeEnd({ id, range, end }: { id: LayerId; range: Range; end: End }) {
  const { t } = useWords()
  const kept = written(range[end])
  const [text, setText] = useState(kept)
  const [shown, setShown] = useState(kept)
  const metresPerPixel = useMapPlace((state) => state.sight?.metresPerPixel ?? null)
  if (shown !== kept) {
    setShown(kept)
    setText(kept)
  }
  const read = rangeWith(range, end, text)
  const take = (words: string) => {
    const next = rangeWith(range, end, words)
    setText(words)
    if (typeof next === 'string') return
    const { look, change } = useLookStore.getState()
    change(withLayer(look, id, next.range))
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- leaving the field is what is heard; the field itself is inside
    <div
      className="tree-range-end"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) take(text)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(text)
      }}
    >
      <TextField
        label={t(`layers.${end}`)}
        placeholder={t('layers.anyScale')}
        value={text}
        onChange={setText}
        error={read === 'bad' ? t('layers.rangeBad') : read === 'empty' ? t('layers.rangeEmpty') : null}
      />
      {metresPerPixel !== null && (
        <IconButton size="small" label={t('layers.fromNow')} onPress={() => take(written(scaleOf(metresPerPixel)))}>
          <Crosshair className="icon" />
        </IconButton>
      )}
    </div>
  )
}

/** Between which scales a layer is drawn; an end that is left empty is open. */
export function LayerRange({ id, range }: { id: LayerId; range: Range }) {
  const { t } = useWords()
  return (
    <fieldset className="tree-range">
      <legend className="field-label">{t('layers.range')}</legend>
      <RangeEnd id={id} range={range} end="farthest" />
      <RangeEnd id={id} range={range} end="nearest" />
    </fieldset>
  )
}
