import LayerGroup from 'ol/layer/Group'
import ImageLayer from 'ol/layer/Image'
import ImageCanvasSource from 'ol/source/ImageCanvas'
import { drawSheet, type LaidSheet } from './draw-sheet.ts'

/** Plan sheets as layers of the map, some under the plan and some over it, each drawn anew for every view. */
export class SheetLayers {
  readonly under = new LayerGroup()
  readonly over = new LayerGroup()

  show(sheets: readonly LaidSheet[]): void {
    for (const group of [this.under, this.over]) {
      const layers = group.getLayers()
      layers.forEach((layer) => layer.dispose())
      layers.clear()
      for (const sheet of sheets)
        if (sheet.above === (group === this.over))
          layers.push(new ImageLayer({ source: sourceOf(sheet), opacity: sheet.opacity }))
    }
  }
}

const sourceOf = (sheet: LaidSheet): ImageCanvasSource =>
  new ImageCanvasSource({
    ratio: 1.2,
    canvasFunction: ([left = 0, , , top = 0], resolution, pixelRatio, [width = 1, height = 1]) => {
      const canvas = document.createElement('canvas')
      canvas.width = Math.max(1, Math.round(width))
      canvas.height = Math.max(1, Math.round(height))
      const context = canvas.getContext('2d')
      if (context) drawSheet(context, sheet, { leftM: left, topM: top, metresPerPx: resolution / pixelRatio })
      return canvas
    },
  })
