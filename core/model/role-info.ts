import type { Bilingual } from '../text.ts'

export type GeometryKind = 'polygon' | 'line' | 'point'
/** What a layer is made of: features of one kind of geometry, or the cells of a grid. */
export type LayerKind = GeometryKind | 'raster'
export type FieldType = 'text' | 'number' | 'boolean'

/** One attribute that Greenprint understands, and the names offices give it. */
export interface RoleField {
  type: FieldType
  title: Bilingual
  required?: boolean
  /** Source field names that mean this attribute, upper case; pinyin initials included. */
  aliases: readonly string[]
}

/** What a layer is for. The only list of roles is in `roles.ts`; `greenprint roles` prints it. */
export interface RoleInfo {
  title: Bilingual
  kinds: readonly LayerKind[]
  fields: Readonly<Record<string, RoleField>>
  /** Layer or file names that suggest this role, upper case, matched as a whole or as a prefix/suffix part. */
  names: readonly string[]
}

/** A text attribute with its titles and the source names that mean it. */
export const text = (zh: string, en: string, ...aliases: string[]): RoleField => ({ type: 'text', title: { zh, en }, aliases })
/** The same for a number. */
export const number = (zh: string, en: string, ...aliases: string[]): RoleField => ({
  type: 'number',
  title: { zh, en },
  aliases,
})
/** The same for yes or no. */
export const yesNo = (zh: string, en: string, ...aliases: string[]): RoleField => ({
  type: 'boolean',
  title: { zh, en },
  aliases,
})
/** An attribute without which the layer is of no use. */
export const required = (field: RoleField): RoleField => ({ ...field, required: true })

/** One entry of the table of roles: titles, kinds of geometry, attributes, and names that suggest it. */
export const role = (
  zh: string,
  en: string,
  kinds: readonly LayerKind[],
  fields: Readonly<Record<string, RoleField>>,
  ...names: string[]
): RoleInfo => ({ title: { zh, en }, kinds, fields, names })

/** What most layers call their features. */
export const name = text('名称', 'Name', 'NAME', 'MC', 'NAMES', 'TITLE', '名称')
