import { ImageRun, Paragraph } from 'docx'
import type { MapFigure, PictureFigure } from '#core/memo/document.ts'
import { SANS } from './fonts.ts'
import { rasterised } from './docx-raster.ts'
import { docxText } from './docx-runs.ts'
import type { DocxLook } from './docx-look.ts'

const PX_PER_MM = 96 / 25.4
/** Room on a page for a heading and the caption. */
const AROUND_MM = 30
const MOST_PICTURE_MM = 105

/** The drawing with fonts that a word processor's computer may have, the product's own first. */
export const portableSvg = (svg: string): string =>
  svg.replaceAll(`font-family="${SANS}"`, `font-family="${SANS}, Microsoft YaHei, SimHei, sans-serif"`)

const caption = (text: string, look: DocxLook): Paragraph =>
  new Paragraph({ style: 'Caption', alignment: 'center', keepNext: false, children: docxText(text, look) })

/** A drawing as a drawing, with a picture of it for word processors that show none, its description and its caption. */
export async function mapParagraphs(figure: MapFigure, look: DocxLook, roomMm = look.contentMm): Promise<Paragraph[]> {
  const { svg, widthMm, heightMm, alt } = figure
  const scale = Math.min(1, roomMm.width / widthMm, (roomMm.height - AROUND_MM) / heightMm)
  const [width, height] = [widthMm * scale, heightMm * scale]
  const transformation = { width: Math.round(width * PX_PER_MM), height: Math.round(height * PX_PER_MM) }
  const png = Buffer.from(await rasterised(svg, width, height))
  const image = new ImageRun({
    type: 'svg',
    data: Buffer.from(portableSvg(svg), 'utf8'),
    transformation,
    altText: { name: figure.caption.slice(0, 60), title: figure.caption, description: alt || figure.caption },
    fallback: { type: 'png', data: png },
  })
  return [new Paragraph({ alignment: 'center', keepNext: true, children: [image] }), caption(figure.caption, look)]
}

/** A picture out of the catalogue, never larger than it is. */
export function pictureParagraphs(picture: PictureFigure, bytes: Uint8Array | undefined, look: DocxLook): Paragraph[] {
  const { sha256, widthPx, heightPx, alt } = picture
  if (bytes === undefined) throw new Error(`the bytes of picture ${sha256} were not given`)
  const scale = Math.min(1, (look.contentMm.width * PX_PER_MM) / widthPx, (MOST_PICTURE_MM * PX_PER_MM) / heightPx)
  const image = new ImageRun({
    type: 'png',
    data: Buffer.from(bytes),
    transformation: { width: Math.round(widthPx * scale), height: Math.round(heightPx * scale) },
    altText: { name: picture.caption.slice(0, 60), title: picture.caption, description: alt || picture.caption },
  })
  return [new Paragraph({ alignment: 'center', keepNext: true, children: [image] }), caption(picture.caption, look)]
}
