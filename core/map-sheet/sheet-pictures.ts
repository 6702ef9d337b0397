import type { LegendEntry } from '../contract/map-data.ts'
import { PT_PER_MM, type Paper } from '../map/paper.ts'
import type { PictureLayer } from './sheet-layer.ts'

interface Drawn {
  name: string
  windowM: Paper['windowM']
  data: string
  seen: readonly LegendEntry[]
}

const number = (value: number): string => String(Math.round(value * 1000) / 1000)

/** The pictures of one sheet: each is made once, and every page that shows some of it refers to it by name. */
export class SheetPictures {
  readonly #paper: Paper
  readonly #drawn = new Map<PictureLayer, Drawn | null>()

  constructor(paper: Paper) {
    this.#paper = paper
  }

  of(layer: PictureLayer): Drawn | null {
    const known = this.#drawn.get(layer)
    if (known !== undefined) return known
    const made = layer.picture(this.#paper)
    const drawn = made && { ...made, name: `gp-picture-${this.#drawn.size}` }
    this.#drawn.set(layer, drawn)
    return drawn
  }

  /** By name, as data. */
  all(): Record<string, string> {
    return Object.fromEntries([...this.#drawn.values()].flatMap((drawn) => (drawn === null ? [] : [[drawn.name, drawn.data]])))
  }
}

/** A picture where it lies on a paper, points from the upper left of its window. */
export function pictureSvg(
  { name, windowM }: Pick<Drawn, 'name' | 'windowM'>,
  paper: Pick<Paper, 'windowM' | 'denominator'>,
): string {
  const ptPerM = (1000 * PT_PER_MM) / paper.denominator
  const [minX, minY, maxX, maxY] = windowM
  const [x, y] = [(minX - paper.windowM[0]) * ptPerM, (paper.windowM[3] - maxY) * ptPerM]
  const [width, height] = [(maxX - minX) * ptPerM, (maxY - minY) * ptPerM]
  return `<image x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" preserveAspectRatio="none" href="${name}"/>`
}

/** A drawing that stands alone: pictures are in it, not beside it. */
export const withPictures = (svg: string, pictures: Readonly<Record<string, string>>): string =>
  svg.replace(/ href="(gp-picture-\d+)"/g, (whole, name: string) => {
    const data = pictures[name]
    return data === undefined ? whole : ` href="${data}"`
  })
