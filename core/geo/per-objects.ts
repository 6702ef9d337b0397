/** Values kept for as long as every object that they were derived from lives. */
export interface KeptByObjects<T> {
  of(keys: readonly object[], make: () => T): T
  /** What is kept already, if anything is. */
  known(keys: readonly object[]): T | undefined
}

interface Branch<T> {
  value?: { kept: T }
  next: WeakMap<object, Branch<T>>
}

/**
 * Remembers values by several objects at once: geometries (`geometryOf`) or layers that a value was derived from. The same objects
 * in the same order give the same value; the number of keys of one memory is always the same.
 */
export function keptByObjects<T>(): KeptByObjects<T> {
  const root: Branch<T> = { next: new WeakMap() }
  return {
    of(keys, make) {
      let branch = root
      for (const key of keys) {
        const next: Branch<T> = branch.next.get(key) ?? { next: new WeakMap() }
        branch.next.set(key, next)
        branch = next
      }
      branch.value ??= { kept: make() }
      return branch.value.kept
    },
    known(keys) {
      let branch: Branch<T> | undefined = root
      for (const key of keys) branch = branch?.next.get(key)
      return branch?.value?.kept
    },
  }
}
