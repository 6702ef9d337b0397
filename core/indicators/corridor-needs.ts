import type { LayerColumns } from '../geo/columns.ts'
import { numberAt } from '../geo/columns.ts'
import { CORRIDOR_FUNCTIONS, CORRIDOR_LEVELS } from '../reference/corridor-functions.ts'
import type { Bilingual } from '../text.ts'
import { wordedField } from './worded-field.ts'

/** How wide a corridor must be, why, and whether it is one of those that N04 counts. */
export interface CorridorNeed {
  widthM: number
  /** The function or level that asks for this width; null where the corridor states neither. */
  why: Bilingual | null
  /** Undefined where no level is stated. */
  isPrimary: boolean | undefined
}

const wordsOf = (rows: readonly { id: string; words: string[] }[]): Record<string, readonly string[]> =>
  Object.fromEntries(rows.map(({ id, words }) => [id, words]))

const FUNCTION_WORDS = wordsOf(CORRIDOR_FUNCTIONS)
const LEVEL_WORDS = wordsOf(CORRIDOR_LEVELS)

/** What every corridor of a layer needs: by its function, otherwise by its level, otherwise `otherwiseM`. */
export function corridorNeeds(layer: LayerColumns, otherwiseM: number): (feature: number) => CorridorNeed {
  const [purposeOf, levelOf] = [wordedField(layer, 'purpose', FUNCTION_WORDS), wordedField(layer, 'level', LEVEL_WORDS)]
  return (feature) => {
    // a level may be a number, and a column of numbers has no words
    const said = levelOf(feature) ?? levelNumbered(numberAt(layer, 'level', feature))
    const level = CORRIDOR_LEVELS.find(({ id }) => id === said)
    const asked = CORRIDOR_FUNCTIONS.find(({ id }) => id === purposeOf(feature)) ?? level
    return { widthM: asked?.widthM ?? otherwiseM, why: asked?.title ?? null, isPrimary: level?.isPrimary }
  }
}

const levelNumbered = (level: number | undefined): string | undefined =>
  CORRIDOR_LEVELS.find(({ words }) => level !== undefined && words.includes(String(level)))?.id
