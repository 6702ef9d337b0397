import { AppError } from '#core/errors.ts'
import type { OpenOptions } from './format.ts'
import { KmlCoordinateError, PlacemarkGeometry } from './kml-geometry.ts'
import { readXml, type XmlHandler } from './xml-reader.ts'

export interface Placemark {
  /** Counted over the whole file. */
  row: number
  /** Names of the folders it is in, outermost first. */
  folders: string[]
  attributes: Map<string, string>
  description: string | null
  geometry: PlacemarkGeometry
}

/** What a KML holds besides placemarks, by element; none of it is followed or read. */
export type LeftOut = Record<'NetworkLink' | 'GroundOverlay' | 'PhotoOverlay' | 'ScreenOverlay', number>

/** Children of a placemark that are attributes as they are. */
const PLAIN = new Set(['name', 'address', 'phoneNumber'])
const TIMES = new Set(['when', 'begin', 'end'])
const CONTAINERS = new Set(['Document', 'Folder'])

/** Turns elements into placemarks. */
class KmlEvents implements XmlHandler {
  readonly leftOut: LeftOut = { NetworkLink: 0, GroundOverlay: 0, PhotoOverlay: 0, ScreenOverlay: 0 }
  readonly #take: (placemark: Placemark) => void
  readonly #stack: string[] = []
  readonly #containers: { depth: number; name: string }[] = []
  #placemark: Placemark | null = null
  #dataName: string | null = null
  #rows = 0

  constructor(take: (placemark: Placemark) => void) {
    this.#take = take
  }

  get row(): number {
    return this.#rows
  }

  open(element: string, attributes: Readonly<Record<string, string>>): void {
    this.#stack.push(element)
    if (CONTAINERS.has(element)) this.#containers.push({ depth: this.#stack.length, name: '' })
    if (Object.hasOwn(this.leftOut, element)) this.leftOut[element as keyof LeftOut]++
    if (element === 'Data' || element === 'SimpleData') this.#dataName = attributes.name ?? null
    if (element !== 'Placemark') return this.#placemark?.geometry.open(element)
    const folders = this.#containers.map(({ name }) => name)
    const row = ++this.#rows
    this.#placemark = { row, folders, attributes: new Map(), description: null, geometry: new PlacemarkGeometry() }
  }

  close(element: string, text: string): void {
    this.#stack.pop()
    if (this.#placemark) this.#own(this.#placemark, element, text)
    else if (element === 'name') {
      const container = this.#containers.at(-1)
      if (container?.depth === this.#stack.length) container.name = text.trim()
    }
    if (this.#containers.at(-1)?.depth === this.#stack.length + 1) this.#containers.pop()
    if (!this.#placemark) return
    this.#placemark.geometry.close(element)
    if (element !== 'Placemark') return
    this.#take(this.#placemark)
    this.#placemark = null
  }

  #own({ attributes, geometry }: Placemark, element: string, text: string): void {
    const parent = this.#stack.at(-1) ?? ''
    const value = text.trim()
    geometry.text(element, text, this.#stack)
    if (parent === 'Placemark' && PLAIN.has(element)) attributes.set(element, value)
    else if (parent === 'Placemark' && element === 'description' && this.#placemark) this.#placemark.description = value
    else if ((parent === 'TimeStamp' || parent === 'TimeSpan') && TIMES.has(element)) attributes.set(element, value)
    else if ((parent === 'Data' && element === 'value') || element === 'SimpleData')
      attributes.set(this.#dataName ?? element, value)
  }
}

/**
 * The placemarks of a KML, one after the other: the file is read in pieces and nothing of it is kept. Links, overlays and styles are
 * counted and passed over; nothing that they name is ever opened.
 * @throws AppError `import.xml-broken`, `import.bad-coordinate`, `import.limit`
 */
export function readKml(
  file: { path: string; shown: string; label: string },
  report: OpenOptions['report'],
  take: (placemark: Placemark) => void,
): LeftOut {
  const events = new KmlEvents(take)
  try {
    readXml(file, events, report)
  } catch (error) {
    if (!(error instanceof KmlCoordinateError)) throw error
    throw new AppError('import.bad-coordinate', { file: file.shown, layer: null, row: events.row }, { cause: error })
  }
  return events.leftOut
}
