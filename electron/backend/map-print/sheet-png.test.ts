import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '#core/geo/build.ts'
import { classIndexes, legendFor } from '#core/map/legend.ts'
import { composeMapSheet } from '#core/map-sheet/compose.ts'
import type { LayerId } from '#core/model/ids.ts'
import { roleInfo } from '#core/model/roles.ts'
import { decodePng } from '../basemap/decode-tile.ts'
import { sheetPng } from './sheet-png.ts'

/** Dwellings of 5 km by 8 km, alone on a sheet of A4. */
function dwellings(scale: number) {
  const columns = layerFromSketches('landuse_plan', [
    { polygon: [[[0, 0], [5000, 0], [5000, 8000], [0, 8000]]], attributes: { class: '0701' } }, // prettier-ignore
  ])
  const [legend] = legendFor(columns)
  const layer = {
    id: 'landuse_plan' as LayerId,
    title: roleInfo('landuse_plan').title,
    columns,
    classOf: classIndexes(columns),
    legend: legendFor(columns),
    opacity: 1,
  }
  const sheet = composeMapSheet({
    layers: [layer],
    extentM: [0, 0, 5000, 8000],
    title: '两站 <&> \u{10FFFD}',
    crs: 'EPSG:4547',
    date: '2026-11-23',
    source: '',
    names: false,
    lang: 'zh',
    printer: null,
    leftOut: [],
    paper: 'A4',
    orientation: 'portrait',
    scale,
    centreM: null,
  })
  return { page: sheet.pages[0], fill: legend?.fill ?? '' }
}

/** How many pixels in a row at most have a colour, across and down. */
function longestRuns(png: Uint8Array, fill: string): [number, number] {
  const { rgba, width, height } = decodePng(png)
  const wanted = [1, 3, 5].map((at) => parseInt(fill.slice(at, at + 2), 16))
  const isFill = (x: number, y: number) => wanted.every((part, at) => Math.abs((rgba[4 * (y * width + x) + at] ?? 0) - part) <= 2)
  const longest = (length: number, at: (step: number) => boolean) => {
    let [run, most] = [0, 0]
    for (let step = 0; step < length; step++) {
      run = at(step) ? run + 1 : 0
      most = Math.max(most, run)
    }
    return most
  }
  const [middleX, middleY] = [Math.round(width * 0.4), Math.round(height / 2)]
  return [longest(width, (x) => isFill(x, middleY)), longest(height, (y) => isFill(middleX, y))]
}

describe('a sheet as a picture', () => {
  it.each([50_000, 80_000])('keeps its scale to a few pixels of 150 to the inch, at 1:%i', async (scale) => {
    const { page, fill } = dwellings(scale)
    if (page === undefined) throw new Error('no page')
    const [across, down] = longestRuns(await sheetPng(page, {}), fill)
    const pixels = (metres: number) => (metres / scale / 0.0254) * 150
    // The outline covers the edge.
    expect(Math.abs(across - pixels(5000))).toBeLessThan(5)
    expect(Math.abs(down - pixels(8000))).toBeLessThan(5)
  })
})
