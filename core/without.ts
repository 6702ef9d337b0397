/** A copy of a record that lacks some of its optional members: absent, not undefined, as the operation log compares them. */
export function without<T extends object, K extends keyof T>(record: T, ...keys: readonly K[]): Omit<T, K> {
  const entries = Object.entries(record).filter(([key]) => !keys.some((one) => one === key))
  // Only members named by the type's own keys were taken out.
  return Object.fromEntries(entries) as Omit<T, K>
}

/** The same type with no member that may be there and undefined. */
export type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** A copy without the members that are undefined: a checked input types absent members so, a record has none of them. */
export const definedOnly = <T extends object>(record: T): Defined<T> =>
  // Only undefined members were left out, which is what the type says.
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>
