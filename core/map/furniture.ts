import type { Lang } from '../text.ts'
import { PT_PER_MM, type Paper } from './paper.ts'
import { path, rectangle, text } from './svg.ts'

const INK = '#1F2328'
/** A bar of at most this much paper; the real one is the largest round ground length that fits. */
const LONGEST_BAR_PT = 42 * PT_PER_MM

/** A round ground length for a scale bar, metres: 1, 2 or 5 times a power of ten. */
export function roundBarM(longestM: number): number {
  const power = 10 ** Math.floor(Math.log10(longestM))
  return ([5, 2, 1].find((step) => step * power <= longestM) ?? 1) * power
}

/** Digits in groups of three with a thin gap that every font has. */
const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ')

/** Scale bar of four fields with round numbers, and the scale as a fraction. `x`, `y`: its top left, points. */
export function scaleBar(paper: Paper, x: number, y: number, lang: Lang): string {
  const metresPerPt = paper.denominator / 1000 / PT_PER_MM
  const barM = roundBarM(LONGEST_BAR_PT * metresPerPt)
  const unit = barM >= 2000 ? { metres: 1000, label: 'km' } : { metres: 1, label: 'm' }
  const width = barM / metresPerPt
  const fields = [0, 1, 2, 3]
    .map((field) =>
      rectangle(
        x + (field * width) / 4,
        y,
        width / 4,
        3.4,
        ` fill="${field % 2 === 0 ? INK : '#FFFFFF'}" stroke="${INK}" stroke-width="0.5"`,
      ),
    )
    .join('')
  const figure = (share: number) => String((barM * share) / unit.metres)
  const labels = [0, 0.5, 1]
    .map((share) => text(x + width * share, y + 11, figure(share), { size: 6.5, anchor: 'middle', colour: INK }))
    .join('')
  const name = text(x + width + 9, y + 11, unit.label, { size: 6.5, colour: INK })
  const fraction = text(x + width + 26, y + 4.6, `${lang === 'zh' ? '比例尺' : 'Scale'} 1:${grouped(paper.denominator)}`, {
    size: 7.5,
    colour: INK,
  })
  return fields + labels + name + fraction
}

/** North arrow: half dark, half white, with its letter. `x` is its middle, `y` its top, points. */
export function northArrow(x: number, y: number, lang: Lang): string {
  const dark = path(`M${x} ${y + 9}l-6 19 6 -4.5Z`, ` fill="${INK}" stroke="${INK}" stroke-width="0.5"`)
  const light = path(`M${x} ${y + 9}l6 19 -6 -4.5Z`, ` fill="#FFFFFF" stroke="${INK}" stroke-width="0.5"`)
  return dark + light + text(x, y + 6.5, lang === 'zh' ? '北' : 'N', { size: 8, weight: 'bold', anchor: 'middle', colour: INK })
}
