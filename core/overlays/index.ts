import { canopy } from './canopy.ts'
import { cooling } from './cooling.ts'
import { gapCloser } from './gap-closer.ts'
import { gaps } from './gaps.ts'
import { greenNetwork } from './green-network.ts'
import { greenPattern } from './green-pattern.ts'
import { modelledCorridors } from './modelled-corridors.ts'
import { opportunityAreas } from './opportunity-areas.ts'
import type { Overlay } from './overlay.ts'
import { pinchPoints } from './pinch-points.ts'
import { reserveBuffers } from './reserve-buffers.ts'
import { serviceAreas } from './service-areas.ts'
import { unserved } from './unserved.ts'

/** THE LIST. Adding an overlay is one file in this folder and one line here; order is that of the panel. */
export const OVERLAYS: readonly Overlay[] = [
  greenNetwork,
  greenPattern,
  gaps,
  gapCloser,
  modelledCorridors,
  pinchPoints,
  reserveBuffers,
  serviceAreas,
  unserved,
  opportunityAreas,
  canopy,
  cooling,
]
