import { path, rectangle, text } from '../map/svg.ts'
import type { MapFigure } from '../memo/document.ts'
import type { LayerShape } from '../model/inspection.ts'
import type { Lang } from '../text.ts'
import { overviewOf } from './overview.ts'

const WIDTH = 440
const HEIGHT = 260
const INK = '#1B5E3A'
const PALE = '#57606A'

/** The layers' places over each other, numbered as in the table; null when no layer has any place. */
export function reportMap(layers: readonly { number: number; shape: LayerShape | null }[], lang: Lang): MapFigure | null {
  const keyed = layers.map(({ number, shape }) => ({ key: String(number), shape }))
  const overview = overviewOf(keyed, { width: WIDTH, height: HEIGHT, margin: 24 })
  if (overview.shapes.length === 0) return null
  const frame = rectangle(0.5, 0.5, WIDTH - 1, HEIGHT - 1, ' fill="#FFFFFF" stroke="#C9D3CC" stroke-width="1"')
  const outlines = overview.shapes.map(({ d }) =>
    path(d, ` fill="none" stroke="${INK}" stroke-opacity="0.45" stroke-width="0.6"`),
  )
  const boxes = overview.shapes.map(({ box }) =>
    rectangle(box.x, box.y, box.width, box.height, ` fill="none" stroke="${PALE}" stroke-width="0.8" stroke-dasharray="3 2"`),
  )
  const labels = overview.shapes.map(({ key, box }, index) => {
    const right = index % 2 === 1
    const below = index % 4 > 1
    const x = right ? box.x + box.width : box.x
    const y = below ? box.y + box.height + 10 : box.y - 3
    const at = { x: Math.min(WIDTH - 6, Math.max(6, x)), y: Math.min(HEIGHT - 4, Math.max(11, y)) }
    return text(at.x, at.y, key, { size: 10, weight: 'bold', colour: INK, anchor: right ? 'end' : 'start' })
  })
  const zh = lang === 'zh'
  const caption = zh ? '各图层位置' : 'Where the layers lie'
  const across = acrossWords(overview.acrossM, lang)
  const alt = zh
    ? `${overview.shapes.length} 个图层的轮廓与范围叠置示意${across}${overview.unplaced.length > 0 ? `；图层 ${overview.unplaced.join('、')} 坐标系未知，未画出` : ''}。`
    : `Outlines and extents of ${overview.shapes.length} layers over each other${across}${overview.unplaced.length > 0 ? `; layers ${overview.unplaced.join(', ')} have no known system and are not drawn` : ''}.`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${caption}">${frame}${outlines.join('')}${boxes.join('')}${labels.join('')}</svg>`
  return { svg, widthMm: 150, heightMm: (150 * HEIGHT) / WIDTH, caption: `${caption}${across}`, alt }
}

function acrossWords(acrossM: number | null, lang: Lang): string {
  if (acrossM === null) return ''
  const km = acrossM / 1000
  const shown = km >= 10 ? Math.round(km) : Math.round(km * 10) / 10
  return lang === 'zh' ? `（图幅宽约 ${shown} 公里）` : ` (the sheet is about ${shown} km across)`
}
