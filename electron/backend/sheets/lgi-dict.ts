import { PDFArray, type PDFDict } from 'pdf-lib'
import { crsInfo } from '#core/crs/crs.ts'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import type { Guess } from '#core/model/inspection.ts'
import type { SheetRegistration } from '#core/model/sheet.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import type { Found, ToSheet } from './geo-measure.ts'
import { arrayAt, dictAt, dictsAt, numberAt, numberOf, numbersAt, pairwise, textAt } from './pdf-objects.ts'

/** The registrations of a page by the OGC best practice for georeferenced PDF (OGC 08-139r3, LGIDict). */
export function lgiDicts(page: PDFDict, toSheet: ToSheet, box: readonly [number, number, number, number]): Found {
  const found: Found = { registrations: [], problems: [] }
  for (const dict of dictsAt(page, 'LGIDict').slice(0, 100)) {
    const read = registrationOf(dict, toSheet, box)
    if ('zh' in read) found.problems.push(read)
    else found.registrations.push(read)
  }
  return found
}

function registrationOf(
  dict: PDFDict,
  toSheet: ToSheet,
  box: readonly [number, number, number, number],
): SheetRegistration | Bilingual {
  const projection = dictAt(dict, 'Projection')
  const wkt = projection && wktOf(projection)
  if (wkt === null)
    return bilingual(
      `LGIDict 的投影（${(projection && textAt(projection, 'ProjectionType')) ?? '缺失'}）无法识别`,
      `the projection of the LGIDict (${(projection && textAt(projection, 'ProjectionType')) ?? 'missing'}) is not known`,
    )
  const [left, bottom, right, top] = box
  const outline = pairwise(numbersAt(dict, 'Neatline') ?? [])
  const neatline: [number, number][] = outline.length >= 3 ? outline : [[left, bottom], [left, top], [right, top], [right, bottom]] // prettier-ignore
  const matrix = numbersAt(dict, 'CTM')
  const pairs =
    matrix?.length === 6 ? neatline.map((point) => ({ on: point, place: applied(matrix, point) })) : registrationPoints(dict)
  if (pairs.length < 3) return bilingual('LGIDict 没有坐标变换（CTM）', 'the LGIDict has no transformation (CTM)')
  const crs = (projection && universalCrs(projection)) ?? certain(recogniseFromWkt([{ source: 'LGIDict', text: wkt }], null))
  return {
    source: 'lgi-dict',
    crs,
    pairs: pairs.map(({ on, place }) => ({ sheet: toSheet(...on), place })),
    neatline: neatline.map((point) => toSheet(...point)),
    reason: bilingual(
      `GeoPDF（OGC LGIDict）写明了位置，${pairs.length} 个角点`,
      `a GeoPDF dictionary (OGC LGIDict) says where it lies; ${pairs.length} corners`,
    ),
  }
}

/** Zones of the universal grid on WGS 84 have codes of their own; by parameters alone they are those of several datums. */
function universalCrs(projection: PDFDict): Guess<string | null> | null {
  const zone = numberAt(projection, 'Zone')
  const isOnWgs84 = textAt(projection, 'Datum')?.startsWith('W') === true
  if (textAt(projection, 'ProjectionType') !== UNIVERSAL || !isOnWgs84 || zone === null) return null
  const south = textAt(projection, 'Hemisphere')?.toUpperCase().startsWith('S') === true
  const info = crsInfo(`EPSG:${(south ? 32_700 : 32_600) + zone}`)
  if (!info) return null
  const reason = bilingual(`LGIDict 写明 ${info.name}（${info.code}）`, `the LGIDict names ${info.name} (${info.code})`)
  return { value: info.code, confidence: 0.95, reason }
}

/** Mercator on the ellipsoid and web mercator on its sphere are written alike, and lie kilometres apart: then the reviewer says. */
const certain = (guess: Guess<string | null>): Guess<string | null> =>
  guess.value === 'EPSG:3395' || guess.value === 'EPSG:3857' ? { ...guess, confidence: 0.5 } : guess

const applied = ([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[], [x, y]: [number, number]): [number, number] => [
  a * x + c * y + e,
  b * x + d * y + f,
]

function registrationPoints(dict: PDFDict): { on: [number, number]; place: [number, number] }[] {
  return (arrayAt(dict, 'Registration') ?? []).flatMap((item) => {
    const values = item instanceof PDFArray ? item.asArray().map(numberOf) : []
    const [x, y, toX, toY] = values
    const usable = typeof x === 'number' && typeof y === 'number' && typeof toX === 'number' && typeof toY === 'number'
    return usable ? [{ on: [x, y] as [number, number], place: [toX, toY] as [number, number] }] : []
  })
}

/* Codes of ellipsoids and datums: NIMA TR 8350.2 as used by OGC 08-139r3; only those whose datum is known are read. */
const DATUMS: Readonly<
  Record<string, readonly [datum: string, ellipsoid: string, semiMajorM: number, inverseFlattening: number]>
> = {
  WGE: ['WGS_1984', 'WGS 84', 6_378_137, 298.257223563],
  WE: ['WGS_1984', 'WGS 84', 6_378_137, 298.257223563],
  NAR: ['North_American_Datum_1983', 'GRS 1980', 6_378_137, 298.257222101],
  NAS: ['North_American_Datum_1927', 'Clarke 1866', 6_378_206.4, 294.9786982],
}

function geographicWkt(projection: PDFDict): string | null {
  const code = textAt(projection, 'Datum')
  const named = code === null ? undefined : Object.entries(DATUMS).find(([prefix]) => code.startsWith(prefix))?.[1]
  const own = dictAt(projection, 'Datum')
  const ellipsoid = own && dictAt(own, 'Ellipsoid')
  const [a, rf] = [ellipsoid && numberAt(ellipsoid, 'SemiMajorAxis'), ellipsoid && numberAt(ellipsoid, 'InvFlattening')]
  const [datum, name, semiMajorM, inverseFlattening] = named ?? [
    (own && textAt(own, 'Description')) ?? 'unknown',
    'ellipsoid',
    a ?? NaN,
    rf ?? NaN,
  ]
  if (!Number.isFinite(semiMajorM) || !Number.isFinite(inverseFlattening)) return null
  const quoted = (text: string) => text.replaceAll('"', '').slice(0, 80)
  return (
    `GEOGCS["${quoted(datum)}",DATUM["${quoted(datum)}",SPHEROID["${name}",${semiMajorM},${inverseFlattening}]],` +
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
  )
}

/** Projection types of OGC 08-139r3 by the names that WKT gives them. */
const PROJECTIONS: Readonly<Record<string, string>> = {
  TC: 'Transverse_Mercator',
  LE: 'Lambert_Conformal_Conic_2SP',
  AC: 'Albers_Conic_Equal_Area',
  MC: 'Mercator_1SP',
  AK: 'Lambert_Azimuthal_Equal_Area',
}
const UNIVERSAL = 'UT'

function wktOf(projection: PDFDict): string | null {
  const geographic = geographicWkt(projection)
  const type = textAt(projection, 'ProjectionType')
  if (geographic === null || type === null) return null
  if (type === 'GEOGRAPHIC') return geographic
  const number = (key: string, fallback: number) => numberAt(projection, key) ?? fallback
  const parameters: [string, number][] = []
  if (type === UNIVERSAL) {
    const south = textAt(projection, 'Hemisphere')?.toUpperCase().startsWith('S')
    parameters.push(
      ['latitude_of_origin', 0],
      ['central_meridian', number('Zone', NaN) * 6 - 183],
      ['scale_factor', 0.9996],
      ['false_easting', 500_000],
      ['false_northing', south ? 10_000_000 : 0],
    )
  } else {
    parameters.push(
      ['latitude_of_origin', number('OriginLatitude', 0)],
      ['central_meridian', number('CentralMeridian', number('OriginLongitude', 0))],
      ['false_easting', number('FalseEasting', 0)],
      ['false_northing', number('FalseNorthing', 0)],
    )
    if (type === 'TC' || type === 'MC') parameters.push(['scale_factor', number('ScaleFactor', 1)])
    if (type === 'LE' || type === 'AC')
      parameters.push(
        ['standard_parallel_1', number('StandardParallelOne', NaN)],
        ['standard_parallel_2', number('StandardParallelTwo', number('StandardParallelOne', NaN))],
      )
  }
  const name = type === UNIVERSAL ? 'Transverse_Mercator' : PROJECTIONS[type]
  if (name === undefined || parameters.some(([, value]) => !Number.isFinite(value))) return null
  const units = textAt(projection, 'Units') ?? 'M'
  const perUnit = { M: 1, FT: 0.3048, USSURVEYFEET: 1200 / 3937 }[units.toUpperCase()]
  if (perUnit === undefined) return null
  const listed = parameters.map(([key, value]) => `PARAMETER["${key}",${value}]`).join(',')
  return `PROJCS["LGIDict",${geographic},PROJECTION["${name}"],${listed},UNIT["unit",${perUnit}]]`
}
