import { crsWkt } from './crs.ts'
import { crsDatabase, nameKey, type CrsDatabase } from './database.ts'

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/** One level of XML's escapes taken off; metadata holds XML inside XML inside XML. */
const unescaped = (text: string): string => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '')

const WKT = /<WKT>((?:PROJCS|GEOGCS|PROJCRS|GEOGCRS)\[[^<]{10,8000}\])\s*<\/WKT>/
/** Esri's names of the system, the projected one first. */
const NAMES = [/<projcsn\b[^>]*>([^<]{3,200})<\/projcsn>/, /<geogcsn\b[^>]*>([^<]{3,200})<\/geogcsn>/]

/**
 * The system that a metadata file beside a layer (`roads.shp.xml`, as Esri writes it) tells, as WKT: its own text, else the text of
 * the system that it names. Null where it tells none. Never throws, whatever the text.
 */
export function wktOfMetadata(text: string, db: CrsDatabase = crsDatabase()): string | null {
  let plain = text
  for (let level = 0; level < 3; level++) {
    const own = WKT.exec(plain)?.[1]
    if (own !== undefined) return unescaped(own)
    const next = unescaped(plain)
    if (next === plain) break
    plain = next
  }
  for (const pattern of NAMES) {
    const name = pattern.exec(text)?.[1]
    const code = name === undefined ? undefined : db.byName.get(nameKey(unescaped(name)))
    if (code !== undefined) return crsWkt(`EPSG:${code}`, db)
  }
  return null
}
