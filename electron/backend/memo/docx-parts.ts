import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import { escapeXml } from '#core/map/svg.ts'
import { OFF_GRID } from './docx-look.ts'
import { zipped } from '../share/zip-writer.ts'

/** The members of a word processor's file by their names. */
export type DocxParts = Map<string, Buffer>

/** Takes a file apart that we have just made. */
export async function docxParts(bytes: Uint8Array): Promise<DocxParts> {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), {})
  const parts: DocxParts = new Map()
  for await (const entry of zip.eachEntry()) parts.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  return parts
}

/** The first member of every such file; the others follow in the order of their names. */
const FIRST = '[Content_Types].xml'

/** Puts the members together again without a clock: the same memo gives the same bytes. */
export function packedParts(parts: DocxParts): Promise<Buffer> {
  const names = [...parts.keys()].toSorted((a, b) => (a === FIRST ? -1 : b === FIRST ? 1 : a < b ? -1 : 1))
  async function* members() {
    for (const name of names) yield { name, isText: true, chunks: [parts.get(name) ?? Buffer.alloc(0)] }
  }
  return buffer(Readable.from(zipped(members)))
}

/** The library writes the clock and its own counters: the day of the record and numbers in order of appearance stand instead. */
export function settled(parts: DocxParts, date: string, fonts: ReadonlyMap<string, readonly string[]>): DocxParts {
  const when = new Date(date).toISOString().replace(/\.\d+Z$/, 'Z')
  const changed = new Map(parts)
  edit(changed, 'docProps/core.xml', (xml) => xml.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${when}`))
  edit(changed, 'word/document.xml', (xml) =>
    inOrder(xml, /(?<=<wp:docPr id=")\d+(?=")/g, /(?<=_Toc|<w:bookmark(?:Start w:name="_Toc\d+"|End) w:id=")\d+/g),
  )
  const offGrid = new RegExp(`(<w:style [^>]*w:styleId="(?:${OFF_GRID.join('|')})"(?:(?!</w:style>).)*?)(<w:spacing )`, 'g')
  edit(changed, 'word/styles.xml', (xml) => xml.replace(offGrid, '$1<w:snapToGrid w:val="0"/>$2'))
  const table = [...fonts].map(([name, instead]) => fontXml(name, instead)).join('')
  edit(changed, 'word/fontTable.xml', (xml) =>
    xml.includes('</w:fonts>') ? xml.replace('</w:fonts>', `${table}</w:fonts>`) : xml.replace(/\/>\s*$/, `>${table}</w:fonts>`),
  )
  return changed
}

/** Numbers of each kind counted anew in the order in which they first appear. */
function inOrder(xml: string, ...kinds: readonly RegExp[]): string {
  return kinds.reduce((text, kind) => {
    const numbers = new Map<string, number>()
    return text.replaceAll(kind, (old) => {
      const number = numbers.get(old) ?? numbers.size + 1
      numbers.set(old, number)
      return String(number)
    })
  }, xml)
}

/** A font that is missing is replaced by one of the named; without them each program would choose its own. */
const fontXml = (name: string, instead: readonly string[]): string =>
  `<w:font w:name="${escapeXml(name)}"><w:altName w:val="${escapeXml(instead.join(','))}"/><w:charset w:val="86"/></w:font>`

function edit(parts: DocxParts, name: string, change: (xml: string) => string): void {
  const part = parts.get(name)
  if (part === undefined) throw new Error(`the word processor's file has no ${name}: its writer must be looked at`)
  parts.set(name, Buffer.from(change(part.toString('utf8')), 'utf8'))
}
