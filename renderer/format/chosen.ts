import { create } from 'zustand'
import type { DayWords, Settings } from '#core/contract/procedures.ts'
import { writeNumbersWith, type DigitSigns } from '#core/model/digit-signs.ts'

/** How this screen writes numbers and days; what shows them is drawn anew when it changes. */
export const useFormats = create<{ digits: DigitSigns; dates: DayWords }>()(() => ({ digits: 'comma', dates: 'local' }))

/** From now on numbers and days are written as the settings say. */
export function showFormats({ digits = 'comma', dates = 'local' }: Settings): void {
  const now = useFormats.getState()
  if (now.digits === digits && now.dates === dates) return
  writeNumbersWith(digits)
  useFormats.setState({ digits, dates })
}

const two = (number: number) => String(number).padStart(2, '0')

/** 2026-11-22, in the reader's own zone. */
export const isoDay = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`

/** 2026-11-22 09:05, in the reader's own zone. */
export const isoMoment = (at: Date): string => `${isoDay(at)} ${two(at.getHours())}:${two(at.getMinutes())}`
