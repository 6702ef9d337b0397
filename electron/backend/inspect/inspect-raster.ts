import { guessRole } from '#core/intake/guess-role.ts'
import { rasterExtent } from '#core/geo/raster.ts'
import type { Guess, InspectedLayer, LayerChoice } from '#core/model/inspection.ts'
import { bilingual } from '#core/text.ts'
import type { RasterFormat } from '../formats/raster/raster-format.ts'

const CHOSEN = bilingual('由您选定', 'chosen by you')
const NO_TEXT: Guess<string | null> = { value: null, confidence: 1, reason: bilingual('栅格没有文字', 'a grid holds no text') }
const NO_FIELDS: Guess<Record<string, string>> = {
  value: {},
  confidence: 1,
  reason: bilingual('栅格没有字段', 'a grid has no fields'),
}

/** What a grid is: size, place, system, role. Its header is read; its cells are looked at only when it is imported. */
export async function inspectRaster(
  format: RasterFormat,
  { file, shown, layer = null }: { file: string; shown: string; layer?: string | null },
  choices: readonly LayerChoice[],
): Promise<InspectedLayer> {
  const source = await format.open(file, { displayName: layer === null ? shown : `${shown}/${layer}` })
  try {
    const { place, bands, noData } = source
    const { columns, rows, cellX, cellY } = place
    const choice = choices.find(({ path, layer: of }) => path === shown && of === layer)
    return {
      path: shown,
      layer,
      format: format.id,
      kind: 'raster',
      geometryTypes: {},
      features: columns * rows,
      extent: rasterExtent(place),
      crs: choice?.crs ? { value: choice.crs, confidence: 1, reason: CHOSEN } : source.crs,
      encoding: NO_TEXT,
      role: choice?.role ? { value: choice.role, confidence: 1, reason: CHOSEN } : guessRole(layer, shown, 'raster', []),
      fields: NO_FIELDS,
      sourceFields: [],
      classes: [],
      problems: source.notes,
      raster: { columns, rows, cellX, cellY, bands, noData },
    }
  } finally {
    source.close()
  }
}
