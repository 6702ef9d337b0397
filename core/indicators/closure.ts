import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { hectares } from './words.ts'

type Closure = NonNullable<ResultTable['closure']>[string]

/** What snapping to millimetres may cost: a square metre, and a millionth of the whole. */
const roundingM2 = (wholeM2: number): number => 1 + 1e-6 * Math.abs(wholeM2)

/** Areas that must add up to a whole, m²: a difference that is more than rounding is said, with its size put into `why`. */
export function closureOfAreas(sum: number, whole: number, why: (size: Bilingual, isShort: boolean) => Bilingual): Closure {
  const difference = sum - whole
  if (Math.abs(difference) <= roundingM2(whole)) return { sum, whole }
  return { sum, whole, remark: why(hectares(Math.abs(difference)), difference < 0) }
}
