import type { TablePlace } from '#core/model/result-table.ts'
import type { StoredPlan } from '../analysis/messages.ts'

/** Asks the worker for the features behind figures of one indicator's tables. */
export interface FeaturesTask extends StoredPlan {
  task: 'features'
  indicator: string
  /** As the measurement was made with. */
  parameters: Record<string, number>
  places: TablePlace[]
  cacheDir: string
}

/** Asks the worker for the overlaid ground behind a matrix of land use. */
export interface PiecesTask extends StoredPlan {
  task: 'pieces'
  /** Of the class codes that name rows and columns. */
  digits: number
  cacheDir: string
}
