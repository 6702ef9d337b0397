import { useEffect, useState } from 'react'

/** Slow enough for everyone: well below three changes a second. */
const TURN_MS = 900

export interface Blink {
  /** Whether the later map is on top now. */
  isAfter: boolean
  isRunning: boolean
  run: (isRunning: boolean) => void
  turn: () => void
}

/** Shows two maps in turns while it is on; whoever asked their system for less motion turns by hand. */
export function useBlink(isOn: boolean): Blink {
  const [isAfter, setAfter] = useState(true)
  const [isRunning, run] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches)
  useEffect(() => {
    if (!isOn || !isRunning) return
    const timer = setInterval(() => setAfter((now) => !now), TURN_MS)
    return () => clearInterval(timer)
  }, [isOn, isRunning])
  return { isAfter, isRunning, run, turn: () => setAfter((now) => !now) }
}
