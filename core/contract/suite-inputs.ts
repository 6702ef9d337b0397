import type { ProcedureName } from './procedures.ts'

const manifest = { greenprint: 'plan-manifest/1', name: 'x', layers: [{ role: 'green', path: 'a' }] }
const tile = { planId: 'p', layerId: 'l', z: 1, x: 0, y: 0 }
const entry = { reviewId: 'r', item: 'A04', level: 3, notApplicable: false, reason: 'x', document: null, page: null }
const finding = { item: null, severity: 'must', text: 'x', action: '', evidence: [] }

/** What each procedure must refuse, beside null, a list, a number and an unknown key, which the suite tries on all of them. */
export const BAD_INPUTS: Record<ProcedureName, unknown[]> = {
  'app.info': ['info'],
  'app.logError': [{ message: 'x'.repeat(2001), where: '' }, { message: 'x' }],
  'app.formats': ['formats'],
  'settings.get': ['settings'],
  'settings.set': [{ lang: 'fr' }, { areaUnit: 'acre' }, { reviewer: 'x'.repeat(81) }, { theme: true }],
  'plans.list': ['plans'],
  'plans.get': [{ planId: '' }, { planId: 'x'.repeat(65) }, { planId: { $ne: null } }],
  'plans.remove': [{ planId: '' }, {}],
  'plans.compare': [
    { before: 'p', after: 'q' },
    { before: '', after: 'q', limit: 1 },
    { before: 'p', after: 'q', limit: -1 },
    { before: 'p', after: 'q', limit: 100_001 },
  ],
  'import.inspect': [
    { files: '' },
    { files: ['a'] },
    { path: '/etc/passwd' },
    { files: 'f', choices: [{ path: 'a.shp' }] },
    { files: 'f', choices: [{ path: 'a.shp', layer: null, crs: 'WGS84' }] },
    { files: 'f', choices: [{ path: 'a.shp', layer: null, role: 'roof' }] },
    { files: 'f', only: 'a.shp' },
  ],
  'import.run': [
    { files: 'f' },
    { files: 'f', manifest: { ...manifest, greenprint: 'plan-manifest/2' } },
    { files: 'f', manifest: { ...manifest, layers: [] } },
    { files: 'f', manifest: { ...manifest, layerz: [] } },
    { files: 'f', manifest: { ...manifest, layers: [{ role: 'green', path: 'a', crs: 'WGS84' }] } },
  ],
  'import.report': [
    { files: 'f', answers: null, lang: 'zh', format: 'docx', target: null },
    { files: 'f', answers: {}, lang: 'zh', format: 'pdf', target: null },
    { files: 'f', lang: 'zh', format: 'pdf', target: null },
  ],
  'files.saveText': [
    { text: '{}' },
    { target: '', text: '{}' },
    { target: 'f', text: null },
    { target: 'f', text: 'x'.repeat(2_000_001) },
    { target: 'f', text: '{}', path: '/etc/passwd' },
  ],
  'drafts.get': ['drafts'],
  'drafts.save': [{ files: 'f' }, { files: 'f', answers: { plan: {}, layers: [] } }],
  'drafts.discard': ['drafts'],
  'profiles.list': ['profiles'],
  'profiles.save': [
    { name: '', rules: [] },
    { name: 'x', rules: [] },
    { name: 'x', rules: [{ pattern: '*', kind: null, role: 'roof', encoding: null, fields: {}, classes: {} }] },
  ],
  'profiles.remove': [{}, { profileId: '' }],
  'sample.create': [
    { parcels: 999, seed: 1 },
    { parcels: 2000.5, seed: 1 },
    { parcels: 2000, seed: 1, revision: 100 },
    { parcels: 1_000_001, seed: 1 },
  ],
  'sample.write': [
    { parcels: 2000, seed: 1 },
    { parcels: 2000, seed: 1, target: '' },
  ],
  'checklists.list': ['checklists'],
  'checklists.get': [{}, { checklistId: 7 }],
  'indicators.list': ['indicators'],
  'analysis.run': [{ planId: '' }, { plan: 'p' }],
  'reviews.open': [{ planId: 'p' }, { planId: '', checklistId: 'c' }],
  'reviews.get': [{ reviewId: '' }],
  'reviews.setEntry': [
    { ...entry, level: 5 },
    { ...entry, level: '3' },
    { ...entry, level: 2.5 },
    { ...entry, page: 0 },
    { ...entry, reason: 'x'.repeat(4001) },
  ],
  'reviews.clearEntry': [{ reviewId: 'r' }],
  'findings.add': [
    { ...finding, reviewId: 'r', severity: 'fatal' },
    { ...finding, reviewId: 'r', text: '' },
    { ...finding, reviewId: 'r', evidence: [{ layer: 'green', fid: 0.5 }] },
    finding,
  ],
  'findings.update': [{ ...finding, findingId: '' }, finding],
  'findings.withdraw': [{}, { findingId: 1 }],
  'map.setup': [{ planId: '' }],
  'map.tile': [
    { ...tile, z: -1 },
    { ...tile, z: 25 },
    { ...tile, x: 0.5 },
    { ...tile, y: '0' },
  ],
  'map.raster': [
    { ...tile, z: -1 },
    { ...tile, layerId: '' },
    { ...tile, x: null },
  ],
  'map.identify': [
    { planId: 'p', xM: 'NaN', yM: 0, toleranceM: 1 },
    { planId: 'p', xM: 0, yM: 0, toleranceM: -1 },
    { planId: 'p', xM: null, yM: 0, toleranceM: 1 },
  ],
  'map.features': [
    { planId: 'p', layerId: 'l', fids: [0.5] },
    { planId: 'p', layerId: 'l', fids: Array.from({ length: 20_001 }, (_, fid) => fid) },
  ],
  'memo.compose': [{ reviewId: 'r', lang: 'zh-CN' }, { reviewId: 'r' }],
  'memo.export': [
    { reviewId: 'r', lang: 'zh', format: 'docx', target: null },
    { reviewId: 'r', lang: 'zh', format: 'pdf' },
    { reviewId: 'r', lang: 'zh', format: 'pdf', target: '' },
  ],
  'memo.verify': [{ files: '' }, { file: 'f' }],
  'result.get': [{ reviewId: '' }],
  'history.get': ['history'],
  'history.undo': [{ steps: 1 }],
  'history.redo': [{ steps: 1 }],
  'audit.list': [{}, { before: '1' }, { before: 1.5 }],
  'backup.now': [{ to: '/tmp' }],
}

/** Names that no backend may answer to, however an object is built. */
export const UNKNOWN_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  'plans',
  'plans.',
  'Plans.list',
  'plans.list ',
  'plans.list\u0000',
  'x'.repeat(100_000),
]

/** Things that are no message: whoever reads them must neither break nor answer. */
export const NO_MESSAGES: unknown[] = [
  null,
  0,
  'call',
  [],
  {},
  { t: 'call' },
  { t: 'call', id: '1', name: 'app.info', input: {} },
  { t: 'call', id: 0, name: 'app.info', input: {} },
  { t: 'call', id: -1, name: 'app.info', input: {} },
  { t: 'call', id: 1.5, name: 'app.info', input: {} },
  { t: 'call', id: 1, name: { toString: 'app.info' }, input: {} },
  { t: 'cancel', id: 999 },
  { t: 'cancel' },
  { t: 'result', id: 1, value: 'stray' },
  { t: 'error', id: 1, code: 'host.bug', params: { ref: 'stray' } },
  { t: 'progress', id: 1, progress: {} },
  { t: '__proto__', id: 1 },
  { __proto__: null, t: 'event' },
]
