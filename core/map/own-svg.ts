import { AppError } from '../errors.ts'

/** The only elements and attributes that our generator writes. Everything else could reach for files or run. */
const ELEMENTS = new Set(['svg', 'defs', 'pattern', 'clipPath', 'g', 'rect', 'path', 'circle', 'text', 'image'])
const ATTRIBUTES = new Set(
  (
    'xmlns viewBox role aria-label id x y width height cx cy r d transform clip-path fill fill-opacity stroke stroke-opacity ' +
    'stroke-width stroke-dasharray stroke-linejoin font-family font-size font-weight text-anchor patternUnits patternTransform ' +
    'preserveAspectRatio href'
  ).split(' '),
)
/** Attributes that are read aloud: words of people, never interpreted. */
const WORDS = new Set(['aria-label'])
const SVG_NAMESPACE = 'http://www.w3.org/2000/svg'

const TAG = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<>]*")*)\s*\/?>/y
const ATTRIBUTE = /\s+([\w:.-]+)="([^"]*)"/g
/** Text between tags: anything but markup, and only the entities that `escapeXml` writes. */
const TEXT = /(?:[^<>&]|&(?:amp|lt|gt|quot|#39);)+/y
const PLAIN = /^(?:[^<>&]|&(?:amp|lt|gt|quot|#39);)*$/
/** Pictures of a sheet are carried beside the drawing, by name: never an address. */
const OWN_PICTURE = /^gp-picture-\d{1,4}$/
/** A reference may only lead to a part of the same drawing. */
const OWN_REFERENCE = /^url\(#gp-[\w-]+\)$/

/**
 * Lets only our own drawings pass: a figure is printed and shown as it is, so a foreign one must never get that far. Reads
 * elements and attributes; what a plan or a layer is called stands in escaped text, and may say whatever it likes.
 */
export function assertOwnSvg(svg: string): void {
  for (let at = 0; at < svg.length;) {
    const tag = matchAt(TAG, svg, at)
    const found = tag ?? matchAt(TEXT, svg, at)
    if (found === null) throw refused(svg.slice(at, at + 40))
    if (tag !== null) assertOwnTag(tag)
    at += found[0].length
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function assertOwnTag([whole, close, name = '', attributes = '']: RegExpExecArray): void {
  if (!ELEMENTS.has(name) || (close === '/' && attributes !== '')) throw refused(whole.slice(0, 40))
  for (const [pair, attribute = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
    if (!ATTRIBUTES.has(attribute) || !isOwnValue(attribute, value)) throw refused(pair.trim().slice(0, 40))
  }
}

function isOwnValue(attribute: string, value: string): boolean {
  if (WORDS.has(attribute)) return PLAIN.test(value)
  if (attribute === 'href') return OWN_PICTURE.test(value)
  if (attribute === 'xmlns') return value === SVG_NAMESPACE
  return OWN_REFERENCE.test(value) || !/[:&\\]|url|\/\//i.test(value)
}

const refused = (found: string) => new AppError('memo.unsafe-figure', { found })
