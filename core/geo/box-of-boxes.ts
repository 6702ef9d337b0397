/**
 * Writes the box around boxes `from … end` of one array (minX, minY, maxX, maxY each) as box `at` of another, or of the same: the step by which
 * blocks of edges are put under one box, and boxes under wider ones.
 */
export function boxOfBoxes(of: Int32Array, from: number, end: number, into: Int32Array, at: number): void {
  let [minX, minY, maxX, maxY] = [0x7fffffff, 0x7fffffff, -0x80000000, -0x80000000]
  for (let box = 4 * from; box < 4 * end; box += 4) {
    if ((of[box] as number) < minX) minX = of[box] as number
    if ((of[box + 1] as number) < minY) minY = of[box + 1] as number
    if ((of[box + 2] as number) > maxX) maxX = of[box + 2] as number
    if ((of[box + 3] as number) > maxY) maxY = of[box + 3] as number
  }
  into[4 * at] = minX
  into[4 * at + 1] = minY
  into[4 * at + 2] = maxX
  into[4 * at + 3] = maxY
}
