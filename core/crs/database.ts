import epsg from '../../resources/crs/epsg.json' with { type: 'json' }
import esriNames from '../../resources/crs/esri-names.json' with { type: 'json' }

/** The CRS tables as shipped: one tab-separated line per system, see `columns` in `resources/crs/epsg.json`. */
export interface CrsDatabase {
  /** Code without "EPSG:" → its line. */
  lines: ReadonlyMap<string, string>
  ellipsoids: readonly string[]
  geographicWkts: readonly string[]
  tails: readonly string[]
  /** Geographic bases whose datum shift must never be guessed. */
  needsParameters: Readonly<Record<string, string>>
  /** Key of a CRS name (EPSG's and Esri's) → code. */
  byName: ReadonlyMap<string, string>
}

/** Keywords of WKT as one program or another spells them, in one spelling. */
export const normaliseName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_')

/** In nearly all names there is nothing but these; for them a simpler pattern says the same in a third of the time. */
const IS_PLAIN = /^[ -~]*$/

/** Names of systems differ in punctuation only: "CGCS2000 / 3-degree …", "CGCS2000_3_Degree …"; "WGS 84", "WGS84". */
export const nameKey = (name: string): string => {
  const small = name.toLowerCase()
  return small.replace(IS_PLAIN.test(small) ? /[^a-z\d]+/g : /[^\p{L}\p{N}]+/gu, '')
}

let loaded: CrsDatabase | undefined

/** The shipped database, indexed on first use. */
export function crsDatabase(): CrsDatabase {
  if (loaded) return loaded
  const lines = new Map(epsg.crs.map((line) => [line.slice(0, line.indexOf('\t')), line]))
  let byName: Map<string, string> | undefined
  loaded = {
    ...epsg,
    lines,
    // Most systems are known by their code; the names of ten thousand are sorted only for the one that is not.
    get byName() {
      byName ??= indexOfNames()
      return byName
    },
  }
  return loaded
}

function indexOfNames(): Map<string, string> {
  const byName = new Map<string, string>()
  for (const line of epsg.crs) {
    const [code = '', name = ''] = line.split('\t', 2)
    if (!byName.has(nameKey(name))) byName.set(nameKey(name), code)
  }
  for (const line of esriNames.names) {
    const [name = '', code = ''] = line.split('\t')
    byName.set(nameKey(name), code)
  }
  return byName
}
