import { guessFromCoordinates, type Extent } from '#core/crs/coordinates.ts'
import { checkAgainstExtent } from '#core/crs/plausible.ts'
import { crsInfo } from '#core/crs/crs.ts'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import type { Guess } from '#core/model/inspection.ts'
import { bilingual, type Bilingual } from '#core/text.ts'

/** What a container says of a layer's system: a code, a text, both or nothing. `source` names the container in the reason. */
export interface StatedCrs {
  source: Bilingual
  epsg?: number | null
  wkt?: string | null
}

/** A system that the format itself prescribes, checked against the coordinates. */
export const prescribedCrs = (code: string, reason: Bilingual, extent: Extent | null): Guess<string | null> =>
  checkAgainstExtent({ value: code, confidence: 0.98, reason }, extent)

/** The system that a container states, with the reason; without a statement the coordinates are looked at. */
export function statedCrs({ source, epsg = null, wkt = null }: StatedCrs, extent: Extent | null): Guess<string | null> {
  const info = epsg === null || epsg <= 0 ? undefined : crsInfo(`EPSG:${epsg}`)
  if (info)
    return prescribedCrs(
      info.code,
      bilingual(`${source.zh}写明 ${info.code}, ${info.name}`, `${source.en} names ${info.code}, ${info.name}`),
      extent,
    )
  if (wkt !== null && wkt.trim() !== '') return recogniseFromWkt([{ source: source.en, text: wkt }], extent)
  return guessFromCoordinates(extent, bilingual(`${source.zh}没有写明坐标系`, `${source.en} names no coordinate system`))
}
