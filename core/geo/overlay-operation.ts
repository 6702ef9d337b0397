import type { SweepWants } from './overlay-sweep.ts'

/**
 * What is made of two polygon layers. `intersection`: a feature for each pair that shares ground. `difference`: each feature of
 * the first without the ground of the second. `identity`: both of these. `union`: identity, and each feature of the second
 * without the ground of the first. `symmetric-difference`: what one covers and the other does not. `clip`: each feature of the
 * first within the ground of the second, which serves as a mask and gives no attributes.
 */
export type OverlayOperation = 'intersection' | 'difference' | 'identity' | 'union' | 'symmetric-difference' | 'clip'

/** What each operation wants of the features of either layer. */
export const WANTS: Record<OverlayOperation, { a?: SweepWants; b?: SweepWants }> = {
  intersection: { a: { inside: 'pieces', outside: false } },
  difference: { a: { inside: 'none', outside: true } },
  identity: { a: { inside: 'pieces', outside: true } },
  union: { a: { inside: 'pieces', outside: true }, b: { inside: 'none', outside: true } },
  'symmetric-difference': { a: { inside: 'none', outside: true }, b: { inside: 'none', outside: true } },
  clip: { a: { inside: 'whole', outside: false } },
}
