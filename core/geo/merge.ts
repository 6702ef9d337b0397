import { AppError } from '../errors.ts'
import { NO_TEXT, type Column, type LayerColumns } from './columns.ts'
import { joined, joinedOffsets } from './joined.ts'

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
    xy: joined(
      layers.map(({ xy }) => xy),
      Int32Array,
    ),
    ringOff,
    partOff: joinedOffsets(layers.map((layer) => layer.partOff)),
    featureOff: joinedOffsets(layers.map((layer) => layer.featureOff)),
    partBox: joined(
      layers.map(({ partBox }) => partBox),
      Int32Array,
    ),
    attributes: Object.fromEntries(names.map((name) => [name, joinedColumn(layers, name)])),
  }
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
