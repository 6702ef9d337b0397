import { methodOf, wrapMethod, type Prototype } from './pdf-patch.ts'

/** The classes of pdfmake that tell how wide each piece of a text is. */
export interface MeasuringClasses {
  inlines: Prototype
  /** The prototype, and the class itself for its static method. */
  styles: Prototype
  stylesClass: Prototype
}

type Font = object
interface Piece {
  font: Font
  fontSize: number
  fontFeatures?: unknown
  characterSpacing?: number
}

/** Texts up to so long are measured once: each Chinese character is a piece of its own, and every space is measured again. */
const LONGEST_REMEMBERED = 4

/**
 * Measuring is most of the layout of Chinese: each character looks up two dozen properties of its style in the same unchanged stack, and
 * asks the font for a width that was told before. Both are remembered here; what is measured stays the same to the last bit.
 */
export function rememberMeasures({ inlines, styles, stylesClass }: MeasuringClasses): void {
  let known: { stack: unknown; values: Map<string, unknown> } | null = null
  wrapMethod<unknown, [unknown, unknown]>(inlines, 'measure', (proceed, args) => {
    known = { stack: args[1], values: new Map() }
    try {
      return proceed(...args)
    } finally {
      known = null
    }
  })
  const propertyOf = methodOf(styles, 'getProperty')
  const stylePropertyOf = methodOf(stylesClass, 'getStyleProperty')
  stylesClass['getStyleProperty'] = function remembered(item, stack, property, otherwise) {
    const own = (item as Record<string, unknown>)[property as string]
    if (own !== undefined && own !== null) return own
    // Only a named style of the piece itself could add to what the stack says.
    if (known === null || known.stack !== stack || (item as { style?: unknown }).style)
      return stylePropertyOf.call(this, item, stack, property, otherwise)
    const { values } = known
    const value = values.get(property as string)
    if (value !== undefined) return value ?? otherwise
    const found = propertyOf.call(stack, property) ?? null
    values.set(property as string, found)
    return found ?? otherwise
  }
  rememberWidths(inlines)
}

function rememberWidths(inlines: Prototype): void {
  const widths = new WeakMap<Font, Map<number, Map<string, unknown>>>()
  const widthOf = methodOf(inlines, 'widthOfText')
  const ofSize = ({ font, fontSize }: Piece): Map<string, unknown> => {
    const ofFont = widths.get(font) ?? new Map<number, Map<string, unknown>>()
    widths.set(font, ofFont)
    const ofThis = ofFont.get(fontSize) ?? new Map<string, unknown>()
    ofFont.set(fontSize, ofThis)
    return ofThis
  }
  inlines['widthOfText'] = function remembered(given, inline) {
    const [text, piece] = [given as string, inline as Piece]
    if (text.length > LONGEST_REMEMBERED || piece.fontFeatures || piece.characterSpacing) return widthOf.call(this, text, piece)
    const told = ofSize(piece)
    const width = told.get(text) ?? widthOf.call(this, text, piece)
    told.set(text, width)
    return width
  }
}
