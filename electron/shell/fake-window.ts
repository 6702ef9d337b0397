import { EventEmitter } from 'node:events'
import type { WindowPort } from './shell.ts'

type Close = Pick<WindowPort, 'close' | 'getNormalBounds' | 'show' | 'focus' | 'on' | 'isMinimized' | 'restore'>

/** The life of a window as Electron has it: it says that it closes, then that it is closed, and from then on whoever touches it is told off. */
export function fakeWindow(did: unknown[][], events: EventEmitter, bounds: () => ReturnType<Close['getNormalBounds']>): Close {
  let isDestroyed = false
  const alive = <T>(value: T): T => {
    if (isDestroyed) throw new TypeError('Object has been destroyed')
    return value
  }
  return {
    on: (event: string, listener: () => void) => void events.on(event, listener),
    show: () => void alive(did.push(['show'])),
    focus: () => void alive(did.push(['focus'])),
    isMinimized: () => alive(true),
    restore: () => void alive(did.push(['restore'])),
    getNormalBounds: () => alive(bounds()),
    close() {
      alive(did.push(['close']))
      events.emit('close')
      isDestroyed = true
      events.emit('closed')
    },
  }
}
