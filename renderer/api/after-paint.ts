/** A window that is not drawn (hidden, covered) has no frames: then this long is waited at most. */
const LATEST_MS = 100

/** Does something once what has changed so far is painted: what is looked at comes before what follows from it. */
export function afterPaint(work: () => void): void {
  let isDone = false
  const once = () => {
    if (isDone) return
    isDone = true
    work()
  }
  // The callback runs before the frame is drawn, the timer after it.
  requestAnimationFrame(() => setTimeout(once))
  setTimeout(once, LATEST_MS)
}

let holders = 0
let held: (() => void)[] = []

/** Does something now, or when the last answer that is waited for has been shown. */
export function whenShown(work: () => void): void {
  if (holders === 0) work()
  else held.push(work)
}

/** From now on `whenShown` waits, until the returned function is called. */
export function holdUntilShown(): () => void {
  let isHeld = true
  holders += 1
  return () => {
    if (!isHeld) return
    isHeld = false
    holders -= 1
    if (holders > 0) return
    const due = held
    held = []
    for (const work of due) work()
  }
}
