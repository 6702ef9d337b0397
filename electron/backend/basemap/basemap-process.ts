import { AppError } from '#core/errors.ts'
import { parentChannel } from '../import/parent-channel.ts'
import type { BasemapReply, BasemapRequest } from './messages.ts'
import { openTileArchive, type TileArchive } from './tile-archive.ts'

/**
 * The killable process that reads the basemap: someone else's file, open for as long as it is shown. It only ever reads, and
 * answers each request once; a damaged file can end it, and the backend starts another.
 */
const parent = parentChannel()
const opened = new Map<string, Promise<TileArchive>>()

function archiveOf({ file, shown, stagingDir }: BasemapRequest): Promise<TileArchive> {
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = stagingDir
  const archive = opened.get(file) ?? openTileArchive(file, shown)
  opened.set(file, archive)
  return archive
}

async function answer(request: BasemapRequest): Promise<BasemapReply> {
  const { id } = request
  try {
    const archive = await archiveOf(request)
    if (request.ask === 'open') return { id, value: archive.facts }
    return { id, value: await archive.tile(request.z, request.x, request.y) }
  } catch (error) {
    if (error instanceof AppError) return { id, refused: error.toWire() }
    return { id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parent.onMessage((message) => void answer(message as BasemapRequest).then((reply) => parent.post(reply)))
