/** Group codes and values of a drawing, one pair after the other, as every CAD program writes them. */
export type DxfPairs = readonly (readonly [code: number, value: string | number])[]

const lines = (pairs: DxfPairs): string => pairs.map(([code, value]) => `${String(code).padStart(3)}\r\n${value}\r\n`).join('')

/** A drawing as text; `close: false` leaves its last section open, as some programs do. */
export function dxfText(
  entities: DxfPairs,
  { blocks = [], header = [], close = true }: { blocks?: DxfPairs; header?: DxfPairs; close?: boolean } = {},
): string {
  return lines([
    [0, 'SECTION'],
    [2, 'HEADER'],
    ...header,
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'BLOCKS'],
    ...blocks,
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'ENTITIES'],
    ...entities,
    ...(close ? ([[0, 'ENDSEC']] as const) : []),
    [0, 'EOF'],
  ])
}

/** A lightweight polyline; with `closed` its last point joins its first. */
export const polyline = (layer: string, points: readonly (readonly [number, number])[], closed: boolean): DxfPairs => [
  [0, 'LWPOLYLINE'],
  [100, 'AcDbEntity'],
  [8, layer],
  [100, 'AcDbPolyline'],
  [90, points.length],
  [70, closed ? 1 : 0],
  ...points.flatMap(([x, y]) => [[10, x] as const, [20, y] as const]),
]

/** A solid hatch inside one outline of straight edges. */
export const hatch = (layer: string, points: readonly (readonly [number, number])[]): DxfPairs => [
  [0, 'HATCH'],
  [100, 'AcDbEntity'],
  [8, layer],
  [100, 'AcDbHatch'],
  [10, 0],
  [20, 0],
  [30, 0],
  [210, 0],
  [220, 0],
  [230, 1],
  [2, 'SOLID'],
  [70, 1],
  [71, 0],
  [91, 1],
  [92, 2],
  [72, 0],
  [73, 1],
  [93, points.length],
  ...points.flatMap(([x, y]) => [[10, x] as const, [20, y] as const]),
  [97, 0],
  [75, 1],
  [76, 1],
  [98, 0],
]

export const text = (layer: string, value: string, x: number, y: number): DxfPairs => [
  [0, 'TEXT'],
  [8, layer],
  [10, x],
  [20, y],
  [40, 2.5],
  [1, value],
]

/** A block with one closed polyline in it. */
export const block = (name: string, inside: DxfPairs): DxfPairs => [
  [0, 'BLOCK'],
  [8, '0'],
  [2, name],
  [70, 2],
  [10, 0],
  [20, 0],
  ...inside,
  [0, 'ENDBLK'],
  [8, '0'],
]

/** A reference to a block with attributes. */
export const insert = (
  name: string,
  layer: string,
  x: number,
  y: number,
  attributes: Readonly<Record<string, string>>,
): DxfPairs => [
  [0, 'INSERT'],
  [8, layer],
  [66, Object.keys(attributes).length > 0 ? 1 : 0],
  [2, name],
  [10, x],
  [20, y],
  ...Object.entries(attributes).flatMap(([tag, value]): DxfPairs => [
    [0, 'ATTRIB'],
    [8, layer],
    [10, x],
    [20, y],
    [40, 1],
    [1, value],
    [2, tag],
  ]),
  ...(Object.keys(attributes).length > 0
    ? ([
        [0, 'SEQEND'],
        [8, layer],
      ] as const)
    : []),
]
