import { drag, framesOf, launch, type Frames, type HD } from './map-page.ts'

/** A canvas that shows a few squares and moves them with the pointer: the least that anything dragged can do. */
const PAGE = `<!doctype html><meta charset="utf-8"><style>html,body,#map{margin:0;height:100%;overflow:hidden}</style><div id="map"><canvas></canvas></div><script>
const canvas = document.querySelector('canvas')
canvas.width = innerWidth
canvas.height = innerHeight
const context = canvas.getContext('2d')
const draw = (x, y) => {
  context.fillStyle = '#FFFFFF'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#2E7D32'
  for (let at = 0; at < 8; at++) context.fillRect(x + 60 * at, y + 30 * at, 40, 40)
}
draw(0, 0)
addEventListener('pointermove', ({ clientX, clientY }) => requestAnimationFrame(() => draw(clientX, clientY)))
</script>`

/** The same drag on a page that has nothing to draw: what the browser and the measuring take by themselves. */
export async function measureFloor(viewport: typeof HD): Promise<Frames> {
  const browser = await launch()
  try {
    const page = await browser.newPage({ viewport })
    await page.setContent(PAGE)
    return await framesOf(page, () => drag(page, '#map'), 'moved')
  } finally {
    await browser.close()
  }
}
