import { createServer, type Server } from 'node:http'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { LayerColumns } from '#core/geo/columns.ts'
import { classIndexes, legendFor } from '#core/map/legend.ts'
import { drag, framesOf, HD, launch, rendererMemory, shown, VIEWS, wheel, at, type Measured, type View } from './map-page.ts'

/** A metre on the equator in degrees: the plane of the plan is laid there, where web mercator is true. */
const DEGREES_PER_M = 360 / 40_075_016.686
const PATIENCE_MS = 300_000
/** Longer than this the other map is not waited for, whatever it does: what it did until then counts. */
const MOST_MS = 720_000
const PIECE = 2 ** 20
const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="/lib/maplibre-gl.css">
<style>html,body,#map{margin:0;height:100%}</style><div id="map"></div><script type="module">
import * as library from '/lib/maplibre-gl.mjs'
window.library = library
library.setWorkerUrl?.('/lib/maplibre-gl-worker.mjs')
</script>`

/** Parcels as one GeoJSON source, the way it is fed in the measurements that the rendering path was chosen by. */
function* geoJson(layer: LayerColumns): Generator<string> {
  const classOf = classIndexes(layer)
  const degrees = (mm: number) => ((mm / 1000) * DEGREES_PER_M).toFixed(8)
  yield '{"type":"FeatureCollection","features":['
  for (let feature = 0; feature < layer.count; feature++) {
    const parts: string[] = []
    for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part++) {
      const rings: string[] = []
      for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring++) {
        const places: string[] = []
        for (let vertex = layer.ringOff[ring] ?? 0; vertex < (layer.ringOff[ring + 1] ?? 0); vertex++)
          places.push(`[${degrees(layer.xy[2 * vertex] ?? 0)},${degrees(layer.xy[2 * vertex + 1] ?? 0)}]`)
        rings.push(`[${places.join(',')}]`)
      }
      parts.push(`[${rings.join(',')}]`)
    }
    const more = feature === 0 ? '' : ','
    yield `${more}{"type":"Feature","id":${layer.fid[feature]},"properties":{"c":${classOf[feature]}},"geometry":{"type":"MultiPolygon","coordinates":[${parts.join(',')}]}}`
  }
  yield ']}'
}

/** The same text in pieces of a megabyte, so that a million parcels never wait in memory. */
function* pieces(layer: LayerColumns): Generator<string> {
  let piece = ''
  for (const text of geoJson(layer)) {
    piece += text
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}

/** The same colours and outlines as our legend; hatches are left out, in its favour. */
function styleOf(layer: LayerColumns) {
  const legend = legendFor(layer)
  const byClass = (of: (entry: (typeof legend)[number]) => string | number, otherwise: string | number) => [
    'match',
    ['get', 'c'],
    ...legend.flatMap((entry) => [entry.index, of(entry)]),
    otherwise,
  ]
  const source = { type: 'geojson', data: '/parcels.json', maxzoom: 16, buffer: 32 }
  return {
    version: 8,
    sources: { parcels: source },
    layers: [
      {
        id: 'fill',
        type: 'fill',
        source: 'parcels',
        paint: { 'fill-color': byClass(({ fill }) => fill ?? '#FFFFFF', '#FFFFFF'), 'fill-antialias': false },
      },
      {
        id: 'line',
        type: 'line',
        source: 'parcels',
        paint: {
          'line-color': byClass(({ stroke }) => (stroke ?? '#000000').slice(0, 7), '#000000'),
          'line-width': legend[0]?.strokeWidthPx ?? 1,
        },
      },
    ],
  }
}

function serve(folder: string, layer: LayerColumns): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/parcels.json') {
      response.setHeader('content-type', 'application/json')
      Readable.from(pieces(layer)).pipe(response)
    } else if (pathname.startsWith('/lib/')) {
      const file = path.basename(pathname)
      response.setHeader('content-type', file.endsWith('.css') ? 'text/css' : 'text/javascript')
      response.end(readFileSync(path.join(folder, 'dist', file)))
    } else response.setHeader('content-type', 'text/html').end(PAGE)
  })
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/` })
    }),
  )
}

const LOADED = `new Promise((done) => { const look = () => (window.library ? done(true) : setTimeout(look, 50)); look() })`
/** Resolves with true at the first still picture, or with false where there is none in time. */
const START = (style: unknown, centre: readonly number[], zoom: number) => `new Promise((told) => {
  window.map = new library.Map({ container: 'map', style: ${JSON.stringify(style)}, center: ${JSON.stringify(centre)}, zoom: ${zoom}, fadeDuration: 0, attributionControl: false })
  map.once('idle', () => told(true))
  setTimeout(() => told(false), ${PATIENCE_MS})
})`
const STILL = `new Promise((told) => { map.once('idle', () => told(true)); map.triggerRepaint(); setTimeout(() => told(false), ${PATIENCE_MS}) })`
const ASK = (place: number) => `(() => {
  const { clientWidth, clientHeight } = map.getCanvas()
  const from = performance.now()
  map.queryRenderedFeatures([clientWidth * ${0.15 + 0.7 * ((place * 0.618) % 1)}, clientHeight * ${0.2 + 0.5 * ((place * 0.414) % 1)}])
  return performance.now() - from
})()`

const zoomOf = (metresPerPx: number): number => Math.log2(40_075_016.686 / 512 / metresPerPx)

/** What the other map did, and why it did not do the rest. */
export type Theirs = Measured & { ended: string | null }

/** MapLibre GL on the same parcels at the same scales, in the same Chromium: as far as it comes in twelve minutes. */
export async function measureMapLibre(folder: string, layer: LayerColumns, scales: Record<View, number>): Promise<Theirs> {
  const { server, url } = await serve(folder, layer)
  const browser = await launch()
  const done: Theirs = { firstPaintMs: null, pan: {}, zoom: null, identifyMs: null, rendererMb: null, ended: null }
  const late = new AbortController()
  try {
    const page = await browser.newPage({ viewport: HD })
    page.setDefaultTimeout(PATIENCE_MS)
    let crashed = false
    page.once('crash', () => (crashed = true))
    const measured = measure(page, url, styleOf(layer), scales, done).catch((error: unknown) => {
      done.ended = crashed ? 'its page crashed' : `it failed: ${String(error).split('\n')[0]}`
    })
    const tooLate = after(MOST_MS, undefined, { signal: late.signal }).then(
      () => (done.ended = `not done in ${MOST_MS / 60_000} minutes`),
      () => undefined,
    )
    await Promise.race([measured, tooLate])
    done.rendererMb = await rendererMemory(browser).catch(() => null)
    // A copy: what still comes in while the browser closes was not in time.
    return { ...done, pan: { ...done.pan } }
  } finally {
    late.abort()
    await Promise.race([browser.close(), after(30_000, undefined, { ref: false })])
    server.close()
    server.closeAllConnections()
  }
}

/** Notes every figure as soon as it is known. */
async function measure(page: Page, url: string, style: unknown, scales: Record<View, number>, done: Theirs): Promise<void> {
  await page.goto(url)
  await page.evaluate(LOADED)
  const from = Number(await page.evaluate('performance.now()'))
  const isStill = (await page.evaluate(START(style, [0, 0], zoomOf(scales.city)))) as boolean
  if (!isStill) {
    done.ended = `no first paint in ${PATIENCE_MS / 60_000} minutes`
    return
  }
  await shown(page)
  done.firstPaintMs = Number(await page.evaluate('performance.now()')) - from
  for (const view of VIEWS) {
    await page.evaluate(`map.jumpTo({ center: [0, 0], zoom: ${zoomOf(scales[view])} })`)
    await page.evaluate(STILL)
    done.pan[view] = await framesOf(page, () => drag(page, '#map'), 'moved')
    await page.evaluate(STILL)
  }
  const asked: number[] = []
  for (let place = 0; place < 16; place++) asked.push(Number(await page.evaluate(ASK(place))))
  done.identifyMs = { medianMs: at(asked, 0.5), p95Ms: at(asked, 0.95) }
  await page.evaluate(`map.jumpTo({ center: [0, 0], zoom: ${zoomOf(scales.city)} })`)
  await page.evaluate(STILL)
  done.zoom = await framesOf(page, () => wheel(page, '#map', 8), 'all')
}
