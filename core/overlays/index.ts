import { corridorGaps } from './gaps.ts'
import { gapCloser } from './gap-closer.ts'
import { greenNetwork } from './green-network.ts'
import type { Overlay } from './overlay.ts'

/** THE LIST. Adding an overlay is one file in this folder and one line here; order is that of the panel. */
export const OVERLAYS: readonly Overlay[] = [greenNetwork, corridorGaps, gapCloser]
