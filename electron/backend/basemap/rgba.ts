/** A smaller copy: each cell the mean of `factor` × `factor` cells, weighed by how opaque they are. */
export function shrinkRgba(rgba: Uint8Array, width: number, height: number, factor: number) {
  if (factor <= 1) return { rgba, width, height }
  const [columns, rows] = [Math.ceil(width / factor), Math.ceil(height / factor)]
  const out = new Uint8Array(columns * rows * 4)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let [red, green, blue, alpha, cells] = [0, 0, 0, 0, 0]
      for (let y = row * factor; y < Math.min(height, (row + 1) * factor); y++) {
        for (let x = column * factor; x < Math.min(width, (column + 1) * factor); x++) {
          const at = (y * width + x) * 4
          const weight = rgba[at + 3] ?? 0
          red += (rgba[at] ?? 0) * weight
          green += (rgba[at + 1] ?? 0) * weight
          blue += (rgba[at + 2] ?? 0) * weight
          alpha += weight
          cells++
        }
      }
      const to = (row * columns + column) * 4
      if (alpha > 0) {
        out[to] = Math.round(red / alpha)
        out[to + 1] = Math.round(green / alpha)
        out[to + 2] = Math.round(blue / alpha)
        out[to + 3] = Math.round(alpha / cells)
      }
    }
  }
  return { rgba: out, width: columns, height: rows }
}

/** Thins a picture out while its rows come in order: each cell the mean of `factor` × `factor`, weighed by how opaque they are. */
export function thinning(size: { columns: number; rows: number }, factor: number) {
  const [columns, rows] = [Math.ceil(size.columns / factor), Math.ceil(size.rows / factor)]
  const rgba = new Uint8Array(columns * rows * 4)
  // Of one thin row: weighed red, green, blue, the weight, and the cells that were counted.
  const sums = new Float64Array(columns * 5)
  const close = (row: number): void => {
    for (let column = 0; column < columns; column++) {
      const at = column * 5
      const [weight, cells] = [sums[at + 3] ?? 0, sums[at + 4] ?? 0]
      if (weight === 0) continue
      const to = (row * columns + column) * 4
      for (let i = 0; i < 3; i++) rgba[to + i] = Math.round((sums[at + i] ?? 0) / weight)
      rgba[to + 3] = Math.round(weight / cells)
    }
    sums.fill(0)
  }
  return {
    /** Whole rows from `top` on, below those given before. */
    add(band: Uint8Array, top: number): void {
      for (let from = 0; from < band.length; from += size.columns * 4) {
        const y = top + from / (size.columns * 4)
        for (let x = 0; x < size.columns; x++) {
          const [at, to] = [from + x * 4, Math.floor(x / factor) * 5]
          const weight = band[at + 3] ?? 0
          sums[to] = (sums[to] ?? 0) + (band[at] ?? 0) * weight
          sums[to + 1] = (sums[to + 1] ?? 0) + (band[at + 1] ?? 0) * weight
          sums[to + 2] = (sums[to + 2] ?? 0) + (band[at + 2] ?? 0) * weight
          sums[to + 3] = (sums[to + 3] ?? 0) + weight
          sums[to + 4] = (sums[to + 4] ?? 0) + 1
        }
        if ((y + 1) % factor === 0 || y + 1 === size.rows) close(Math.floor(y / factor))
      }
    },
    done: () => ({ columns, rows, rgba }),
  }
}

/** The colour between four cells, weighed by how near and how opaque they are; outside of the picture nothing is. */
export function blendAt(
  rgba: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  out: Uint8Array,
  to: number,
): void {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)]
  const [across, down] = [x - 0.5 - left, y - 0.5 - top]
  let [red, green, blue, alpha] = [0, 0, 0, 0]
  for (let k = 0; k < 4; k++) {
    const [column, row] = [left + (k & 1), top + (k >> 1)]
    if (column < 0 || row < 0 || column >= width || row >= height) continue
    const at = (row * width + column) * 4
    const weight = (k & 1 ? across : 1 - across) * (k >> 1 ? down : 1 - down) * (rgba[at + 3] ?? 0)
    red += (rgba[at] ?? 0) * weight
    green += (rgba[at + 1] ?? 0) * weight
    blue += (rgba[at + 2] ?? 0) * weight
    alpha += weight
  }
  if (alpha <= 0.5) return
  out[to] = Math.round(red / alpha)
  out[to + 1] = Math.round(green / alpha)
  out[to + 2] = Math.round(blue / alpha)
  out[to + 3] = Math.round(alpha)
}
