import { bilingual, inDrawn, type DrawnLang } from '../text.ts'
import { PT_PER_MM, type Paper } from './paper.ts'
import { path, rectangle, text } from './svg.ts'

const INK = '#1F2328'
const SCALE = bilingual('比例尺', 'Scale')
const NORTH = bilingual('北', 'N')
/** A bar of at most this much paper; the real one is the largest round ground length that fits. */
const LONGEST_BAR_PT = 42 * PT_PER_MM

/** A round ground length for a scale bar, metres: 1, 2 or 5 times a power of ten. */
export function roundBarM(longestM: number): number {
  const power = 10 ** Math.floor(Math.log10(longestM))
  return ([5, 2, 1].find((step) => step * power <= longestM) ?? 1) * power
}

/** Digits in groups of three with a thin gap that every font has. */
const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ')

/** How long the scale bar is: metres on the ground, points on paper. `size`: how large the furniture is, 1 on A4. */
export function barLength({ denominator }: Pick<Paper, 'denominator'>, size = 1): { barM: number; widthPt: number } {
  const metresPerPt = denominator / 1000 / PT_PER_MM
  const barM = roundBarM(LONGEST_BAR_PT * size * metresPerPt)
  return { barM, widthPt: barM / metresPerPt }
}

/** Scale bar of four fields with round numbers, and the scale as a fraction. `x`, `y`: its top left, points; its length is true at any `size`. */
export function scaleBar(paper: Paper, x: number, y: number, lang: DrawnLang, size = 1): string {
  const { barM, widthPt: width } = barLength(paper, size)
  const unit = barM >= 2000 ? { metres: 1000, label: 'km' } : { metres: 1, label: 'm' }
  const fields = [0, 1, 2, 3]
    .map((field) =>
      rectangle(
        x + (field * width) / 4,
        y,
        width / 4,
        3.4 * size,
        ` fill="${field % 2 === 0 ? INK : '#FFFFFF'}" stroke="${INK}" stroke-width="0.5"`,
      ),
    )
    .join('')
  const figure = (share: number) => String((barM * share) / unit.metres)
  const labels = [0, 0.5, 1]
    .map((share) => text(x + width * share, y + 11 * size, figure(share), { size: 6.5 * size, anchor: 'middle', colour: INK }))
    .join('')
  const name = text(x + width + 9 * size, y + 11 * size, unit.label, { size: 6.5 * size, colour: INK })
  const fraction = text(x + width + 26 * size, y + 4.6 * size, `${inDrawn(SCALE, lang)} 1:${grouped(paper.denominator)}`, {
    size: 7.5 * size,
    colour: INK,
  })
  return fields + labels + name + fraction
}

/** North arrow: half dark, half white, with its letter. `x` is its middle, `y` its top, points. */
export function northArrow(x: number, y: number, lang: DrawnLang): string {
  const dark = path(`M${x} ${y + 9}l-6 19 6 -4.5Z`, ` fill="${INK}" stroke="${INK}" stroke-width="0.5"`)
  const light = path(`M${x} ${y + 9}l6 19 -6 -4.5Z`, ` fill="#FFFFFF" stroke="${INK}" stroke-width="0.5"`)
  return dark + light + text(x, y + 6.5, inDrawn(NORTH, lang), { size: 8, weight: 'bold', anchor: 'middle', colour: INK })
}
