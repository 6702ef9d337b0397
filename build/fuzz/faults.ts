/** What must not happen, in the order in which the record of a campaign names it. */
export const FAULTS = ['crash', 'hang', 'memory', 'untyped', 'write', 'nonsense'] as const
export type Fault = (typeof FAULTS)[number]
