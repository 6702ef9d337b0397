import { featureSet } from '../attributes/feature-set.ts'
import { attributeFields, type AttributeField } from '../attributes/fields.ts'
import { readExpression } from '../attributes/expression.ts'
import type { FileToken, LayerId } from '../model/ids.ts'
import { bilingual } from '../text.ts'
import type { attributeProcedures, AttributeRow } from './attribute-procedures.ts'
import type { Handlers } from './procedures.ts'

const layerId = 'layer-green' as LayerId
const fields: AttributeField[] = attributeFields('green', 'polygon', [
  { name: 'gp_name', type: 'TEXT' },
  { name: 'MC', type: 'TEXT' },
])
const rows: AttributeRow[] = [
  { fid: 7, values: [7, '西城公园', 125_000, '西城公园'] },
  { fid: 8, values: [8, '=1+1', 8000, null] },
]

/** Answers about the features of a plan as tables, for hosts and screens that need a backend but no catalogue. */
export const sampleAttributes: Pick<Handlers, keyof typeof attributeProcedures> = {
  'attributes.layers': () => [
    { id: layerId, role: 'green', title: bilingual('公园与绿地', 'Parks'), name: 'green', kind: 'polygon', features: 2, fields },
  ],
  'attributes.page': ({ where, offset, limit }) => {
    // A filter that cannot be read is refused here as the backend would.
    readExpression(where, fields)
    return { matching: rows.length, rows: rows.slice(offset, offset + limit) }
  },
  'attributes.place': ({ fid }) => rows.findIndex((row) => row.fid === fid),
  'attributes.statistics': ({ field }) => ({
    field,
    rows: 2,
    missing: 0,
    unique: 2,
    sum: 133_000,
    mean: 66_500,
    min: 8000,
    max: 125_000,
    values: [{ value: 8000, count: 1 }],
  }),
  'attributes.select': () => ({ layerId, features: featureSet([7]) }),
  'attributes.selectWithin': () => [{ layerId, features: featureSet([7, 8]) }],
  'attributes.search': ({ text }) => [
    { layerId, role: 'green', fid: 7, title: '西城公园', label: bilingual('名称', 'Name'), value: text },
  ],
  'attributes.export': ({ target }) => ({
    fileName: 'green.csv',
    sizeBytes: 512,
    sha256: 'd'.repeat(64),
    download: target === null ? ('download-5' as FileToken) : null,
  }),
}

/** What each of these procedures must refuse. */
export const BAD_ATTRIBUTES: Record<keyof typeof attributeProcedures, unknown[]> = {
  'attributes.layers': [{ planId: '' }, {}],
  'attributes.page': [
    { planId: 'p', layerId: 'l', where: '', only: null, sort: [], offset: -1, limit: 10 },
    { planId: 'p', layerId: 'l', where: '', only: null, sort: [], offset: 0, limit: 501 },
    { planId: 'p', layerId: 'l', where: 'x'.repeat(2001), only: null, sort: [], offset: 0, limit: 1 },
    { planId: 'p', layerId: 'l', where: '', only: null, sort: 'name', offset: 0, limit: 1 },
    { planId: 'p', layerId: 'l', where: '', only: [7], sort: [], offset: 0, limit: 1 },
  ],
  'attributes.place': [{ planId: 'p', layerId: 'l', where: '', only: null, sort: [] }],
  'attributes.statistics': [{ planId: 'p', layerId: 'l', where: '', only: null, field: '' }],
  'attributes.select': [
    { planId: 'p', layerId: 'l' },
    { planId: 'p', layerId: 'l', where: null },
  ],
  'attributes.selectWithin': [
    { planId: 'p', layerIds: [], xyM: [0, 0, 1, 0, 1, 1], mode: 'touching' },
    { planId: 'p', layerIds: ['l'], xyM: [0, 0, 1, 0], mode: 'touching' },
    { planId: 'p', layerIds: ['l'], xyM: [0, 0, 1, 0, 1, 1], mode: 'near' },
  ],
  'attributes.search': [
    { planId: 'p', text: ' ', limit: 10 },
    { planId: 'p', text: 'x', limit: 0 },
  ],
  'attributes.export': [
    { planId: 'p', layerId: 'l', where: '', only: null, sort: [], lang: 'fr', target: null },
    { planId: 'p', layerId: 'l', where: '', only: null, sort: [], lang: 'zh', target: null, path: '/etc/passwd' },
  ],
}
