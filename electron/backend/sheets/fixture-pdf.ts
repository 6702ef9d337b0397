import { degrees, PDFDocument, PDFName, rgb } from 'pdf-lib'

/** A page with one coloured map on it and, when asked, a registration: for tests. */
export interface TestPdf {
  /** Width and height of the page, points. */
  size: [number, number]
  /** The map on the page: left, bottom, right, top. */
  map: [number, number, number, number]
  rotate?: 0 | 90 | 180 | 270
  crop?: [left: number, bottom: number, right: number, top: number]
  /** ISO 32000: latitude and longitude of the map's corners, from the lower left clockwise. */
  measure?: { gpts: number[]; epsg?: number; wkt?: string; type?: string }
  /** OGC: page → ground, and the projection. */
  lgi?: { ctm: number[]; projection: Record<string, string | number>; neatline: number[] }
}

/** Writes the file's bytes; every page is alike. */
export async function pdfBytes({ size, map, rotate, crop, measure, lgi }: TestPdf, pages = 1): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const [left, bottom, right, top] = map
  for (let number = 0; number < pages; number++) {
    const page = pdf.addPage(size)
    page.drawRectangle({ x: left, y: bottom, width: right - left, height: top - bottom, color: rgb(1, 0, 1) })
    page.drawText(`Sheet ${number + 1}`, { x: left + 10, y: top - 40, size: 24 })
    if (rotate) page.setRotation(degrees(rotate))
    if (crop) page.setCropBox(crop[0], crop[1], crop[2] - crop[0], crop[3] - crop[1])
    const { context } = pdf
    if (measure) {
      const system: Record<string, unknown> = { Type: measure.type ?? 'PROJCS' }
      if (measure.epsg !== undefined) system['EPSG'] = measure.epsg
      const gcs = context.obj(system as never)
      const viewport = {
        Type: 'Viewport',
        BBox: map,
        Measure: { Type: 'Measure', Subtype: 'GEO', GPTS: measure.gpts, LPTS: [0, 0, 0, 1, 1, 1, 1, 0], GCS: gcs },
      }
      page.node.set(PDFName.of('VP'), context.obj([viewport] as never))
    }
    if (lgi) {
      const dict = { Type: 'LGIDict', Version: '2.1', CTM: lgi.ctm, Neatline: lgi.neatline, Projection: lgi.projection }
      page.node.set(PDFName.of('LGIDict'), context.obj(dict as never))
    }
  }
  return pdf.save({ useObjectStreams: false })
}
