/** Draws a whole number from 0 up to, not including, `below`. */
export type Pick = (below: number) => number

/** A small seeded generator (mulberry32), so that any mutant can be made again from its number. */
export function random(seed: number): Pick {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return below <= 0 ? 0 : ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export function oneOf<T>(pick: Pick, choices: readonly T[]): T {
  const chosen = choices[pick(choices.length)]
  if (chosen === undefined) throw new Error('nothing to choose from')
  return chosen
}
