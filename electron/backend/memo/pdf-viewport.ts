import type { MapRegistration } from '#core/map/registration.ts'

/** The part of a pdfkit page that knows its own dictionary. */
export interface RegisteredPage {
  height: number
  dictionary: { data: Record<string, unknown> }
}

interface PagedDocument {
  page: RegisteredPage
  ref(data: Record<string, unknown>): { end(): void }
}

/** Corners of the unit square in the order of a registration's corners. */
const UNIT = [0, 0, 0, 1, 1, 1, 1, 0]
/** A millionth of a degree is a decimetre: pdfkit would round to that. */
const DECIMALS = 10

/** A number that pdfkit writes as it is: whatever is no plain object, array or number goes into the file as its text. */
class Decimal {
  readonly [Symbol.toStringTag] = 'Decimal'
  private readonly text: string

  constructor(value: number) {
    this.text = value.toFixed(DECIMALS).replace(/\.?0+$/, '')
  }

  toString(): string {
    return this.text
  }
}

// oxlint-disable-next-line no-new-wrappers -- pdfkit writes a text for a String object and a name for a plain string
const text = (words: string): unknown => new String(words)

/**
 * Registers a map on the page that is open (ISO 32000-2, 12.9 and 12.10): the frame of the map as a viewport, its corners in degrees, and the
 * plane that it is drawn in, so that any reader of GeoPDF finds the plan's coordinates on paper.
 * @param drawn where the whole drawing was put: left, top, right, bottom in points from the page's upper left corner
 */
export function addViewport(
  document: PagedDocument,
  { drawing, frame, corners, wkt }: MapRegistration,
  [left, top, right, bottom]: readonly [number, number, number, number],
): void {
  const { page } = document
  const [across, down] = [(right - left) / drawing[0], (bottom - top) / drawing[1]]
  const box = [
    left + frame[0] * across,
    page.height - (top + frame[3] * down),
    left + frame[2] * across,
    page.height - (top + frame[1] * down),
  ]
  const system = document.ref({ Type: 'PROJCS', WKT: text(wkt) })
  system.end()
  const measure = document.ref({
    Type: 'Measure',
    Subtype: 'GEO',
    Bounds: UNIT,
    LPTS: UNIT,
    GPTS: corners.flatMap(([lon, lat]) => [new Decimal(lat), new Decimal(lon)]),
    GCS: system,
  })
  measure.end()
  const viewport = document.ref({
    Type: 'Viewport',
    BBox: box.map((length) => new Decimal(length)),
    Name: text('Map'),
    Measure: measure,
  })
  viewport.end()
  const known = page.dictionary.data.VP as unknown[] | undefined
  page.dictionary.data.VP = [...(known ?? []), viewport]
}
