/** A copy of a record that lacks some of its optional members: absent, not undefined, as the operation log compares them. */
export function without<T extends object, K extends keyof T>(record: T, ...keys: readonly K[]): Omit<T, K> {
  const entries = Object.entries(record).filter(([key]) => !keys.some((one) => one === key))
  // Only members named by the type's own keys were taken out.
  return Object.fromEntries(entries) as Omit<T, K>
}
