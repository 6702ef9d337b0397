import type { FeatureGeometry, MapSetup } from '#core/contract/map-data.ts'
import type { OverlayPartView } from '#core/contract/overlay-procedures.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Lang } from '#core/text.ts'
import type { MapMarks } from './map-marks.ts'
import type { MapAsk } from './map-ask.ts'
import type { MapLookProps } from './map-look-props.ts'
import type { MapEdit } from './map-edit.ts'
import type { MapLink } from './map-link.ts'
import type { Highlight } from '../state/ui-store.ts'

/** A shape in the plan's plane that is not one of its features: the outline of another version. */
export interface OverlayShape {
  shape: FeatureGeometry
  tone: 'newer' | 'older'
}

/** Features drawn in colours of their own instead of their layer's: a map by unit. */
export interface ColouredShape {
  shape: FeatureGeometry
  /** One per feature of the shape; `hatchColour` crosses out what is not known. */
  looks: readonly { fill: string; hatchColour: string | null }[]
}

/** An analysis overlay that is switched on. */
export interface DrawnOverlay {
  id: string
  /** 0 … 1. */
  opacity: number
  /** Whether numbers stand beside its shapes. */
  isNumbered: boolean
  parts: readonly OverlayPartView[]
}

/** A row of one list of an overlay: `row` counts from 1. */
export interface OverlayPick {
  overlay: string
  part: string
  row: number
}

/** The row that is outlined; a new `request` number is a new wish, even for the same row. */
export interface OverlayFocus extends OverlayPick {
  /** Whether the map goes there: not when the person has just clicked it. */
  move: boolean
  request: number
}

/** Everything the screen tells the map. The map reads tiles and identifies features through the api by itself. */
export interface MapViewProps {
  planId: PlanId
  setup: MapSetup
  /** Layers to draw; a layer that is not in here is hidden. */
  visibleLayers: ReadonlySet<LayerId>
  /** Features to light up and zoom to, by role; a new `request` number is a new wish, even for the same features. */
  highlights: readonly Highlight[]
  /** Shapes to draw over the plan and zoom to, beside the highlights; a new list is a new wish. */
  overlay?: readonly OverlayShape[]
  /** Areas in colours, under what is lit up. The map does not move for them. */
  areas?: readonly ColouredShape[]
  /** Analysis overlays, from bottom to top. */
  overlays?: readonly DrawnOverlay[]
  /** How strongly the plan's own layers are drawn, 0 … 1. */
  planOpacity?: number
  overlayFocus?: OverlayFocus | null
  /** A click on a shape that stands in a list. */
  onOverlayPicked?: (pick: OverlayPick) => void
  /** Marks of findings, drawn and picked on this map. */
  marks?: MapMarks
  /** Maps of one link show the same place. */
  link?: MapLink
  /** What the map is called where there are several. */
  label?: string
  /** Without tools, arrow and scale: the other half of a swipe. */
  bare?: boolean
  /** False: a click asks nothing. */
  identify?: boolean
  /** An option that is being edited. */
  edit?: MapEdit | null
  /** What is selected and measured. */
  ask?: MapAsk
  /** How the person chose to see the plan; without it layers look as the styles say. */
  chosen?: MapLookProps
  lang: Lang
}
