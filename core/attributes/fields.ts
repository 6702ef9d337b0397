import { roleInfo, type FieldType, type GeometryKind, type Role } from '../model/roles.ts'
import { bilingual, type Bilingual } from '../text.ts'

/** One column of a layer's attribute table. */
export interface AttributeField {
  /** What expressions, sorting and statistics call it; unique within its layer, also without regard to case. */
  key: string
  label: Bilingual
  /** The plan's own attributes, the submitted file's columns as they came, or what Greenprint measures of the geometry. */
  origin: 'plan' | 'source' | 'measured'
  type: FieldType
  /** Of a measured figure. */
  unit: 'm2' | 'm' | null
}

/** A field and where its values are: a column of the plan's GeoPackage, or the geometry itself. */
export interface StoredField extends AttributeField {
  column: string | null
}

/** What the import puts before the names of the plan's own attributes. */
const OURS = 'gp_'

const MEASURED: Record<'polygon' | 'line', StoredField> = {
  polygon: {
    key: 'area',
    label: bilingual('面积（量算）', 'Area (measured)'),
    origin: 'measured',
    type: 'number',
    unit: 'm2',
    column: null,
  },
  line: {
    key: 'length',
    label: bilingual('长度（量算）', 'Length (measured)'),
    origin: 'measured',
    type: 'number',
    unit: 'm',
    column: null,
  },
}

const NUMBER: StoredField = {
  key: 'fid',
  label: bilingual('编号', 'Number'),
  origin: 'plan',
  type: 'number',
  unit: null,
  column: 'fid',
}

const typeOf = (sql: string): FieldType => (sql === 'TEXT' ? 'text' : sql === 'BOOLEAN' ? 'boolean' : 'number')

/**
 * The columns of a layer's attribute table in the order in which people read them: the feature's number, the plan's own attributes in the
 * order of the table of roles, what is measured, then the source's columns. A source column whose name is taken is called `…_source`.
 * `columns` are those of the layer's table in the plan's GeoPackage.
 */
export function attributeFields(
  role: Role,
  kind: GeometryKind,
  columns: readonly { name: string; type: string }[],
): StoredField[] {
  const known = roleInfo(role).fields
  const ours = Object.entries(known).flatMap(([key, { title }]): StoredField[] => {
    const column = columns.find(({ name }) => name === OURS + key)
    return column ? [{ key, label: title, origin: 'plan', type: typeOf(column.type), unit: null, column: column.name }] : []
  })
  const fields = [NUMBER, ...ours, ...(kind === 'point' ? [] : [MEASURED[kind]])]
  const taken = new Set(fields.map(({ key }) => key.toLowerCase()))
  for (const { name, type } of columns) {
    if (name === 'fid' || name === 'geom' || name.startsWith(OURS)) continue
    let key = name
    while (taken.has(key.toLowerCase())) key += '_source'
    taken.add(key.toLowerCase())
    fields.push({ key, label: bilingual(key, key), origin: 'source', type: typeOf(type), unit: null, column: name })
  }
  return fields
}
