/** JSON for a column. JSON.stringify would turn NaN and Infinity into null without a word: here they are a bug. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) throw new Error(`Not a finite number: ${key}`)
    return part
  })

/** Columns are written by `toJson` and guarded by json_valid, so their shape is what was stored. */
export const fromJson = <T>(text: string): T => JSON.parse(text) as T

/** The value as a reader will get it back: no undefined, no exotic numbers, no prototypes. */
export const asStored = <T>(value: T): T => fromJson<T>(toJson(value))
