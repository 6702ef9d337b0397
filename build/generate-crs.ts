import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import proj4 from 'proj4'

/**
 * Writes `resources/crs/*.json`: the coordinate reference systems Greenprint knows, from the development packages
 * `epsg-index` and `@esri/proj-codes`, so that neither of them (55 MB) has to be shipped. Run after updating either package.
 */

interface EpsgEntry {
  code: string
  kind: string
  name: string
  wkt: string | null
  proj4: string | null
  bbox: [number, number, number, number] | null
  accuracy: number | null
}

interface EsriEntry {
  name: string
  latestWkid: number
  wkid: number
}

const require = createRequire(import.meta.url)
const epsg = require('epsg-index/all.json') as Record<string, EpsgEntry>
const esriProjected = (require('@esri/proj-codes/pe_list_projcs.json') as { ProjectedCoordinateSystems: EsriEntry[] })
  .ProjectedCoordinateSystems
const esriGeographic = (require('@esri/proj-codes/pe_list_geogcs.json') as { GeographicCoordinateSystems: EsriEntry[] })
  .GeographicCoordinateSystems
const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version

/** OSGB36 names a grid that is not shipped; the published seven parameters (EPSG:1314) stand in, accurate to about 2 m. */
const GRID_STAND_INS: Record<string, string> = {
  'OSTN15_NTv2_OSGBtoETRS.gsb': '+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489',
}

/** Datums whose shift is not public or differs between regions by tens of metres: only measured parameters may be used. */
const NEEDS_PARAMETERS = { '4214': 'Beijing 1954', '4555': 'New Beijing', '4610': 'Xian 1980' }

/** proj4 text without what every entry repeats, and without grids that are not shipped (`grid` says one was removed). */
function cleanProj4(text: string): { text: string; grid: boolean } {
  let grid = false
  const cleaned = text
    .replace(/\s*\+nadgrids=("[^"]*"|\S+)(\s+[^+\s]\S*)*/g, (whole, name: string) => {
      if (name === '@null') return whole
      const standIn = GRID_STAND_INS[name]
      grid ||= standIn === undefined
      return standIn === undefined ? '' : ` ${standIn}`
    })
    .replace(/ \+(no_defs|type=crs|wktext)/g, '')
  return { text: cleaned.trim(), grid }
}

/** True when the projection engine can go there and back at the middle of the area of use. */
function works(definition: string, [north, west, south, east]: [number, number, number, number]): boolean {
  const lon = east < west ? (west + east + 360) / 2 : (west + east) / 2
  const lat = (south + north) / 2
  try {
    const converter = proj4('+proj=longlat +datum=WGS84 +no_defs', definition)
    const [x, y] = converter.forward([lon, lat])
    const [lon2, lat2] = converter.inverse([x, y])
    const off = Math.abs(((lon2 - lon + 540) % 360) - 180)
    return Number.isFinite(x) && Number.isFinite(y) && off < 1e-5 && Math.abs(lat2 - lat) < 1e-5
  } catch {
    return false // the engine refuses this projection: it is left out, which is what the caller asks
  }
}

/** Where the bracketed item that starts at `start` ends. */
function itemEnd(wkt: string, start: number): number {
  let depth = 0
  for (let at = start; at < wkt.length; at++) {
    if (wkt[at] === '[') depth++
    if (wkt[at] === ']' && --depth === 0) return at + 1
  }
  throw new Error(`Unbalanced WKT: ${wkt.slice(0, 60)}`)
}

class Dictionary {
  readonly items: string[] = []
  readonly #index = new Map<string, number>()

  at(item: string): number {
    const known = this.#index.get(item)
    if (known !== undefined) return known
    this.#index.set(item, this.items.length)
    return this.items.push(item) - 1
  }
}

const geographicWkts = new Dictionary()
const tails = new Dictionary()

/** epsg-index also lists Esri's own systems; a code Greenprint writes must be EPSG's. EPSG assigns codes up to 32767. */
const isEpsg = (entry: EpsgEntry): boolean =>
  entry.wkt === null ? Number(entry.code) <= 32_767 : entry.wkt.endsWith(`AUTHORITY["EPSG","${entry.code}"]]`)

/** Grids that are named but not there make every reader complain. */
const withoutGrids = (wkt: string): string => wkt.replace(/,EXTENSION\["PROJ4_GRIDS","[^"]*"\]/g, '')

/** Splits WKT into a shared geographic part, a shared tail with `#` for numbers, and the numbers. */
function packWkt(entry: EpsgEntry): { packed: string; base: string } {
  if (entry.wkt === null) return { packed: '', base: '' }
  const wkt = withoutGrids(entry.wkt)
  const start = wkt.indexOf('GEOGCS[')
  const end = itemEnd(wkt, start)
  const geographic = wkt.slice(start, end)
  const base = /AUTHORITY\["EPSG","(\d+)"\]\]$/.exec(geographic)?.[1] ?? ''
  if (start === 0) return { packed: String(geographicWkts.at(geographic)), base }
  const authority = `,AUTHORITY["EPSG","${entry.code}"]]`
  const numbers: string[] = []
  const tail = wkt.slice(end + 1, -authority.length).replace(/(?<=PARAMETER\["[^"]*",)[^\]]+/g, (value) => {
    numbers.push(value)
    return '#'
  })
  return { packed: `${geographicWkts.at(geographic)} ${tails.at(tail)} ${numbers.join(' ')}`, base }
}

function ellipsoidOf(entry: EpsgEntry, definition: string): string {
  const spheroid = /SPHEROID\["[^"]*",([\d.]+),([\d.]+)/.exec(entry.wkt ?? '')
  if (spheroid) return `${spheroid[1]} ${spheroid[2]}`
  const projection = proj4.Proj(definition) as unknown as { a: number; b: number; rf?: number }
  const flattening = projection.a === projection.b ? 0 : (projection.rf ?? projection.a / (projection.a - projection.b))
  return `${projection.a} ${flattening}`
}

const ellipsoids = new Dictionary()
const lines: string[] = []
const codes = new Set<string>()
for (const entry of Object.values(epsg).toSorted((a, b) => Number(a.code) - Number(b.code))) {
  const kind = { 'CRS-PROJCRS': 'p', 'CRS-GEOGCRS': 'g' }[entry.kind]
  if (kind === undefined || entry.proj4 === null || entry.bbox === null || !isEpsg(entry)) continue
  const { text, grid } = cleanProj4(entry.proj4)
  if (!works(text, entry.bbox)) continue
  const { packed, base } = packWkt(entry)
  const [north, west, south, east] = entry.bbox
  const shift = grid ? 'grid' : (entry.accuracy ?? '')
  lines.push(
    [
      entry.code,
      entry.name,
      kind,
      text,
      ellipsoids.at(ellipsoidOf(entry, text)),
      [west, south, east, north].join(' '),
      base,
      shift,
      packed,
    ].join('\t'),
  )
  codes.add(entry.code)
}

const names = [...esriProjected, ...esriGeographic]
  .filter(({ latestWkid }) => codes.has(String(latestWkid)))
  .map(({ name, latestWkid }) => `${name}\t${latestWkid}`)

const folder = path.resolve(import.meta.dirname, '../resources/crs')
const write = (file: string, content: unknown): void =>
  writeFileSync(path.join(folder, file), `${JSON.stringify(content, null, 2)}\n`)
write('epsg.json', {
  source: `EPSG dataset by way of epsg-index ${versionOf('epsg-index')}; systems that proj4 ${versionOf('proj4')} can convert there and back`,
  columns:
    'code, name, p(rojected) or g(eographic), proj4, ellipsoid, west south east north, geographic base, accuracy of the datum shift in m or "grid", WKT: geographic part, tail, numbers',
  needsParameters: NEEDS_PARAMETERS,
  ellipsoids: ellipsoids.items,
  geographicWkts: geographicWkts.items,
  tails: tails.items,
  crs: lines,
})
write('esri-names.json', {
  source: `@esri/proj-codes ${versionOf('@esri/proj-codes')}: names used in .prj files and the EPSG code of the latest definition`,
  names,
})
const esriCodes = [...esriProjected, ...esriGeographic]
  .filter(({ wkid, latestWkid }) => wkid !== latestWkid && codes.has(String(latestWkid)))
  .toSorted((a, b) => a.wkid - b.wkid)
  .map(({ wkid, latestWkid }) => `${wkid}\t${latestWkid}`)
write('esri-codes.json', {
  source: `@esri/proj-codes ${versionOf('@esri/proj-codes')}: codes of Esri's own and the EPSG code of the same system`,
  codes: esriCodes,
})
process.stderr.write(`${lines.length} systems, ${names.length} names\n`)
