import { SQUARE_PX } from '#core/contract/basemap.ts'
import type { BasemapTile } from '#core/contract/basemap.ts'
import { answerRequests, type Asked } from './answer-requests.ts'
import type { BasemapRequest } from './messages.ts'
import { openBasemap, type OpenBasemap } from './open-basemap.ts'
import { encodePng } from './png.ts'

/**
 * The killable process that reads the basemap: someone else's file, open for as long as it is shown. It only ever reads, and
 * answers each request once; a damaged file can end it, and the backend starts another.
 */
const opened = new Map<string, Promise<OpenBasemap>>()

async function squareTile(basemap: OpenBasemap, square: Parameters<OpenBasemap['square']>[0]): Promise<BasemapTile | null> {
  const rgba = await basemap.square(square)
  return rgba && { type: 'image/png', bytes: encodePng(rgba, SQUARE_PX, SQUARE_PX) }
}

answerRequests<Asked & BasemapRequest>(async (request) => {
  const { file, shown, thinFile } = request
  const opening = opened.get(file) ?? openBasemap(file, shown, thinFile)
  opened.set(file, opening)
  const basemap = await opening
  if (request.ask === 'open') return basemap.facts
  if (request.ask === 'tile') return basemap.tile(request.z, request.x, request.y)
  if (request.ask === 'cells') return basemap.square(request.square)
  return squareTile(basemap, request.square)
})
