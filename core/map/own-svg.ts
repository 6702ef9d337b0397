import { AppError } from '../errors.ts'

/** The only elements and attributes that our generator writes. Everything else could reach for files or run. */
const ELEMENTS = new Set(['svg', 'defs', 'pattern', 'clipPath', 'g', 'rect', 'path', 'circle', 'text'])
const REFERENCE = /\b(?:xlink:)?href\b|\bsrc\b|\bon[a-z]+\s*=|<!|<\?|&(?!amp;|lt;|gt;|quot;|#39;)/i
const URL_USE = /url\((?!#gp-)/i

/** Lets only our own drawings pass: a figure is printed and shown as it is, so a foreign one must never get that far. */
export function assertOwnSvg(svg: string): void {
  for (const [, name = ''] of svg.matchAll(/<\/?([A-Za-z][\w:.-]*)/g)) {
    if (!ELEMENTS.has(name)) throw new AppError('memo.unsafe-figure', { found: `<${name}>` })
  }
  const tags = svg.match(/<[^>]*>/g)?.join('') ?? ''
  const found = REFERENCE.exec(tags)?.[0] ?? /<!|<\?/.exec(svg)?.[0] ?? URL_USE.exec(tags)?.[0]
  if (found !== undefined) throw new AppError('memo.unsafe-figure', { found })
}
