import { formatFixed } from '../format/format.ts'

/** Metres as surveyors write them: to the centimetre where that says something, whole where it would pretend. */
export const metres = (value: number): string => formatFixed(value, value < 10 ? 2 : value < 100 ? 1 : 0)
