import { ATTRIBUTE_FORMATS, type AttributeLayer } from '#core/contract/attribute-procedures.ts'
import { MOST_SORTS, type ColumnSort } from '#core/attributes/table-look.ts'
import type { AttributeField } from '#core/attributes/fields.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import { done, integer, misuse, text, type Command, type Surroundings, type Values } from './command.ts'
import { formatOfFile, withPlan } from './plan-argument.ts'
import type { Session } from './session.ts'

/** Rows that are printed where no file is named. */
const USUAL_ROWS = 20
const MOST_PRINTED = 500

/** The layer that `--layer` names by its role, or by role and name ("green 公园"). @throws AppError `cli.usage` */
function layerOf(layers: readonly AttributeLayer[], wanted: string): AttributeLayer {
  const found = layers.filter(({ role, name }) => role === wanted || `${role} ${name}` === wanted)
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only
  const known = (found.length > 0 ? found : layers)
    .map(({ role, name }) => (found.length > 0 ? `${role} ${name}` : role))
    .join(', ')
  throw misuse(`--layer 须指明一个图层：${known}。`, `--layer must name one layer: ${known}.`)
}

/** `--sort area`, `--sort area:desc` or `--sort class,area:desc`: what is named first goes before the others. @throws AppError `cli.usage` */
function sortOf(values: Values): ColumnSort[] {
  const parts = text(values, 'sort')?.split(',') ?? []
  if (parts.length > MOST_SORTS)
    throw misuse(`--sort 最多可列 ${MOST_SORTS} 个字段。`, `--sort takes ${MOST_SORTS} fields at most.`)
  return parts.map((given) => {
    const [field = '', direction = 'asc', ...more] = given.trim().split(':')
    if (field === '' || more.length > 0 || (direction !== 'asc' && direction !== 'desc'))
      throw misuse(
        '--sort 须为 字段 或 字段:desc，多个以逗号分开。',
        '--sort must be FIELD or FIELD:desc, several with commas between.',
      )
    return { field, down: direction === 'desc' }
  })
}

/** `--columns name,area`: the columns that are wanted, in their order; null for all. @throws AppError `cli.usage`, `attributes.unknown-field` */
function columnsOf(values: Values, fields: readonly AttributeField[]): string[] | null {
  const given = text(values, 'columns')
  if (given === undefined) return null
  const keys = [...new Set(given.split(',').map((key) => key.trim()))]
  if (keys.includes(''))
    throw misuse('--columns 须为以逗号分开的字段名。', '--columns must be names of fields with commas between.')
  for (const field of keys)
    if (!fields.some(({ key }) => key === field)) throw new AppError('attributes.unknown-field', { field, near: null })
  return keys
}

async function answer(session: Session, planId: PlanId, values: Values, around: Surroundings) {
  const layers = await session.call('attributes.layers', { planId })
  const wanted = text(values, 'layer')
  if (wanted === undefined) return done({ planId, layers })
  const { id: layerId, role, name, fields } = layerOf(layers, wanted)
  const asked = { planId, layerId, where: text(values, 'where') ?? '', only: null }
  const sort = sortOf(values)
  const columns = columnsOf(values, fields)
  const out = text(values, 'out')
  if (out !== undefined) {
    const format = formatOfFile(out, ATTRIBUTE_FORMATS)
    const { matching } = await session.call('attributes.page', { ...asked, sort, offset: 0, limit: 0 })
    const leaving = { ...asked, sort, ...(columns && { columns }), format, lang: around.lang, target: session.save(out) }
    const { sizeBytes, sha256 } = await session.call('attributes.export', leaving)
    around.say({ zh: `已写入 ${out}：${matching} 行`, en: `Wrote ${out}: ${matching} rows` })
    return done({ planId, layer: role, name, where: asked.where, rows: matching, format, path: out, sizeBytes, sha256 })
  }
  const field = text(values, 'statistics')
  if (field !== undefined)
    return done({ planId, layer: role, ...(await session.call('attributes.statistics', { ...asked, field })) })
  const limit = integer(values, 'limit', [0, MOST_PRINTED]) ?? USUAL_ROWS
  const page = await session.call('attributes.page', { ...asked, sort, offset: 0, limit })
  around.say({ zh: `${page.matching} 行符合条件`, en: `${page.matching} rows match` })
  if (columns === null) return done({ planId, layer: role, name, fields, where: asked.where, ...page })
  const places = columns.map((column) => fields.findIndex(({ key }) => key === column))
  const rows = page.rows.map(({ fid, values: all }) => ({ fid, values: places.map((at) => all[at] ?? null) }))
  return done({ planId, layer: role, name, fields: places.map((at) => fields[at]), where: asked.where, ...page, rows })
}

/** The attribute tables of a plan: which there are, the rows that meet a filter, what a column comes to, or the rows as a file. */
export const attributes: Command = {
  name: 'attributes',
  usage:
    '<manifest.json> | --catalogue DIR [--plan ID] [--layer ROLE] [--where "area > 1 ha"] [--columns FIELD,…] [--sort FIELD[:desc],…] [--limit N] [--statistics FIELD] [--out FILE.csv|.xlsx|.gpkg]',
  does: {
    zh: '属性表：列出图层与字段，按条件筛选、选列、排序（可多列）、统计，或导出为 CSV、XLSX、GeoPackage',
    en: 'attribute tables: lists layers and fields, filters, picks columns, sorts by one or several, sums up, or writes CSV, XLSX or GeoPackage',
  },
  options: {
    catalogue: { type: 'string' },
    plan: { type: 'string' },
    layer: { type: 'string' },
    where: { type: 'string' },
    columns: { type: 'string' },
    sort: { type: 'string' },
    limit: { type: 'string' },
    statistics: { type: 'string' },
    out: { type: 'string', short: 'o' },
  },
  positionals: [0, 1],
  run([manifestFile], values, around) {
    const out = text(values, 'out')
    if (out !== undefined) formatOfFile(out, ATTRIBUTE_FORMATS)
    sortOf(values)
    return withPlan(manifestFile, values, around, (session, planId) => answer(session, planId, values, around))
  },
}
