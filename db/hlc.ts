const COUNTER_BITS = 16n
const AHEAD_LIMIT_MS = 24 * 60 * 60 * 1000

/** The wall-clock part of a hybrid logical clock value, ms since 1970. */
export const hlcMs = (hlc: bigint): number => Number(hlc >> COUNTER_BITS)

/**
 * The next hybrid logical clock value: never before `last`, unless `last` lies more than 24 h ahead of the wall clock, so that
 * one wrong clock cannot win every later merge. Milliseconds in the upper 48 bits, a counter in the lower 16.
 */
export const hlcAfter = (last: bigint, nowMs: number): bigint => {
  const now = BigInt(Math.max(0, Math.trunc(nowMs))) << COUNTER_BITS
  if (hlcMs(last) - nowMs > AHEAD_LIMIT_MS) return now
  return now > last ? now : last + 1n
}
