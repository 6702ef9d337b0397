import type { ControlPoint, FitMethod, SheetFit } from '../geo/sheet-fit.ts'
import type { Bilingual } from '../text.ts'
import type { PlanId, SheetId } from './ids.ts'
import type { Guess } from './inspection.ts'

export const SHEET_KINDS = ['pdf', 'png', 'jpeg', 'tiff'] as const
export type SheetKind = (typeof SHEET_KINDS)[number]

/** A place that a file itself names: on the sheet (x to the right, y down) and in a coordinate system (x, y; longitude first). */
export interface SheetPair {
  sheet: [x: number, y: number]
  place: [x: number, y: number]
}

/** Where a file says that it lies. */
export interface SheetRegistration {
  /** `geo-measure`: ISO 32000 viewport; `lgi-dict`: OGC best practice; `world-file`; `geotiff`. */
  source: 'geo-measure' | 'lgi-dict' | 'world-file' | 'geotiff'
  /** System of the places. null or not sure: the reviewer must say it. */
  crs: Guess<string | null>
  pairs: SheetPair[]
  /** Outline of the map on the sheet: what lies outside it is title, legend and margin. */
  neatline: [x: number, y: number][] | null
  /** What was found, in a sentence. */
  reason: Bilingual
}

/** One page as it is seen (turned as the file says): PDF in points of 1/72 inch, pictures in pixels. */
export interface SheetPage {
  page: number
  width: number
  height: number
  registrations: SheetRegistration[]
  /** What was wrong with a registration that could not be used. */
  problems: Bilingual[]
}

/** What a file holds that could be a plan sheet. */
export interface SheetFile {
  sha256: string
  name: string
  kind: SheetKind
  pages: SheetPage[]
}

/** A page or picture laid under a plan by control points; where it lies follows from them. */
export interface Sheet {
  id: SheetId
  planId: PlanId
  name: string
  fileSha256: string
  kind: SheetKind
  page: number
  width: number
  height: number
  method: FitMethod
  points: ControlPoint[]
  neatline: [x: number, y: number][] | null
  /** Who says where it lies. */
  placedFrom: 'file' | 'reviewer'
  /** How it was laid, in a sentence. */
  reason: Bilingual
  by: string
  at: string
}

/** How a sheet is shown; a preference, no step of the history. */
export interface SheetDisplay {
  visible: boolean
  /** Over the plan's layers instead of under them: opaque land use would hide it. */
  above: boolean
  /** 0..1 */
  opacity: number
}

/** A sheet with what follows from its points. */
export interface SheetView extends Sheet, SheetDisplay {
  fit: SheetFit
}
