import type { BasemapTile } from '#core/contract/basemap.ts'
import type { WireError } from '#core/errors.ts'
import type { ArchiveFacts } from './tile-archive.ts'

/** What the backend asks of the basemap process. */
export type BasemapRequest = { id: number; file: string; shown: string; stagingDir: string } & (
  { ask: 'open' } | { ask: 'tile'; z: number; x: number; y: number }
)

export type BasemapReply = { id: number } & (
  { value: ArchiveFacts | BasemapTile | null } | { refused: WireError } | { failed: string }
)
