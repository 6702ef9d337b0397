import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breakWithinReach, reach } from './pdf-line-break.ts'
import { methodOf, type Prototype } from './pdf-patch.ts'

const fromHere = createRequire(import.meta.url)
const { default: LayoutBuilder } = fromHere('pdfmake/js/LayoutBuilder') as { default: { prototype: Prototype } }
const AVAILABLE = 100

interface Piece {
  text: string
  width: number
  leadingCut: number
  trailingCut: number
  noNewLine: boolean
  lineEnd: boolean
}

const piece = fc
  .record({ width: fc.nat(40), lead: fc.nat(10), trail: fc.nat(10), noNewLine: fc.nat(3), lineEnd: fc.nat(9) })
  .map(({ width, lead, trail, noNewLine, lineEnd }) => ({
    text: '字',
    width,
    // An indent is a negative cut.
    leadingCut: 5 - lead,
    trailingCut: Math.min(width, trail),
    noNewLine: noNewLine === 0,
    lineEnd: lineEnd === 0,
  }))

/** All lines of a text, as numbers of pieces, where they stand and whether they are its last. */
function linesOf(builder: Prototype, pieces: readonly Piece[]): unknown[] {
  const node = { _inlines: pieces.map((one) => ({ ...one })) }
  const self = { writer: { context: () => ({ availableWidth: AVAILABLE }) } }
  const lines: unknown[] = []
  for (;;) {
    const line = methodOf(builder, 'buildNextLine').call(self, node) as {
      inlines: { x: number }[]
      lastLineInParagraph: boolean
    } | null
    if (line === null) return lines
    lines.push({ places: line.inlines.map(({ x }) => x), isLast: line.lastLineInParagraph })
  }
}

test('lines are broken where pdfmake breaks them, whatever holds pieces together', () => {
  const original: Prototype = { buildNextLine: methodOf(LayoutBuilder.prototype, 'buildNextLine') }
  const within: Prototype = { ...original }
  breakWithinReach(within)
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expect(linesOf(within, pieces)).toEqual(linesOf(original, pieces))
    }),
    { numRuns: 500 },
  )
})

test('no more of a long text is looked at than fits on the line', () => {
  expect(
    reach(
      Array.from({ length: 5000 }, () => ({ width: 10 })),
      AVAILABLE,
    ),
  ).toBe(11)
  expect(reach([{ width: 500 }, { width: 10 }, { width: 10 }], AVAILABLE)).toBe(2)
})
