import { crsInfo } from '../crs/crs.ts'
import { crsDatabase } from '../crs/database.ts'
import type { Note } from '../model/plan.ts'
import { bilingual } from '../text.ts'

/** True for systems whose datum only measured local parameters bring to another (Beijing 1954, Xi'an 1980). */
export function isOldDatum(code: string): boolean {
  const base = crsInfo(code)?.base
  return base !== undefined && base !== null && Object.hasOwn(crsDatabase().needsParameters, base.slice('EPSG:'.length))
}

/** What the submitting office is told of data on such a datum, in the intake report and with the imported layer. */
export function oldDatumNotes(code: string): Note[] {
  if (!isOldDatum(code)) return []
  const name = crsInfo(code)?.name ?? ''
  return [
    {
      severity: 'warning',
      code: 'crs.datum-old',
      params: { crs: code },
      text: bilingual(
        `坐标系为 ${code}（${name}），不是 CGCS2000；面积按其自身椭球计算，与 CGCS2000 成果叠加前须用本地七参数转换。`,
        `The system is ${code} (${name}), not CGCS2000: areas are on its own ellipsoid, and it must be shifted by local parameters before it is laid over CGCS2000 data.`,
      ),
    },
  ]
}
