import type { Square } from './ground-picture.ts'

/** What the backend asks of the basemap process; a square as a PNG, or as its cells (red, green, blue, alpha). `thinFile`: where a thinner copy of a large picture is kept. */
export type BasemapRequest = { file: string; shown: string; thinFile: string } & (
  { ask: 'open' } | { ask: 'tile'; z: number; x: number; y: number } | { ask: 'square' | 'cells'; square: Square }
)
