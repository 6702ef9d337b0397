/** Numbers of a CSS matrix, as a canvas wants them; the identity where there is none. */
function matrixOf(transform: string): [number, number, number, number, number, number] {
  const numbers = /^matrix\(([^)]*)\)$/.exec(transform)?.[1]?.split(',').map(Number) ?? []
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers
  return [a, b, c, d, e, f]
}

/** Draws the layers of a map, in their order and with their opacity, as they lie on the screen. */
function drawLayers(map: HTMLElement, context: CanvasRenderingContext2D, scale: number): void {
  for (const canvas of map.querySelectorAll<HTMLCanvasElement>('.ol-layer canvas, canvas.ol-layer')) {
    if (canvas.width === 0 || canvas.height === 0) continue
    const parent = canvas.parentElement
    context.globalAlpha = Number((parent?.style.opacity ?? '') || canvas.style.opacity || 1)
    const [a, b, c, d, e, f] = matrixOf(canvas.style.transform)
    context.setTransform(a * scale, b * scale, c * scale, d * scale, e * scale, f * scale)
    context.drawImage(canvas, 0, 0)
  }
}

/** The map that is on the screen as a PNG on white, in the screen's own pixels; null where no map is shown. */
export async function mapSnapshot(): Promise<Uint8Array<ArrayBuffer> | null> {
  const map = document.querySelector<HTMLElement>('.map-canvas')
  if (map === null || map.clientWidth === 0) return null
  const scale = window.devicePixelRatio
  const picture = document.createElement('canvas')
  picture.width = Math.round(map.clientWidth * scale)
  picture.height = Math.round(map.clientHeight * scale)
  const context = picture.getContext('2d')
  if (context === null) return null
  context.fillStyle = '#FFFFFF'
  context.fillRect(0, 0, picture.width, picture.height)
  drawLayers(map, context, scale)
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'))
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer())
}
