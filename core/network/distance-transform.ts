/**
 * Squared distance, in cells, from every cell's centre to the nearest marked cell's; Infinity when none is marked. Exact and
 * linear in the number of cells (Felzenszwalb & Huttenlocher 2012, Theory of Computing 8).
 */
export function squaredDistance(marked: Uint8Array, columns: number, rows: number): Float64Array {
  const field = Float64Array.from(marked, (is) => (is === 0 ? Infinity : 0))
  const line = new Float64Array(Math.max(columns, rows))
  const lower = lowerEnvelope(Math.max(columns, rows))
  for (let column = 0; column < columns; column += 1) {
    for (let row = 0; row < rows; row += 1) line[row] = field[row * columns + column] ?? 0
    const out = lower(line, rows)
    for (let row = 0; row < rows; row += 1) field[row * columns + column] = out[row] ?? 0
  }
  for (let row = 0; row < rows; row += 1) {
    line.set(field.subarray(row * columns, (row + 1) * columns))
    field.set(lower(line, columns).subarray(0, columns), row * columns)
  }
  return field
}

/** min over q of (p − q)² + f(q) for every p of a line: the lower envelope of parabolas. */
function lowerEnvelope(longest: number) {
  const apex = new Int32Array(longest)
  const border = new Float64Array(longest + 1)
  const out = new Float64Array(longest)
  const meet = (f: Float64Array, q: number, p: number) => ((f[q] ?? 0) + q * q - ((f[p] ?? 0) + p * p)) / (2 * (q - p))
  return (f: Float64Array, length: number): Float64Array => {
    let last = -1
    for (let q = 0; q < length; q += 1) {
      if (f[q] === Infinity) continue
      while (last >= 0 && meet(f, q, apex[last] ?? 0) <= (border[last] ?? 0)) last -= 1
      border[last + 1] = last < 0 ? -Infinity : meet(f, q, apex[last] ?? 0)
      last += 1
      apex[last] = q
    }
    if (last < 0) return out.fill(Infinity)
    for (let p = 0, at = 0; p < length; p += 1) {
      while (at < last && (border[at + 1] ?? 0) < p) at += 1
      const q = apex[at] ?? 0
      out[p] = (p - q) ** 2 + (f[q] ?? 0)
    }
    return out
  }
}
