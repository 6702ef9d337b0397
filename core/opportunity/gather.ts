import Flatbush from 'flatbush'

/** minX, minY, maxX, maxY in mm; undefined for what has no place. */
type Box = readonly [number, number, number, number]

/**
 * Gathers things that lie together, directly or over others: those whose boxes are within a distance, and that are near by a closer look
 * where one is taken. Groups of their numbers, ascending, in the order of their first one.
 */
export function gatherPairs(
  boxes: readonly (Box | undefined)[],
  withinM: number,
  isNear: (one: number, other: number) => boolean = () => true,
): number[][] {
  if (boxes.length === 0) return []
  const index = new Flatbush(boxes.length)
  for (const box of boxes) {
    const [minX, minY, maxX, maxY] = box ?? [Infinity, Infinity, -Infinity, -Infinity]
    index.add(minX, minY, maxX, maxY)
  }
  index.finish()
  const groupOf = new Int32Array(boxes.length).fill(-1)
  const groups: number[][] = []
  for (const start of boxes.keys()) {
    if (groupOf[start] !== -1 || !boxes[start]) continue
    const group = [start]
    groupOf[start] = groups.length
    for (const feature of group) {
      const [minX, minY, maxX, maxY] = boxes[feature] ?? [0, 0, 0, 0]
      const reach = withinM * 1000
      for (const other of index.search(minX - reach, minY - reach, maxX + reach, maxY + reach)) {
        if (groupOf[other] !== -1 || !isNear(feature, other)) continue
        groupOf[other] = groups.length
        group.push(other)
      }
    }
    groups.push(group.toSorted((one, other) => one - other))
  }
  return groups
}
