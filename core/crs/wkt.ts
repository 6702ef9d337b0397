/** One bracketed item of WKT: `PARAMETER["false_easting",500000]` is keyword PARAMETER with a text and a number. */
export interface WktNode {
  keyword: string
  texts: string[]
  numbers: number[]
  children: WktNode[]
}

const MAX_DEPTH = 32
const TOKEN =
  /\s*(?:([A-Za-z_][\w]*)\s*[[(]|([\])])|"((?:[^"]|"")*)"|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([A-Za-z_][\w]*)|,)/y

/** Reads WKT (Esri's, OGC's version 1 or 2) into a tree; null when it is not WKT. Never throws, whatever the text. */
export function parseWkt(text: string): WktNode | null {
  const scanner = new RegExp(TOKEN)
  const open: WktNode[] = []
  let root: WktNode | null = null
  const body = text.replace(/^\uFEFF/, '').trim()
  while (scanner.lastIndex < body.length) {
    const token = scanner.exec(body)
    if (!token) return null
    const [, keyword, close, quoted, number] = token
    const parent = open.at(-1)
    if (keyword !== undefined) {
      const node: WktNode = { keyword: keyword.toUpperCase(), texts: [], numbers: [], children: [] }
      if (parent) parent.children.push(node)
      else if (root) return null
      else root = node
      if (open.push(node) > MAX_DEPTH) return null
    } else if (close !== undefined) {
      if (!open.pop()) return null
    } else if (quoted !== undefined) {
      parent?.texts.push(quoted.replaceAll('""', '"'))
    } else if (number !== undefined) {
      parent?.numbers.push(Number(number))
    }
  }
  return open.length === 0 ? root : null
}

export const childOf = (node: WktNode, ...keywords: string[]): WktNode | undefined =>
  node.children.find((child) => keywords.includes(child.keyword))

/** The first item with one of these keywords, at any depth. */
export function findNode(node: WktNode, ...keywords: string[]): WktNode | undefined {
  if (keywords.includes(node.keyword)) return node
  for (const child of node.children) {
    const found = findNode(child, ...keywords)
    if (found) return found
  }
  return undefined
}

/** The authority's code written at this item: AUTHORITY["EPSG","4547"] or ID["EPSG",4547]. */
export function authorityOf(node: WktNode): { name: string; code: string } | null {
  const authority = childOf(node, 'AUTHORITY', 'ID')
  const [name, text] = authority?.texts ?? []
  const code = text ?? authority?.numbers[0]
  return name === undefined || code === undefined ? null : { name: name.toUpperCase(), code: String(code) }
}
