import { Check, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import { fromFrame, toFrame } from '#core/geo/frame.ts'
import { ROLE_IDS, roleInfo, type GeometryKind, type Role } from '#core/model/roles.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Checkbox, SelectField, TextField } from '../ui/fields.tsx'
import type { Place } from '../map/map-edit.ts'
import { ClassPicker } from './class-picker.tsx'
import { readPair, readValue } from './edit-values.ts'
import { useOptions } from './option-store.ts'
import { canDraw, LEAST_POINTS, type EditActions } from './use-edit-actions.ts'

/** What planners draw most comes first. */
const FIRST: readonly Role[] = ['green', 'corridor', 'greenway', 'opportunity_area', 'landuse_plan']
const isKind = (kind: string): kind is GeometryKind => kind !== 'raster'
const kindsOf = (role: Role): GeometryKind[] => roleInfo(role).kinds.filter(isKind)
const ROLES = [...FIRST, ...ROLE_IDS.filter((role) => !FIRST.includes(role) && role !== 'other' && kindsOf(role).length > 0)]
const KIND_WORDS = { polygon: 'options.polygon', line: 'options.line', point: 'options.point' } as const

const metres = (value: number) => Math.round(value * 1000) / 1000

/** Between what a person types and reads (degrees, or metres without a place on Earth) and metres of the frame. */
function usePlaces(setup: MapSetup) {
  return useMemo(() => {
    const { frame } = setup
    const [into, out] = [toFrame(frame), fromFrame(frame)]
    const digits = frame.kind === 'planar' ? 2 : 6
    return {
      isPlanar: frame.kind === 'planar',
      read: (typed: string): Place | null => {
        const pair = readPair(typed)
        if (pair === null) return null
        const [x, y] = into(...pair)
        return Number.isFinite(x) && Number.isFinite(y) ? [metres(x), metres(y)] : null
      },
      write: (at: Place) =>
        out(...at)
          .map((value) => value.toFixed(digits))
          .join(', '),
    }
  }, [setup])
}

/** A point by its coordinates, for whoever draws without a pointer. */
export function TypedPoint({
  setup,
  label,
  action,
  onPoint,
}: {
  setup: MapSetup
  label: string
  action: string
  onPoint: (at: Place) => void
}) {
  const { t } = useWords()
  const { read, isPlanar } = usePlaces(setup)
  const [typed, setTyped] = useState('')
  const at = read(typed)
  return (
    <form
      className="option-line"
      onSubmit={(event) => {
        event.preventDefault()
        if (at === null) return
        onPoint(at)
        setTyped('')
      }}
    >
      <TextField
        label={label}
        value={typed}
        onChange={setTyped}
        placeholder={t(isPlanar ? 'options.pairMetres' : 'options.pairDegrees')}
        error={typed !== '' && at === null ? t('options.notPair') : null}
      />
      <Button type="submit" isDisabled={at === null}>
        {action}
      </Button>
    </form>
  )
}

function Points({ setup }: { setup: MapSetup }) {
  const { t } = useWords()
  const draft = useOptions((state) => state.draft)
  const removePoint = useOptions((state) => state.removePoint)
  const { write } = usePlaces(setup)
  return (
    <ol className="option-points">
      {draft.map((at, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- points have no name but their place in the line
        <li key={index}>
          <span className="number">{write(at)}</span>
          <IconButton size="small" label={t('options.removePoint', { number: index + 1 })} onPress={() => removePoint(index)}>
            <X className="icon" />
          </IconButton>
        </li>
      ))}
    </ol>
  )
}

/** What is known of the drawing, field by field of its role. */
function Written() {
  const { say, t } = useWords()
  const role = useOptions((state) => state.role)
  const written = useOptions((state) => state.written)
  const write = useOptions((state) => state.write)
  const fields = Object.entries(roleInfo(role).fields).filter(([name]) => name !== 'class')
  return (
    <details className="parts">
      <summary>{t('options.attributes')}</summary>
      <div className="stack">
        {fields.map(([name, field]) => (
          <TextField
            key={`${role} ${name}`}
            label={say(field.title)}
            value={written[name] ?? ''}
            onChange={(text) => write(name, text)}
            error={
              readValue(field, written[name] ?? '') === null
                ? t(field.type === 'number' ? 'options.notNumber' : 'options.notYesNo')
                : null
            }
            placeholder={field.type === 'boolean' ? t('options.yesNo') : ''}
          />
        ))}
      </div>
    </details>
  )
}

/** Drawing a new feature of a role: by clicks with snapping, or point by point from the keyboard. */
export function DrawTool({ setup, actions }: { setup: MapSetup; actions: EditActions }) {
  const { t, say } = useWords()
  const state = useOptions()
  const { role, kind, draft, snaps, drawAs, addPoint, setSnaps, clear } = state
  const kinds = kindsOf(role)
  return (
    <>
      <p className="quiet">{t('options.drawHint')}</p>
      <SelectField
        label={t('options.role')}
        value={role}
        choices={ROLES.map((id) => ({ id, label: say(roleInfo(id).title) }))}
        onChange={(next) => drawAs(next, kindsOf(next)[0] ?? 'polygon')}
        placeholder=""
      />
      {kinds.length > 1 && (
        <SelectField
          label={t('options.kind')}
          value={kind}
          choices={kinds.map((id) => ({ id, label: t(KIND_WORDS[id]) }))}
          onChange={(next) => drawAs(role, next)}
          placeholder=""
        />
      )}
      {'class' in roleInfo(role).fields && <ClassPicker />}
      <Written />
      <Checkbox isSelected={snaps} onChange={setSnaps}>
        {t('options.snap')}
      </Checkbox>
      <TypedPoint setup={setup} label={t('options.coordinates')} action={t('options.addPoint')} onPoint={addPoint} />
      <p aria-live="polite">{t('options.points', { count: draft.length, least: LEAST_POINTS[kind] })}</p>
      <Points setup={setup} />
      <div className="row row-wrap">
        <Button look="primary" isDisabled={!canDraw(state) || actions.busy} onPress={() => void actions.finish()}>
          <Check className="icon" aria-hidden />
          {t('options.finish')}
        </Button>
        <Button isDisabled={draft.length === 0} onPress={clear}>
          {t('common.cancel')}
        </Button>
      </div>
    </>
  )
}
