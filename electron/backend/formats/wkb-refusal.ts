import { AppError } from '#core/errors.ts'
import { WkbError } from './wkb.ts'

/** A geometry that cannot be decoded, as a refusal with its place; any other failure is handed on as it is. */
export function wkbRefusal(error: unknown, place: { file: string; layer: string | null; row: number }): unknown {
  if (!(error instanceof WkbError)) return error
  switch (error.detail.problem) {
    case 'curve':
      return new AppError('import.curve-geometry', { ...place, type: error.detail.type }, { cause: error })
    case 'unsupported':
      return new AppError('import.unsupported-geometry', { ...place, type: error.detail.type }, { cause: error })
    case 'not-finite':
      return new AppError('import.bad-coordinate', place, { cause: error })
    case 'broken':
      return new AppError('import.geometry-broken', place, { cause: error })
  }
}
