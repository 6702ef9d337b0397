import type { Square } from './ground-picture.ts'

/** What the backend asks of the basemap process. `thinFile`: where a thinner copy of a large picture is kept. */
export type BasemapRequest = { file: string; shown: string; thinFile: string } & (
  { ask: 'open' } | { ask: 'tile'; z: number; x: number; y: number } | { ask: 'square'; square: Square }
)
