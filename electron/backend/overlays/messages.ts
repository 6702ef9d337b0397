import type { ComputedOverlay } from '#core/overlays/overlay.ts'
import type { StoredPlan } from '../analysis/messages.ts'

/** Asks the worker to draw one analysis overlay. */
export interface OverlayTask extends StoredPlan {
  task: 'overlay'
  overlay: string
  /** In base units, complete. */
  parameters: Record<string, number>
  cacheDir: string
}

/** What the worker answers; its shapes lie in shared memory and are not copied. */
export interface OverlayDrawn {
  kind: 'overlay'
  computed: ComputedOverlay
}
