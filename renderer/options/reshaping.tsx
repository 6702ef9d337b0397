import { Check } from 'lucide-react'
import { useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import { useWords } from '../i18n/use-words.ts'
import type { EditParts, Place } from '../map/map-edit.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/fields.tsx'
import { TypedPoint } from './drawing.tsx'
import { useOptions } from './option-store.ts'
import type { EditActions } from './use-edit-actions.ts'

/** A vertex by its part, ring and place in the ring. */
type VertexAt = readonly [number, number, number]

/** Every vertex of a shape once: the last of a closed ring repeats its first. */
export function verticesOf(parts: EditParts): VertexAt[] {
  return parts.flatMap((rings, part) =>
    rings.flatMap((ring, at) => {
      const count = ring.length / 2 - (isClosed(ring) ? 1 : 0)
      return Array.from({ length: count }, (_, vertex): VertexAt => [part, at, vertex])
    }),
  )
}

const isClosed = (ring: readonly number[]): boolean => ring.length > 4 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1)

/** The same shape with one vertex elsewhere; a closed ring stays closed. */
export function withVertexAt(parts: EditParts, [part, at, vertex]: VertexAt, [x, y]: Place): EditParts {
  return parts.map((rings, p) =>
    rings.map((ring, r) => {
      if (p !== part || r !== at) return ring
      const moved = ring.with(2 * vertex, x).with(2 * vertex + 1, y)
      return vertex === 0 && isClosed(ring) ? moved.with(-2, x).with(-1, y) : moved
    }),
  )
}

/** Moving vertices: by dragging them on the map, or one by one with typed coordinates. */
export function ReshapeTool({ setup, actions }: { setup: MapSetup; actions: EditActions }) {
  const { t } = useWords()
  const reshaped = useOptions((state) => state.reshaped)
  const { reshape } = useOptions.getState()
  const [wanted, setWanted] = useState('0')
  if (reshaped === null) return null
  const vertices = verticesOf(reshaped.parts)
  const vertex = vertices[Number(wanted)] ?? vertices[0]
  return (
    <>
      <p className="quiet">{t('options.reshapeHint')}</p>
      <p>
        <strong>{reshaped.feature.title}</strong> <span className="quiet number">#{reshaped.feature.fid}</span>
      </p>
      <SelectField
        label={t('options.vertex')}
        value={vertices[Number(wanted)] ? wanted : '0'}
        choices={vertices.map((_, index) => ({ id: String(index), label: String(index + 1) }))}
        onChange={setWanted}
        placeholder=""
      />
      <TypedPoint
        setup={setup}
        label={t('options.vertexTo')}
        onPoint={(at) => vertex && reshape({ ...reshaped, parts: withVertexAt(reshaped.parts, vertex, at) })}
      />
      <div className="row-wrap">
        <Button look="primary" isDisabled={actions.busy} onPress={() => void actions.finish()}>
          <Check className="icon" aria-hidden />
          {t('options.finishReshape')}
        </Button>
        <Button onPress={() => reshape(null)}>{t('common.cancel')}</Button>
      </div>
    </>
  )
}
