/** Columns one after the other, in shared memory. */
export function joined<T extends Int32Array | Float64Array>(
  arrays: readonly T[],
  kind: { new (memory: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number },
): T {
  const length = arrays.reduce((sum, each) => sum + each.length, 0)
  const whole = new kind(new SharedArrayBuffer(kind.BYTES_PER_ELEMENT * length))
  let at = 0
  for (const each of arrays) {
    whole.set(each, at)
    at += each.length
  }
  return whole
}

/** Offsets count on from where the column before ended; its closing entry is the next one's opening. */
export function joinedOffsets(arrays: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(new SharedArrayBuffer(4 * (1 + arrays.reduce((sum, { length }) => sum + length - 1, 0))))
  let at = 1
  let base = 0
  for (const offsets of arrays) {
    for (const offset of offsets.subarray(1)) {
      whole[at] = base + offset
      at += 1
    }
    base += offsets.at(-1) ?? 0
  }
  return whole
}

/** Feature ids 1, 2, 3 … in shared memory, for layers that are made and not imported. */
export function countedIds(count: number): Float64Array {
  const ids = new Float64Array(new SharedArrayBuffer(8 * count))
  for (let at = 0; at < count; at += 1) ids[at] = at + 1
  return ids
}
