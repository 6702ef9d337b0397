import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { MapTools } from '../map/map-furniture.tsx'
import { drawPin, type Pin } from '../map/pins.ts'
import type { SheetPicture } from './sheet-picture.ts'

interface PictureViewProps {
  picture: SheetPicture
  /** Size of the sheet in its own units; the picture may have more or fewer pixels. */
  size: { width: number; height: number }
  pins: readonly Pin[]
  onPick: (at: [number, number]) => void
}

/** Which part is seen: the sheet's place in the middle, and pixels of the screen per unit of the sheet. */
interface View {
  x: number
  y: number
  perUnit: number
}

const STEP_PX = 40
const FINE_PX = 2
const DRAG_PX = 4
const MARGIN = 0.94
const CLOSEST = 40

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

function paint(canvas: HTMLCanvasElement, { picture, size, pins }: Omit<PictureViewProps, 'onPick'>, view: View): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const ratio = window.devicePixelRatio
  const [width, height] = [canvas.clientWidth, canvas.clientHeight]
  canvas.width = Math.max(1, Math.round(width * ratio))
  canvas.height = Math.max(1, Math.round(height * ratio))
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.imageSmoothingQuality = 'high'
  const [left, top] = [width / 2 - view.x * view.perUnit, height / 2 - view.y * view.perUnit]
  context.drawImage(picture, left, top, size.width * view.perUnit, size.height * view.perUnit)
  for (const pin of pins) drawPin(context, left + pin.at[0] * view.perUnit, top + pin.at[1] * view.perUnit, pin)
}

/** The sheet itself, to look closely at and to choose points on: by mouse, or by keys with a cross in the middle. */
export function PictureView({ picture, size, pins, onPick }: PictureViewProps) {
  const { t } = useWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null)
  const [view, setView] = useState<View | null>(null)

  const whole = useCallback(() => {
    const { clientWidth = 1, clientHeight = 1 } = canvas.current ?? {}
    const perUnit = MARGIN * Math.min(clientWidth / size.width, clientHeight / size.height)
    setView({ x: size.width / 2, y: size.height / 2, perUnit })
  }, [size.width, size.height])
  useEffect(whole, [whole])

  useEffect(() => {
    const target = canvas.current
    if (!target || !view) return
    const draw = () => paint(target, { picture, size, pins }, view)
    draw()
    const watch = new ResizeObserver(draw)
    watch.observe(target)
    return () => watch.disconnect()
  }, [picture, size, pins, view])

  const zoom = useCallback(
    (factor: number, at: [number, number] | null = null) =>
      setView((now) => {
        if (!now) return now
        const least =
          (MARGIN / 2) *
          Math.min((canvas.current?.clientWidth ?? 1) / size.width, (canvas.current?.clientHeight ?? 1) / size.height)
        const perUnit = clamp(now.perUnit * factor, least, CLOSEST)
        const [x, y] = at ?? [now.x, now.y]
        const share = 1 - now.perUnit / perUnit
        return { x: now.x + (x - now.x) * share, y: now.y + (y - now.y) * share, perUnit }
      }),
    [size.width, size.height],
  )
  const placeAt = (offsetX: number, offsetY: number): [number, number] | null => {
    if (!view || !canvas.current) return null
    return [
      view.x + (offsetX - canvas.current.clientWidth / 2) / view.perUnit,
      view.y + (offsetY - canvas.current.clientHeight / 2) / view.perUnit,
    ]
  }
  const isOn = ([x, y]: [number, number]) => x >= 0 && y >= 0 && x <= size.width && y <= size.height
  const pick = (at: [number, number] | null) => {
    if (at && isOn(at)) onPick(at)
  }
  const pan = (x: number, y: number) =>
    setView(
      (now) =>
        now && {
          ...now,
          x: clamp(now.x - x / now.perUnit, 0, size.width),
          y: clamp(now.y - y / now.perUnit, 0, size.height),
        },
    )

  // React listens to the wheel passively, and the dialog would scroll with it.
  useEffect(() => {
    const target = frame.current
    if (!target) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      zoom(event.deltaY < 0 ? 1.25 : 0.8, view && placeAt(event.offsetX, event.offsetY))
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  })

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, y: event.clientY, moved: false }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const from = drag.current
    if (!from) return
    const [x, y] = [event.clientX - from.x, event.clientY - from.y]
    if (!from.moved && Math.hypot(x, y) < DRAG_PX) return
    drag.current = { x: event.clientX, y: event.clientY, moved: true }
    pan(x, y)
  }
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    if (drag.current?.moved === false) pick(placeAt(event.nativeEvent.offsetX, event.nativeEvent.offsetY))
    drag.current = null
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? FINE_PX : STEP_PX
    const keys: Record<string, () => void> = {
      ArrowLeft: () => pan(step, 0),
      ArrowRight: () => pan(-step, 0),
      ArrowUp: () => pan(0, step),
      ArrowDown: () => pan(0, -step),
      '+': () => zoom(1.25),
      '=': () => zoom(1.25),
      '-': () => zoom(0.8),
      Home: whole,
      Enter: () => view && pick([view.x, view.y]),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div className="sheet-picture">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application region handles its keys and pointer itself */}
      <div
        ref={frame}
        className="sheet-frame"
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application region takes keys itself, like the map
        tabIndex={0}
        aria-label={t('sheets.picture')}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} className="sheet-canvas" />
      </div>
      <span className="sheet-cross" aria-hidden />
      <MapTools onZoom={(factor) => zoom(factor)} onWhole={whole} />
    </div>
  )
}
