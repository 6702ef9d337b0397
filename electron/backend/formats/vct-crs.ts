import header from '../../../resources/intake/vct-header.json' with { type: 'json' }
import { guessFromCoordinates, type Extent } from '#core/crs/coordinates.ts'
import { crsInfo, crsWkt } from '#core/crs/crs.ts'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import type { Guess } from '#core/model/inspection.ts'
import { bilingual } from '#core/text.ts'
import { prescribedCrs } from './named-crs.ts'
import type { VctHead } from './vct-head.ts'

/** An easting above this carries the number of its zone. */
const WITH_ZONE_NUMBER = 1e7
const FALSE_EASTING = 500_000
/** The ellipsoid is the header's when its axis and flattening are this near. */
const NEAR = { semiMajorM: 0.5, inverseFlattening: 2e-4 }

const squeezed = (text: string): string => text.toUpperCase().replace(/[\s_-]/g, '')
const numbersOf = (text: string): number[] => (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)

/** The geographic system whose ellipsoid the header names, by name and, where they are written, by its figures. */
function datumOf(spheroid: string): string | null {
  const [name = '', ...figures] = spheroid.split(/[,，]/)
  const named = header.spheroids.find(({ names }) => names.some((known) => squeezed(name).includes(squeezed(known))))
  const [axis, flattening] = figures.map(Number)
  if (axis === undefined || flattening === undefined || !(axis > 0)) return named?.epsg ?? null
  const exact = header.spheroids
    .filter(({ semiMajorM }) => Math.abs(semiMajorM - axis) < NEAR.semiMajorM)
    .toSorted((a, b) => Math.abs(a.inverseFlattening - flattening) - Math.abs(b.inverseFlattening - flattening))[0]
  if (exact === undefined || Math.abs(exact.inverseFlattening - flattening) > NEAR.inverseFlattening) return null
  return named === undefined || named.semiMajorM === exact.semiMajorM ? (named ?? exact).epsg : null // name and figures disagree
}

interface Plane {
  meridianDeg: number
  scale: number
  falseEastingM: number
}

const isMeridian = (value: number): boolean => value >= 66 && value <= 141 && Number.isInteger(value * 2)

/** The plane of generation 3: meridian, scale, false easting, false northing, width and number of the zone. */
function planeOfParameters(text: string): Plane | null {
  const [first = Number.NaN, scale = Number.NaN, falseEastingM = Number.NaN, falseNorthingM = 0] = numbersOf(text)
  const isPlane = isMeridian(first) && scale > 0.99 && scale < 1.01 && falseEastingM > 0 && falseNorthingM === 0
  return isPlane ? { meridianDeg: first, scale, falseEastingM } : null
}

/** The plane of generation 2: its header has the meridian, and the coordinates say whether eastings carry the zone's number. */
function planeOfMeridian(text: string, extent: Extent): Plane | null {
  const [meridianDeg = Number.NaN] = numbersOf(text)
  if (!isMeridian(meridianDeg)) return null
  const zone = extent[0] > WITH_ZONE_NUMBER ? Math.floor(extent[0] / 1e6) : 0
  return { meridianDeg, scale: 1, falseEastingM: zone * 1e6 + FALSE_EASTING }
}

const isGaussKruger = (projection: string): boolean => /高斯|gauss|横轴|transverse|^tm$/i.test(projection)

/**
 * The system that a VCT header states, held against the coordinates; where the header does not state it in a form that is known
 * here, the coordinates are looked at and a person is asked.
 */
export function vctCrs({ values, generation }: VctHead, extent: Extent | null): Guess<string | null> {
  const said = (key: string): string => values.get(key) ?? ''
  const datum = datumOf(said('spheroid'))
  const unstated = bilingual('VCT 文件头没有以可识别的方式写明坐标系', 'the VCT header states no system in a form known here')
  if (datum === null || extent === null) return guessFromCoordinates(extent, unstated)
  const inDegrees = generation === 3 ? /^[dg]/i.test(said('coordinatesystemtype')) : /^d/i.test(said('unit'))
  if (inDegrees) {
    const reason = bilingual(
      `VCT 文件头写明经纬度，椭球 ${said('spheroid')}`,
      `the VCT header says degrees on ${said('spheroid')}`,
    )
    return prescribedCrs(datum, reason, extent)
  }
  const unit = generation === 3 ? said('xyunit') : said('unit')
  const plane =
    generation === 3
      ? (planeOfParameters(said('parameters')) ?? planeOfMeridian(said('meridian'), extent))
      : planeOfMeridian(said('meridian') || said('meridinan'), extent)
  if (plane === null || !isGaussKruger(said('projection')) || !/^(m|米|$)/i.test(unit))
    return guessFromCoordinates(extent, unstated)
  const { meridianDeg, scale, falseEastingM } = plane
  const wkt =
    `PROJCS["${crsInfo(datum)?.name ?? ''} / ${meridianDeg}E / ${falseEastingM}",${crsWkt(datum) ?? ''},` +
    `PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",${meridianDeg}],` +
    `PARAMETER["scale_factor",${scale}],PARAMETER["false_easting",${falseEastingM}],PARAMETER["false_northing",0],UNIT["metre",1]]`
  return recogniseFromWkt([{ source: 'VCT HeadBegin … HeadEnd', text: wkt }], extent)
}
