/** Metres as surveyors write them: to the centimetre where that says something, whole where it would pretend. */
export const metres = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
