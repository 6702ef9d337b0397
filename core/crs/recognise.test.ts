import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ASK_BELOW } from '../model/inspection.ts'
import type { Extent } from './coordinates.ts'
import { crsWkt } from './crs.ts'
import { crsDatabase } from './database.ts'
import { wktOfMetadata } from './metadata-xml.ts'
import { recogniseFromGeoJson, recogniseFromGeoPackage, recogniseFromWkt, recogniseWkt } from './recognise.ts'
import { parseWkt } from './wkt.ts'

const esri = (name: string, meridian: number, falseEasting: number): string =>
  `PROJCS["${name}",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${falseEasting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${meridian}],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
const WGS84_PRJ =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]'

describe('WKT', () => {
  it('is recognised by authority, by name and by parameters', () => {
    expect(recogniseWkt(crsWkt('EPSG:4547') ?? '', '.prj')).toMatchObject({ value: 'EPSG:4547', confidence: 0.98 })
    expect(recogniseWkt(esri('CGCS2000_3_Degree_GK_CM_114E', 114, 500_000), '.prj')).toMatchObject({
      value: 'EPSG:4547',
      confidence: 0.95,
    })
    expect(recogniseWkt(esri('My city', 114, 500_000), '.prj')).toMatchObject({ value: 'EPSG:4547', confidence: 0.85 })
    expect(recogniseWkt(esri('My city', 117, 39_500_000), '.prj')).toMatchObject({ value: 'EPSG:4527', confidence: 0.85 })
    expect(recogniseWkt(WGS84_PRJ, '.prj')).toMatchObject({ value: 'EPSG:4326', confidence: 0.95 })
  })

  it('of every shipped system is recognised as that system, in grads, feet and from Paris too', () => {
    const db = crsDatabase()
    const wrong = [...db.lines.keys()].filter((code) => {
      const wkt = crsWkt(`EPSG:${code}`, db)
      const found = wkt === null ? null : recogniseWkt(wkt, '.prj', db)
      return found !== null && (found.value !== `EPSG:${code}` || found.doubt !== undefined)
    })
    expect(wrong).toEqual([])
    // As GDAL writes it for Esri: no code, feet, and Albers under another name.
    const alaska =
      'PROJCS["NAD_1927_Alaska_Albers_Feet",GEOGCS["GCS_North_American_1927",DATUM["D_North_American_1927",SPHEROID["Clarke_1866",6378206.4,294.978698213898]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Albers"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-154.0],PARAMETER["Standard_Parallel_1",55.0],PARAMETER["Standard_Parallel_2",65.0],PARAMETER["Latitude_Of_Origin",50.0],UNIT["US survey foot",0.304800609601219]]'
    expect(recogniseWkt(alaska, '.prj')).toMatchObject({ value: 'EPSG:2964' })
  }, 30_000)

  it('does not believe a name or code whose parameters say otherwise', () => {
    // the 6° and the 3° zone of 117° E are defined alike
    expect(recogniseWkt(esri('CGCS2000_3_Degree_GK_CM_114E', 117, 500_000), '.prj')).toMatchObject({
      value: 'EPSG:4509',
      confidence: 0.8,
    })
    const lying = (crsWkt('EPSG:4547') ?? '').replace('"central_meridian",114', '"central_meridian",117')
    expect(recogniseWkt(lying, '.prj').confidence).toBeLessThan(ASK_BELOW)
  })

  it('takes a plane of the city by its own parameters when its datum is known, else leaves it to the reviewer', () => {
    const custom = recogniseWkt(esri('City plane', 114.2833, 800_000), '.prj')
    expect(custom).toMatchObject({
      value: 'PROJ:EPSG:4490 +proj=tmerc +lat_0=0 +lon_0=114.2833 +k=1 +x_0=800000 +y_0=0 +units=m',
      confidence: 0.75,
    })
    const nobody = esri('City plane', 114.2833, 800_000).replace('GCS_China_Geodetic_Coordinate_System_2000', 'GCS_City')
    expect(recogniseWkt(nobody, '.prj')).toMatchObject({ value: null, confidence: 0, doubt: { code: 'crs.unknown' } })
    expect(recogniseWkt('LOCAL_CS["city"]', '.prj')).toMatchObject({ value: null, confidence: 0 })
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'PROJCS[ " ] , GEOGCS ( ) 1.5 e E - \u0000 中'.split(' '), ' ') }),
        (text) => void recogniseWkt(text, '.prj'),
      ),
      { numRuns: 500 },
    )
    expect(parseWkt('A['.repeat(10_000))).toBeNull()
  })
})

describe('metadata beside a layer', () => {
  const wkt = (crsWkt('EPSG:4547') ?? '').replaceAll('"', '&quot;')
  const inner = `<ProjectedCoordinateSystem><WKT>${wkt}</WKT></ProjectedCoordinateSystem>`
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

  it('tells the system by its own text, else by its name', () => {
    const found = wktOfMetadata(
      `<metadata><Esri><coordRef><peXml Sync="TRUE">${escape(inner)}</peXml></coordRef></Esri></metadata>`,
    )
    expect(recogniseWkt(found ?? '', '.shp.xml').value).toBe('EPSG:4547')
    const named = wktOfMetadata('<metadata><projcsn Sync="TRUE">CGCS2000_3_Degree_GK_CM_117E</projcsn></metadata>')
    expect(recogniseWkt(named ?? '', '.shp.xml').value).toBe('EPSG:4548')
    expect(wktOfMetadata('<metadata><geogcsn>GCS_WGS_1984</geogcsn></metadata>')).toContain('WGS 84')
    expect([wktOfMetadata(''), wktOfMetadata('<projcsn>Somewhere</projcsn>'), wktOfMetadata('<WKT>PROJCS[</WKT>')]).toEqual([
      null,
      null,
      null,
    ])
  })

  it('never throws and never takes long, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void wktOfMetadata(`<WKT>PROJCS[${text}]</WKT>`)))
    expect(wktOfMetadata('&amp;'.repeat(200_000))).toBeNull()
    expect(wktOfMetadata('<WKT>PROJCS['.repeat(20_000))).toBeNull()
  })
})

describe('coordinates against what is declared', () => {
  const huizhou: Extent = [532_189, 2_545_681, 533_924, 2_547_982]

  it('refuses degrees that are metres and names the likely systems', () => {
    const found = recogniseFromWkt([{ source: '.prj', text: WGS84_PRJ }], huizhou)
    expect(found).toMatchObject({ value: null, confidence: 0 })
    expect(found.reason.en).toContain('EPSG:4547 114°')
    expect(found.reason.zh).toContain('EPSG:4547')
  })

  it('reads the codes that Esri counts by itself, under its own name or EPSG’s', () => {
    const metres: Extent = [12_700_000, 2_600_000, 12_710_000, 2_610_000]
    for (const name of ['urn:ogc:def:crs:ESRI::102100', 'ESRI:102100', 'EPSG:102100'])
      expect(recogniseFromGeoJson({ type: 'name', properties: { name } }, metres)).toMatchObject({ value: 'EPSG:3857' })
    expect(recogniseFromGeoJson({ type: 'EPSG', properties: { code: 102100 } }, metres).value).toBe('EPSG:3857')
    const unknown = recogniseFromGeoJson({ type: 'name', properties: { name: 'ESRI:54009' } }, metres)
    expect(unknown).toMatchObject({ value: null, doubt: { code: 'crs.unknown' } })
  })

  it('refuses GeoJSON whose numbers cannot be degrees', () => {
    const found = recogniseFromGeoJson(undefined, [0, 0, 2160, 2040])
    expect(found).toMatchObject({ value: null, confidence: 0 })
    expect(found.reason.en).toContain('coordinates up to 2160 are not degrees; local or projected metres')
    expect(found.reason.en).toContain('name the CRS in the manifest or dialog')
  })

  it('reads the zone number in the easting but asks for the datum', () => {
    expect(recogniseFromWkt([], [39_442_500, 4_436_500, 39_444_660, 4_438_540])).toMatchObject({
      value: 'EPSG:4527',
      confidence: 0.5,
    })
    expect(recogniseFromWkt([], [20_442_500, 4_436_500, 20_444_660, 4_438_540])).toMatchObject({
      value: 'EPSG:4498',
      confidence: 0.5,
    })
  })

  it('asks when nothing but degrees in range speaks, or the place is wrong', () => {
    expect(recogniseFromWkt([], [114, 23, 114.1, 23.1])).toMatchObject({ value: 'EPSG:4490', confidence: 0.55 })
    expect(recogniseFromWkt([], [1, 1, 2, 2]).confidence).toBeLessThan(ASK_BELOW)
    expect(
      recogniseFromWkt([{ source: '.prj', text: crsWkt('EPSG:4547') }], [500_000, 500, 501_000, 900]).confidence,
    ).toBeLessThan(ASK_BELOW)
    expect(recogniseFromWkt([{ source: '.prj', text: crsWkt('EPSG:4547') }], [114, 23, 114.1, 23.1])).toMatchObject({
      value: null,
    })
    expect(recogniseFromGeoJson(undefined, [23, 110, 24, 120]).reason.en).toContain('swapped')
  })

  it('says so when two CRS files disagree', () => {
    const found = recogniseFromWkt(
      [
        { source: '.prj', text: WGS84_PRJ },
        { source: '.qpj', text: crsWkt('EPSG:4547') },
      ],
      null,
    )
    expect(found.confidence).toBeLessThan(ASK_BELOW)
    expect(found.reason.en).toContain('disagree')
  })
})

describe('GeoJSON and GeoPackage', () => {
  it.each([
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'],
    ['urn:ogc:def:crs:EPSG::4490', 'EPSG:4490'],
    ['EPSG:4490', 'EPSG:4490'],
    ['http://www.opengis.net/def/crs/EPSG/0/4490', 'EPSG:4490'],
    ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', 'EPSG:4326'],
  ])('knows the crs member %s', (name, code) => {
    expect(recogniseFromGeoJson({ type: 'name', properties: { name } }, [114, 23, 114.1, 23.1])).toMatchObject({
      value: code,
      confidence: 0.97,
    })
  })

  it('does not take an unknown crs member for longitude and latitude', () => {
    for (const member of [{ type: 'name', properties: { name: 'my crs' } }, 'EPSG:4326', null, { type: 'link' }]) {
      expect(recogniseFromGeoJson(member, [114, 23, 114.1, 23.1]).confidence).toBeLessThan(ASK_BELOW)
    }
  })

  it('takes the code of a GeoPackage and asks when it is undefined', () => {
    expect(
      recogniseFromGeoPackage(
        { id: 4547, organization: 'epsg', code: 4547, definition: 'undefined' },
        [532_189, 2_545_681, 533_924, 2_547_982],
      ),
    ).toMatchObject({ value: 'EPSG:4547', confidence: 0.98 })
    expect(
      recogniseFromGeoPackage({ id: 100_001, organization: 'NONE', code: 100_001, definition: crsWkt('EPSG:4547') }, null),
    ).toMatchObject({ value: 'EPSG:4547' })
    expect(
      recogniseFromGeoPackage({ id: 4547, organization: 'EPSG', code: 4547, definition: crsWkt('EPSG:4548') }, null).confidence,
    ).toBeLessThan(ASK_BELOW)
    expect(
      recogniseFromGeoPackage({ id: -1, organization: 'NONE', code: -1, definition: 'undefined' }, [0, 0, 2000, 2000]),
    ).toMatchObject({ value: null, confidence: 0 })
  })
})
