import { ChevronDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { Frame } from '#core/geo/frame.ts'
import { coordinateWords, systemMaps } from '#core/map/coordinates.ts'
import { readScale, resolutionOf, scaleOf } from '#core/map/look.ts'
import { USUAL_SCALES } from '#core/map/usual-scales.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useMapPlace } from '../map/map-place.ts'
import { IconButton } from '../ui/button.tsx'
import { useLook } from './use-look.ts'
import './look-bar.css'

/** Where the pointer is, or the middle of the map while it is elsewhere, in the chosen system. */
function Coordinates({ planId, frame }: { planId: PlanId; frame: Frame }) {
  const { t } = useWords()
  const { system } = useLook(planId)
  const pointer = useMapPlace((state) => state.pointer)
  const middle = useMapPlace((state) => state.sight?.centre)
  const maps = useMemo(() => system && systemMaps(frame, system), [frame, system])
  const at = pointer ?? middle
  if (!at || !maps || !system) return null
  const [east, north] = maps.toSystem(...at)
  const words = [coordinateWords(east, 'east', system.kind), coordinateWords(north, 'north', system.kind)]
  return (
    <span className="number">
      {system.kind === 'metres' ? t('map.metres', { x: words[0], y: words[1] }) : words.join(' ')}
      {pointer === null && ` (${t('look.middle')})`}
    </span>
  )
}

interface UsualScalesProps {
  now: number
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  onTake: (denominator: number) => void
}

/** Scales that planning maps usually have, with what they are used for; arrow down in the field opens them too. */
function UsualScales({ now, isOpen, onOpen, onTake }: UsualScalesProps) {
  const { t, say } = useWords()
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={onOpen}>
      <IconButton size="small" label={t('layers.scales')}>
        <ChevronDown className="icon" />
      </IconButton>
      <Popover className="popover" placement="top end">
        <Menu
          className="menu"
          aria-label={t('layers.scales')}
          selectionMode="single"
          selectedKeys={USUAL_SCALES.filter(({ denominator }) => Math.abs(now / denominator - 1) < 1e-3).map(
            ({ denominator }) => denominator,
          )}
          onAction={(key) => onTake(Number(key))}
        >
          {USUAL_SCALES.map(({ denominator, use }) => (
            <MenuItem key={denominator} id={denominator} className="menu-item" textValue={`1:${denominator}`}>
              <span className="number">{`1:${denominator}`}</span>
              <span className="place-scale-use quiet">{say(use)}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** The scale of the map; a typed one takes the map there, and so does one of the usual ones. */
function ScaleBox() {
  const { t } = useWords()
  const sight = useMapPlace((state) => state.sight)
  const go = useMapPlace((state) => state.go)
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  if (sight === null || go === null) return null
  const now = `1:${Math.round(scaleOf(sight.metresPerPixel))}`
  const scale = typed === null ? null : readScale(typed)
  const take = (denominator: number) => {
    setTyped(null)
    go({ centre: sight.centre, metresPerPixel: resolutionOf(denominator) })
  }
  return (
    <form
      className="place-scale"
      onSubmit={(event) => {
        event.preventDefault()
        if (scale !== null) take(scale)
        else if (typed === null) setTyped(null)
      }}
    >
      <label>
        {t('look.scale')}
        <input
          className="number"
          value={typed ?? now}
          aria-invalid={typed !== null && scale === null}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => setTyped(null)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            setOpen(true)
          }}
        />
      </label>
      <UsualScales now={scaleOf(sight.metresPerPixel)} isOpen={isOpen} onOpen={setOpen} onTake={take} />
    </form>
  )
}

/** The part of the status line that belongs to the map. */
export function PlaceBar({ planId, frame }: { planId: PlanId; frame: Frame }) {
  return (
    <>
      <Coordinates planId={planId} frame={frame} />
      <ScaleBox />
    </>
  )
}
