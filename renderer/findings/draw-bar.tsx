import { ArrowUpRight, Check, Cloud, MapPin, Magnet, Pentagon, Spline, Type, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import type { PlanId } from '#core/model/ids.ts'
import { MARK_KINDS, type MarkKind } from '#core/review/mark.ts'
import { useClient, useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { isComplete, placesOf, typedPlace } from '../map/mark-draft.ts'
import { keyWords, useKeys } from '../shortcuts/keys.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useFindings } from './findings-store.ts'

const ICONS: Record<MarkKind, typeof MapPin> = {
  point: MapPin,
  line: Spline,
  area: Pentagon,
  arrow: ArrowUpRight,
  text: Type,
  cloud: Cloud,
}

const focusMap = () => document.querySelector<HTMLElement>('.map-canvas')?.focus()

/** A place typed in the plan's own coordinate system. */
export function TypedPlace({ planId, crs, onPlace }: { planId: PlanId; crs: string; onPlace: (at: [number, number]) => void }) {
  const { t } = useWords()
  const client = useClient()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [isWrong, setWrong] = useState(false)
  const add = async () => {
    const place = typedPlace(text)
    setWrong(place === null)
    setProblem(null)
    if (place === null) return
    try {
      const [xM = 0, yM = 0] = await client.call('sheets.locate', { planId, crs, places: [place] })
      onPlace([xM, yM])
      setText('')
    } catch (error) {
      setProblem(error)
    }
  }
  return (
    <form
      className="mark-place"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <TextField
        label={t('findings.mark_typed', { crs })}
        hideLabel
        placeholder={t('findings.mark_typedHint', { crs })}
        value={text}
        onChange={setText}
        error={isWrong ? t('findings.mark_typedWrong') : null}
      />
      <Button size="small" type="submit">
        {t('findings.mark_addPlace')}
      </Button>
      {problem !== null && <ErrorNotice error={problem} />}
    </form>
  )
}

/** The tools of drawing a mark, over the map for as long as one is drawn. */
export function DrawBar({ planId }: { planId: PlanId }) {
  const { t } = useWords()
  const keys = useKeys((state) => state.changed)
  const drawing = useFindings((state) => state.drawing)
  const { draw, step } = useFindings.getState()
  const plan = useRead('plans.get', { planId }).data?.plan
  if (drawing === null) return null
  const { draft, finding } = drawing
  const isEdit = draft.mode === 'edit'
  const title = finding === null ? t('findings.mark_new') : t('findings.mark_editOf', { number: finding.number })
  return (
    <section className="draw-bar" aria-label={title}>
      <div className="row row-wrap">
        <strong>{title}</strong>
        {!isEdit && (
          <Segmented
            label={t('findings.mark_kind')}
            value={draft.kind}
            segments={MARK_KINDS.map((id) => {
              const Icon = ICONS[id]
              const name = t(`findings.mark_${id}`)
              return { id, name, label: <Icon className="icon" aria-hidden /> }
            })}
            onChange={(kind) => {
              draw(kind)
              focusMap()
            }}
          />
        )}
        <ToggleButton className="filter-chip" isSelected={draft.isSnapping} onChange={() => step({ do: 'snap' })}>
          <Magnet className="icon" aria-hidden />
          {t('findings.mark_snap')}
        </ToggleButton>
        <span className="spacer" />
        {!isEdit && (
          <IconButton
            size="small"
            label={t('findings.mark_back')}
            isDisabled={placesOf(draft) === 0}
            onPress={() => step({ do: 'back' })}
          >
            <Undo2 className="icon" />
          </IconButton>
        )}
        <IconButton size="small" label={t('findings.mark_cancel')} onPress={() => step({ do: 'cancel' })}>
          <X className="icon" />
        </IconButton>
        <Button size="small" look="primary" isDisabled={!isComplete(draft)} onPress={() => step({ do: 'end' })}>
          <Check className="icon" aria-hidden />
          {t('findings.mark_end')}
        </Button>
      </div>
      <div className="row row-wrap">
        {!isEdit && plan && <TypedPlace planId={planId} crs={plan.crs} onPlace={(at) => step({ do: 'add', at })} />}
        <span className="quiet" role="status">
          {draft.held === null
            ? t('findings.mark_places', { kind: t(`findings.mark_${draft.kind}`), count: placesOf(draft) })
            : t('findings.mark_held', { place: draft.held + 1, count: placesOf(draft) })}
        </span>
      </div>
      <p className="quiet draw-keys">
        {t(isEdit ? 'findings.mark_keysEdit' : 'findings.mark_keys', {
          set: keyWords('setPlace', keys),
          back: keyWords('lastPlace', keys),
          snap: keyWords('snap', keys),
          next: keyWords('nextPlace', keys),
        })}
      </p>
    </section>
  )
}
