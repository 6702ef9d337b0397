import { CROSSWALKS, type Crosswalk, type CrosswalkRow } from './crosswalk.ts'
import { LAND_CLASSES, isLandClass } from './land-class-list.ts'

/** What one scheme makes of one text. */
export interface SchemeHit {
  code: string
  split: boolean
}

const rowsOf = (id: Crosswalk['id']) => new Map(CROSSWALKS[id].rows.map((row) => [row.from, row]))
const survey3Rows = rowsOf('survey3')
const gb50137Rows = rowsOf('gb50137')
const trial2020Rows = rowsOf('trial2020')

const hit = (row: CrosswalkRow | undefined): SchemeHit | undefined => {
  const code = row?.to[0]
  return row === undefined || code === undefined ? undefined : { code, split: row.split }
}

/** Spreadsheets drop the zero in front of "0701"; codes have an even number of digits. */
const withLeadingZero = (digits: string): string => (digits.length % 2 === 1 ? `0${digits}` : digits)

/** A code that the 2023 list holds, after restoring a lost zero and dropping filling zeros ("140100"). */
export function listedCode(text: string): SchemeHit | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined
  let code = withLeadingZero(text)
  while (!isLandClass(code) && code.length > 2 && code.endsWith('00')) code = code.slice(0, -2)
  return isLandClass(code) ? { code, split: false } : undefined
}

/** As `listedCode`, and a province's own subdivision of a listed second- or third-level class counts as that class. */
export function code2023(text: string): SchemeHit | undefined {
  const listed = listedCode(text)
  if (listed !== undefined || !/^\d{5,10}$/.test(text)) return listed
  let code = withLeadingZero(text)
  while (code.length > 4 && !isLandClass(code)) code = code.slice(0, -2)
  return isLandClass(code) ? { code, split: false } : undefined
}

/** 三调 DLBM codes; the suffix K marks land that can be restored and does not change the class. */
export function survey3(text: string): SchemeHit | undefined {
  const bare = text.toUpperCase().replace(/K$/, '')
  const code = /^\d{3}[A-Z]?$/.test(bare) ? `0${bare}` : bare
  return hit(survey3Rows.get(code) ?? (code === '9' ? survey3Rows.get('09') : undefined))
}

/** GB 50137 letters; a finer code takes its nearest listed parent. */
export function gb50137(text: string): SchemeHit | undefined {
  const code = /^([A-Z]\d{0,3})[A-Z]?$/i.exec(text)?.[1]?.toUpperCase()
  if (code === undefined) return undefined
  for (let length = code.length; length >= 1; length--) {
    const row = gb50137Rows.get(code.slice(0, length))
    if (row !== undefined) return hit(row)
  }
  return undefined
}

/** The 2020 trial list: its own codes where they changed, otherwise those of 2023. */
export const trial2020 = (text: string): SchemeHit | undefined =>
  /^\d+$/.test(text) ? (hit(trial2020Rows.get(withLeadingZero(text))) ?? code2023(text)) : undefined

/** True where the trial list itself has the code, changed or not. */
export const listedInTrial2020 = (text: string): boolean =>
  /^\d+$/.test(text) && (trial2020Rows.has(withLeadingZero(text)) || listedCode(text) !== undefined)

const nameKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
const shortName = (name: string): string => name.replace(/(用地| land)$/i, '')

const names = new Map<string, SchemeHit>()
/** Earlier entries win: the 2023 names before those of older classifications, full names before shortened ones. */
const learn = (name: string, found: SchemeHit): void => {
  const key = nameKey(name)
  if (key.length > 1 && !names.has(key)) names.set(key, found)
}
for (const { zh, en, code } of LAND_CLASSES) for (const name of [zh, en]) learn(name, { code, split: false })
const crosswalkRows = (['gb50137', 'survey3', 'trial2020'] as const).flatMap((id) => CROSSWALKS[id].rows)
for (const row of crosswalkRows) learn(row.zh, { code: row.to[0] ?? '', split: row.split })
for (const { zh, en, code } of LAND_CLASSES) for (const name of [zh, en]) learn(shortName(name), { code, split: false })
for (const row of crosswalkRows) learn(shortName(row.zh), { code: row.to[0] ?? '', split: row.split })

/** A class by its Chinese or English name, of 2023 or of an older classification, with or without 用地 / "land". */
export const byName = (text: string): SchemeHit | undefined => names.get(nameKey(text)) ?? names.get(nameKey(shortName(text)))
