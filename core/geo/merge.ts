import { AppError } from '../errors.ts'
import { NO_TEXT, type Column, type LayerColumns } from './columns.ts'

/**
 * Several layers of one role and kind as one: features in order, feature ids kept, attributes by name. Content hashes are
 * joined with `+`, sorted, so that the order of import does not matter.
 * Throws `analysis.frames-differ` when they do not share a frame.
 */
export function mergeLayers(layers: readonly [LayerColumns, ...LayerColumns[]]): LayerColumns {
  const [first, ...rest] = layers
  if (rest.length === 0) return first
  if (rest.some(({ frame }) => JSON.stringify(frame) !== JSON.stringify(first.frame))) {
    throw new AppError('analysis.frames-differ', { role: first.role })
  }
  const names = [...new Set(layers.flatMap(({ attributes }) => Object.keys(attributes)))]
  const ringOff = joinedOffsets(layers.map((layer) => layer.ringOff))
  return {
    ...first,
    name: layers.map(({ name }) => name).join(' + '),
    sha256: layers
      .map(({ sha256 }) => sha256)
      .toSorted()
      .join('+'),
    count: layers.reduce((sum, { count }) => sum + count, 0),
    fid: Float64Array.from(layers.flatMap(({ fid }) => [...fid])),
    xy: joined(layers.map(({ xy }) => xy)),
    ringOff,
    partOff: joinedOffsets(layers.map((layer) => layer.partOff)),
    featureOff: joinedOffsets(layers.map((layer) => layer.featureOff)),
    partBox: joined(layers.map(({ partBox }) => partBox)),
    attributes: Object.fromEntries(names.map((name) => [name, joinedColumn(layers, name)])),
  }
}

function joined(arrays: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(new SharedArrayBuffer(4 * arrays.reduce((sum, { length }) => sum + length, 0)))
  let at = 0
  for (const each of arrays) {
    whole.set(each, at)
    at += each.length
  }
  return whole
}

/** Offsets count on from where the layer before ended; its closing entry is the next one's opening. */
function joinedOffsets(arrays: readonly Uint32Array[]): Uint32Array {
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

function joinedColumn(layers: readonly LayerColumns[], name: string): Column {
  const columns = layers.map((layer) => [layer, layer.attributes[name]] as const)
  if (columns.every(([, column]) => column === undefined || column.type === 'number')) {
    const values = columns.flatMap(([layer, column]) => (column?.type === 'number' ? [...column.values] : absent(layer, NaN)))
    return { type: 'number', values: Float64Array.from(values) }
  }
  const codeOf = new Map<string, number>()
  const codes = columns.flatMap(([layer, column]) =>
    Array.from({ length: layer.count }, (_, feature) => {
      const text = textOf(column, feature)
      if (text === undefined) return NO_TEXT
      const code = codeOf.get(text) ?? codeOf.size
      codeOf.set(text, code)
      return code
    }),
  )
  return { type: 'text', codes: Uint32Array.from(codes), dictionary: [...codeOf.keys()] }
}

const absent = (layer: LayerColumns, value: number): number[] => Array.from({ length: layer.count }, () => value)

function textOf(column: Column | undefined, feature: number): string | undefined {
  if (column?.type === 'text') return column.dictionary[column.codes[feature] ?? NO_TEXT]
  const value = column?.values[feature]
  return value === undefined || Number.isNaN(value) ? undefined : String(value)
}
