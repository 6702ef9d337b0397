import { layerBuilder, type AttributeValue, type Parts } from './build.ts'
import { NO_TEXT, type Column, type LayerColumns } from './columns.ts'
import { editedOf, rememberEdit, rememberStep, type Edited } from './edited.ts'
import { bothEdits, splicedGeometry } from './splice.ts'

export type Attributes = Readonly<Record<string, AttributeValue>>

/** One change of a layer. `feature` is an index; parts are metres of the frame: parts → rings → x,y,x,y…, as `layerBuilder` takes them. */
export type LayerEdit =
  | { kind: 'geometry'; feature: number; parts: Parts }
  | { kind: 'attributes'; feature: number; attributes: Attributes }
  | { kind: 'add'; parts: Parts; attributes: Attributes }
  | { kind: 'delete'; feature: number }

/** Beyond this share of edited features a layer counts as new: patching would cost more than it saves. */
const MOST_EDITED_SHARE = 0.25
const MOST_EDITED = 64

/**
 * A layer with some features changed; the given one stays as it is. Indices stay too: features are added at the end (their ids count
 * on from the largest), and a deleted one remains without geometry and attributes (`hasShape` is false). Attributes that an edit does
 * not name stay. May be applied again and again. The result remembers its root (`editedOf`), so that everything derived from the root
 * is patched instead of computed anew.
 * Throws RangeError for a feature that the layer does not have, or a coordinate beyond the frame.
 */
export function editLayer(layer: LayerColumns, edits: readonly LayerEdit[]): LayerColumns {
  const before = editedOf(layer)
  const root = before?.root ?? layer
  const shapes = new Map<number, Parts>()
  const values = new Map<number, Attributes | null>()
  let count = layer.count
  for (const edit of edits) {
    const feature = edit.kind === 'add' ? count : edit.feature
    if (!Number.isInteger(feature) || feature < 0 || feature > count || (feature === count && edit.kind !== 'add')) {
      throw new RangeError(`layer ${layer.name} has no feature ${feature}`)
    }
    if (edit.kind === 'add') count += 1
    if (edit.kind !== 'attributes') shapes.set(feature, edit.kind === 'delete' ? [] : inMillimetres(edit.parts))
    if (edit.kind === 'delete') values.set(feature, null)
    else if (edit.kind !== 'geometry') values.set(feature, { ...values.get(feature), ...edit.attributes })
  }
  const step = placed(layer, shapes)
  const edited = before && shapes.size > 0 ? bothEdits(before, step) : (before ?? step)
  const changed: LayerColumns = {
    ...layer,
    count,
    sha256: `${root.sha256}~${fingerprint(layer.sha256, edits)}`,
    fid: moreIds(layer.fid, count),
    ...(shapes.size === 0 ? {} : splicedGeometry(step, count)),
    attributes: editedAttributes(layer, count, values),
  }
  if (edited.placeOf.size > Math.max(MOST_EDITED, MOST_EDITED_SHARE * root.count)) return changed
  rememberEdit(changed, edited)
  if (before && shapes.size > 0) rememberStep(changed, step)
  return changed
}

/** The small layer of features that are another shape now, in ascending order. */
function placed(layer: LayerColumns, shapes: ReadonlyMap<number, Parts>): Edited {
  const { role, name, kind, frame } = layer
  const builder = layerBuilder({ role, name, kind, frame }, {}, 0.001)
  const placeOf = new Map<number, number>()
  for (const [feature, parts] of [...shapes].sort(([one], [other]) => one - other)) {
    placeOf.set(feature, builder.size())
    builder.add(feature, parts, {})
  }
  return { root: layer, present: builder.finish(''), placeOf }
}

/** As import rounds them: metres times a thousand; the builder rounds to whole millimetres. */
const inMillimetres = (parts: Parts): Parts => parts.map((part) => part.map((ring) => Array.from(ring, (value) => value * 1000)))

/** The geometry of one feature in millimetres. */
export function partsOf(layer: LayerColumns, feature: number): Int32Array[][] {
  const { featureOff, partOff, ringOff, xy } = layer
  const parts: Int32Array[][] = []
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part += 1) {
    const rings: Int32Array[] = []
    for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring += 1) {
      rings.push(xy.subarray(2 * (ringOff[ring] ?? 0), 2 * (ringOff[ring + 1] ?? 0)))
    }
    parts.push(rings)
  }
  return parts
}

function moreIds(fid: Float64Array, count: number): Float64Array {
  if (count === fid.length) return fid
  const ids = new Float64Array(count)
  ids.set(fid)
  let largest = 0
  for (let feature = 0; feature < fid.length; feature += 1) largest = Math.max(largest, fid[feature] ?? 0)
  for (let feature = fid.length; feature < count; feature += 1) ids[feature] = largest += 1
  return ids
}

function editedAttributes(
  layer: LayerColumns,
  count: number,
  values: ReadonlyMap<number, Attributes | null>,
): Record<string, Column> {
  if (values.size === 0 && count === layer.count) return layer.attributes
  const given = [...values.values()].flatMap((each) => Object.entries(each ?? {}))
  const names = new Set([...Object.keys(layer.attributes), ...given.map(([name]) => name)])
  return Object.fromEntries(
    [...names].map((name) => {
      const sample = given.find(([of, value]) => of === name && value !== null && value !== undefined)?.[1]
      const column = layer.attributes[name] ?? emptyColumn(typeof sample === 'string' ? 'text' : 'number', layer.count)
      return [name, editedColumn(column, name, count, values)]
    }),
  )
}

const emptyColumn = (type: 'text' | 'number', count: number): Column =>
  type === 'text'
    ? { type, codes: new Uint32Array(count).fill(NO_TEXT), dictionary: [] }
    : { type, values: new Float64Array(count).fill(NaN) }

/** A copy of a column with the values of edited features; the column itself where none of them is named. */
function editedColumn(column: Column, name: string, count: number, values: ReadonlyMap<number, Attributes | null>): Column {
  const changes = [...values].flatMap(([feature, given]) =>
    given === null ? [[feature, null] as const] : Object.hasOwn(given, name) ? [[feature, given[name]] as const] : [],
  )
  const before = column.type === 'text' ? column.codes : column.values
  if (changes.length === 0 && count === before.length) return column
  if (column.type === 'number') {
    const numbers = new Float64Array(count).fill(NaN, before.length)
    numbers.set(before)
    for (const [feature, value] of changes) numbers[feature] = asNumber(value)
    return { type: 'number', values: numbers }
  }
  const codes = new Uint32Array(count).fill(NO_TEXT, before.length)
  codes.set(before)
  const dictionary = [...column.dictionary]
  for (const [feature, value] of changes) {
    if (value === null || value === undefined || value === '') {
      codes[feature] = NO_TEXT
      continue
    }
    const known = dictionary.indexOf(String(value))
    codes[feature] = known === -1 ? dictionary.push(String(value)) - 1 : known
  }
  return { type: 'text', codes, dictionary }
}

function asNumber(value: AttributeValue): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN
}

/** FNV-1a of what was done to which content: the same edits of the same layer have the same name, others another. */
function fingerprint(sha256: string, edits: readonly LayerEdit[]): string {
  const text = `${sha256}${JSON.stringify(edits, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as never) : value))}`
  let [low, high] = [0x811c9dc5, 0x01000193]
  for (let at = 0; at < text.length; at += 1) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193)
    high = Math.imul(high ^ low ^ (text.charCodeAt(at) << 8), 0x01000193)
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
