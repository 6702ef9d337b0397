import { rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openBasemap } from '#backend/basemap/open-basemap.ts'
import { encodePng } from '#backend/basemap/png.ts'
import { inspectSheet } from '#backend/sheets/inspect-sheet.ts'
import { writePicture } from '#backend/sheets/tiff-sheet.ts'
import { SQUARE_PX } from '#core/contract/basemap.ts'
import { makeTransform } from '#core/crs/crs.ts'
import { equalAreaFrame, toFrame } from '#core/geo/frame.ts'
import type { SheetPage } from '#core/model/sheet.ts'
import { LANGS } from '#core/text.ts'

/** Files that are looked at and never imported: what lies under a plan. Each is fuzzed like a format. */
export const PICTURE_LANES = [
  'sheet-pdf',
  'sheet-geopdf',
  'sheet-png',
  'sheet-jpeg',
  'sheet-tiff',
  'sheet-world-file',
  'basemap-mbtiles',
  'basemap-pmtiles',
  'basemap-geotiff',
] as const
export type PictureLane = (typeof PICTURE_LANES)[number]

export const isPictureLane = (id: string): id is PictureLane => PICTURE_LANES.some((lane) => lane === id)

function badPage({ page, width, height, registrations, problems }: SheetPage): string | undefined {
  if (!(width > 0 && height > 0 && Number.isFinite(width) && Number.isFinite(height)))
    return `page ${page} is ${width} × ${height}`
  for (const { pairs, neatline, reason, crs } of registrations) {
    const numbers = [...pairs.flatMap(({ sheet, place }) => [...sheet, ...place]), ...(neatline ?? []).flat()]
    if (!numbers.every(Number.isFinite)) return `page ${page}: a registration with a place that is no number`
    if (pairs.length === 0) return `page ${page}: a registration without a place`
    if (!(crs.confidence >= 0 && crs.confidence <= 1)) return `page ${page}: a confidence of ${crs.confidence}`
    if (LANGS.some((lang) => reason[lang].trim() === '')) return `page ${page}: a registration without a reason`
  }
  return problems.some((text) => LANGS.some((lang) => text[lang].trim() === ''))
    ? `page ${page}: a problem has no words`
    : undefined
}

/** As the sheet process does: looked into, and a TIFF drawn once as a PNG. */
async function judgeSheet(named: string): Promise<string | undefined> {
  const file = named.replace(/\.pgw$/, '.png')
  const { kind, pages } = await inspectSheet(file, path.basename(file))
  // As it would cross the process boundary.
  const problem = structuredClone(pages)
    .map(badPage)
    .find((found) => found !== undefined)
  if (problem !== undefined || kind !== 'tiff') return problem
  const target = path.join(tmpdir(), 'picture.png')
  try {
    await writePicture(file, path.basename(file), target)
    return statSync(target).size > 0 ? undefined : 'an empty picture'
  } finally {
    rmSync(target, { force: true })
  }
}

const PLAN_CRS = 'EPSG:4547'
const frame = equalAreaFrame(114.03, 30.5, 6_378_137, 298.257222101)

/** As the basemap process does: opened, and asked for what a screen asks first. */
async function judgeBasemap(file: string): Promise<string | undefined> {
  const thinFile = path.join(tmpdir(), 'thin')
  const basemap = await openBasemap(file, path.basename(file), thinFile)
  try {
    const { minZoom, maxZoom } = structuredClone(basemap.facts)
    if (!(minZoom >= 0 && minZoom <= maxZoom && maxZoom <= 24)) return `levels from ${minZoom} to ${maxZoom}`
    for (const [z, x, y] of [[0, 0, 0], [1, 0, 1], [minZoom, 0, 0], [maxZoom, 0, 0]] as const) await basemap.tile(z, x, y) // prettier-ignore
    const [leftM, topM] = toFrame(frame)(...makeTransform(PLAN_CRS, 'EPSG:4490')(503_000, 3_376_000))
    for (const metresPerPx of [2, 400]) {
      const rgba = await basemap.square({ frame, planCrs: PLAN_CRS, leftM: leftM - 10, topM: topM + 10, metresPerPx })
      if (rgba && encodePng(rgba, SQUARE_PX, SQUARE_PX).length === 0) return 'an empty square'
    }
    return undefined
  } finally {
    basemap.close()
    rmSync(thinFile, { force: true })
  }
}

/** What is wrong with the answer for a picture; undefined when it is good. Refusals are thrown. */
export function judgePicture(lane: PictureLane, file: string): Promise<string | undefined> {
  return lane.startsWith('sheet-') ? judgeSheet(file) : judgeBasemap(file)
}
