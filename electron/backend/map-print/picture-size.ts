import type { Paper } from '#core/map/paper.ts'

/** How finely pictures on a sheet are drawn: for paper, or to look at before. */
export const PICTURE_DETAILS = {
  /** Sixteen million pixels are 64 MB while they are made. */
  print: { dotsPerInch: 300, mostPx: 16_000_000 },
  screen: { dotsPerInch: 110, mostPx: 1_200_000 },
} as const
export type PictureDetail = keyof typeof PICTURE_DETAILS

/** Ground per pixel of a picture that fills a window on paper: at most the dots that a printer has, and what memory allows. */
export function metresPerPx(
  { windowM: [minX, minY, maxX, maxY], denominator }: Pick<Paper, 'windowM' | 'denominator'>,
  detail: PictureDetail,
): number {
  const { dotsPerInch, mostPx } = PICTURE_DETAILS[detail]
  return Math.max((denominator * 0.0254) / dotsPerInch, Math.sqrt(((maxX - minX) * (maxY - minY)) / mostPx))
}

/** A PNG as a drawing carries it. */
export const asData = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`

/** `#RRGGBB` or `#RRGGBBAA`, made fainter: red, green, blue, alpha; nothing at all for null. */
export function pixelOf(colour: string | null, opacity: number): number[] {
  if (colour === null) return [0, 0, 0, 0]
  const [red = 0, green = 0, blue = 0, alpha = 255] = [1, 3, 5, 7].map((at) => parseInt(colour.slice(at, at + 2) || 'ff', 16))
  return [red, green, blue, Math.round(alpha * opacity)]
}
