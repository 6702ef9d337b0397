import { assertOwnSvg } from '../map/own-svg.ts'

/** What the chart library draws with, beside what only a browser needs. Anything else would be lost on paper, so it is refused. */
const ELEMENTS = new Set(['svg', 'defs', 'pattern', 'clipPath', 'g', 'rect', 'path', 'circle', 'polygon', 'polyline', 'text'])
/** Attributes for pointers, for animation and of other name spaces: nothing of the drawing. */
const FOR_BROWSERS =
  /^(class|cursor|pointer-events|version|baseProfile|xmlns:xlink|xml:space|stroke-linecap|stroke-miterlimit|ecmeta_.*)$/
const TAG = /<(\/?)([A-Za-z]+)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>/g
const ATTRIBUTE = /([\w:.-]+)="([^"]*)"/g
/** How far below its middle the baseline of a line of text lies, in ems. */
const MIDDLE_TO_BASELINE = 0.35

const POINTED: ReadonlySet<string> = new Set(['polygon', 'polyline'])

/** "1 2 3 4" as the path through both points. */
function lineThrough(points: string, closed: boolean): string {
  const numbers = points.trim().split(/[\s,]+/)
  const pairs = numbers.flatMap((x, at) => (at % 2 === 0 ? [`${x} ${numbers[at + 1] ?? 0}`] : []))
  return `M${pairs.join('L')}${closed ? 'Z' : ''}`
}

type Attributes = Map<string, string>

/**
 * A drawing of the chart library as one of our own: the subset of SVG that the memo prints, with ids that no other figure of the
 * memo has. The same chart always gives the same text. `name` is a plain identifier.
 * @throws AppError `memo.unsafe-figure` for anything outside the subset
 */
export function ownDrawing(drawn: string, name: string, words: string): string {
  const bare = drawn.replace(/<style[\s>][\s\S]*?<\/style>/g, '').replace(/>\s+</g, '><')
  const svg = bare.replace(TAG, (_, close: string, element: string, attributes: string, end: string) => {
    const shape = POINTED.has(element) ? 'path' : element
    if (close !== '') return `</${shape}>`
    const kept = translated(element, attributesOf(attributes), name)
    const points = kept.get('points')
    if (points !== undefined && kept.delete('points')) kept.set('d', lineThrough(points, element === 'polygon'))
    if (element === 'svg') kept.set('role', 'img').set('aria-label', escaped(words))
    return `<${shape}${[...kept].map(([key, value]) => ` ${key}="${value}"`).join('')}${end}>`
  })
  assertOwnSvg(svg)
  return svg
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

const attributesOf = (text: string): Attributes =>
  new Map([...text.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value]))

function translated(element: string, attributes: Attributes, name: string): Attributes {
  if (!ELEMENTS.has(element)) return attributes
  const kept: Attributes = new Map()
  for (const [key, value] of attributes) {
    if (FOR_BROWSERS.test(key) || key === 'style' || key === 'dominant-baseline' || key === 'paint-order') continue
    kept.set(
      key,
      key === 'id' || value.startsWith('url(') ? renamed(value, name) : colourless(value) ? paint(key, value, kept) : value,
    )
  }
  return element === 'text' ? asOwnText(attributes, kept) : kept
}

/** The library numbers its drawings from the start of the program: the same chart must not depend on how many came before. */
const renamed = (value: string, name: string): string => value.replace(/zr\d+-/, `gp-${name}-`)

const colourless = (value: string): boolean => /^rgba?\(/.test(value)

/** `rgb(1,2,3)` as hex; paper's printer takes nothing else. */
function paint(key: string, value: string, kept: Attributes): string {
  const [r = 0, g = 0, b = 0, alpha = 1] = value
    .replace(/[^\d.,]/g, '')
    .split(',')
    .map(Number)
  if (alpha < 1 && !kept.has(`${key}-opacity`)) kept.set(`${key}-opacity`, String(alpha))
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}

/** Type as attributes, and lines placed by their baseline: printers know no other. */
function asOwnText(attributes: Attributes, kept: Attributes): Attributes {
  const style = attributes.get('style') ?? ''
  const part = (property: string) => new RegExp(`(?:^|;)\\s*${property}:\\s*([^;]+)`).exec(style)?.[1]?.trim()
  const size = Number.parseFloat(part('font-size') ?? '12')
  const weight = part('font-weight')
  kept.set('font-size', String(size)).set('font-family', (part('font-family') ?? 'sans-serif').replace(/&quot;|["']/g, ''))
  if (weight === 'bold') kept.set('font-weight', 'bold')
  if (attributes.get('dominant-baseline') === 'central') {
    const y = Number(kept.get('y') ?? 0) + MIDDLE_TO_BASELINE * size
    kept.set('y', String(Math.round(y * 100) / 100))
  }
  // A halo would be printed over its letters.
  for (const key of ['stroke', 'stroke-width', 'stroke-opacity']) kept.delete(key)
  return kept
}
