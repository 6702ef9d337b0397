import { crsInfo, crsWkt } from '../crs/crs.ts'
import { fromFrame, type Frame } from '../geo/frame.ts'
import type { Paper } from './paper.ts'

/** Where a drawn map lies on Earth, for whoever reads coordinates off a printed page. */
export interface MapRegistration {
  /** Width and height of the whole drawing, in its own units. */
  drawing: [width: number, height: number]
  /** The frame of the map on the drawing, from its upper left corner: left, top, right, bottom. */
  frame: [left: number, top: number, right: number, bottom: number]
  /** Lower left, upper left, upper right and lower right corner of the frame: longitude and latitude in degrees, of the plan's own datum. */
  corners: [lon: number, lat: number][]
  /** OGC WKT 1 of the plane that the map is drawn in: straight on paper is straight in it. */
  wkt: string
}

/** A box on a drawing, in the drawing's units from its upper left corner. */
export interface DrawnBox {
  drawing: [width: number, height: number]
  frame: [left: number, top: number, right: number, bottom: number]
}

/**
 * The registration of a map that is drawn true to scale in a plan's frame; null where the plan has no known place on Earth.
 * Corners are those of the paper's window, so the plane of the map and that of the WKT are one. Source: ISO 32000-2, 12.10.
 */
export function mapRegistration(
  frame: Frame,
  crs: string,
  { windowM }: Pick<Paper, 'windowM'>,
  box: DrawnBox,
): MapRegistration | null {
  const wkt = frameWkt(frame, crs)
  if (wkt === null) return null
  const toEarth = fromFrame(frame)
  const [minX, minY, maxX, maxY] = windowM
  const corners = [
    [minX, minY],
    [minX, maxY],
    [maxX, maxY],
    [maxX, minY],
  ] as const
  return { ...box, corners: corners.map(([x, y]) => toEarth(x, y)), wkt }
}

/** The plan's equal-area frame as OGC WKT 1 on the datum of its data; null for a plane without a place, or data of an unknown system. */
export function frameWkt(frame: Frame, crs: string): string | null {
  if (frame.kind === 'planar') return null
  const info = crsInfo(crs)
  if (info === undefined || info.kind === 'local') return null
  const geographic = crsWkt(info.base ?? info.code)
  if (geographic === null || !geographic.startsWith('GEOGCS')) return null
  const parameters = [
    ['latitude_of_center', frame.latDeg],
    ['longitude_of_center', frame.lonDeg],
    ['false_easting', 0],
    ['false_northing', 0],
  ].map(([name, value]) => `PARAMETER["${name}",${value}]`)
  return `PROJCS["Greenprint equal-area frame",${geographic},PROJECTION["Lambert_Azimuthal_Equal_Area"],${parameters.join(',')},UNIT["metre",1,AUTHORITY["EPSG","9001"]]]`
}
