import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { MOST_STROKED_POINTS } from './stroke-arcs.ts'
import { WkbError } from './wkb.ts'

/** A geometry that cannot be decoded, as a refusal with its place; any other failure is handed on as it is. */
export function wkbRefusal(error: unknown, place: { file: string; layer: string | null; row: number }): unknown {
  if (!(error instanceof WkbError)) return error
  switch (error.detail.problem) {
    case 'too-many-points':
      return new AppError(
        'import.limit',
        {
          file: place.file,
          layer: place.layer,
          what: bilingual(`第 ${place.row} 行曲线离散后的点数`, `points when the curves of row ${place.row} are made straight`),
          limit: MOST_STROKED_POINTS,
        },
        { cause: error },
      )
    case 'unsupported':
      return new AppError('import.unsupported-geometry', { ...place, type: error.detail.type }, { cause: error })
    case 'not-finite':
      return new AppError('import.bad-coordinate', place, { cause: error })
    case 'broken':
      return new AppError('import.geometry-broken', place, { cause: error })
  }
}
