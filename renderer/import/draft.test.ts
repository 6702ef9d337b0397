import { describe, expect, it } from 'vitest'
import type { Inspection } from '#core/model/inspection.ts'
import type { Manifest } from '#core/model/manifest.ts'
import { fakeInspection } from '../api/fake/fake-data.ts'
import { readCrs } from './crs-encoding.tsx'
import {
  draftManifest,
  importDraft,
  layerQuestions,
  planQuestions,
  type ImportDraft,
  type LayerDraft,
} from '#core/intake/draft.ts'

const firstLayer = (draft: ImportDraft): LayerDraft => {
  const layer = draft.layers[0]
  if (!layer) throw new Error('the example has a layer')
  return layer
}
const answered = (draft: ImportDraft): ImportDraft => ({
  ...draft,
  plan: { ...draft.plan, nameZh: '青岚市总体规划', city: '青岚', population: '１,250,000', baseYear: '2020' },
  layers: [{ ...firstLayer(draft), crs: 'EPSG:4547', confirmed: { role: true, crs: true, encoding: true, fields: true } }],
})

describe('what an import still has to ask', () => {
  it('takes sure guesses and asks for what no file said', () => {
    const draft = importDraft(fakeInspection)
    expect(layerQuestions(firstLayer(draft))).toEqual(['crs'])
    expect(planQuestions(draft.plan)).toEqual(['name'])
  })
  it('asks to confirm a guess that is not sure enough', () => {
    const layer = firstLayer(answered(importDraft(fakeInspection)))
    const unsure = { ...layer, confirmed: { role: false, crs: false, encoding: false, fields: false } }
    expect(layerQuestions(unsure)).toEqual(['confirm-role', 'confirm-crs', 'confirm-encoding', 'confirm-fields'])
  })
  it('asks for attributes without which the role is useless', () => {
    const layer = firstLayer(answered(importDraft(fakeInspection)))
    expect(layerQuestions({ ...layer, fields: { class: '' } })).toEqual(['fields'])
  })
  it('asks nothing about a layer that is left out', () => {
    expect(layerQuestions({ ...firstLayer(importDraft(fakeInspection)), role: 'leave-out' })).toEqual([])
  })
  it('refuses years and populations that are none, and facts about a nameless city', () => {
    const { plan } = answered(importDraft(fakeInspection))
    expect(planQuestions({ ...plan, city: '', population: '一百万', baseYear: '20', targetYear: '2035年' })).toEqual([
      'city',
      'population',
      'baseYear',
      'targetYear',
    ])
  })
})

describe('the manifest of a draft', () => {
  it('says exactly what was answered', () => {
    const manifest = draftManifest(answered(importDraft(fakeInspection)))
    expect(manifest).toMatchObject({
      name: '青岚市总体规划',
      city: { name: '青岚', population: 1_250_000 },
      baseYear: 2020,
      targetYear: null,
      layers: [
        { role: 'landuse_plan', path: 'plan/ghyd.shp', crs: 'EPSG:4547', encoding: 'GB18030', fields: { class: 'YDYHFLDM' } },
      ],
    })
  })
  it('is nothing while every layer is left out', () => {
    const draft = answered(importDraft(fakeInspection))
    expect(draftManifest({ ...draft, layers: draft.layers.map((layer) => ({ ...layer, role: 'leave-out' })) })).toBeNull()
  })
  it('comes back the same when the files bring one', () => {
    const manifest: Manifest = {
      greenprint: 'plan-manifest/1',
      name: 'Qinglan',
      nameZh: '青岚',
      city: { name: '青岚', kind: 'large', population: 1_250_000, populationYear: 2020 },
      planLevel: 'unit',
      baseYear: 2020,
      targetYear: 2035,
      crs: 'EPSG:4547',
      layers: [
        {
          role: 'landuse_base',
          path: 'ghyd.shp',
          layer: null,
          crs: 'EPSG:4547',
          encoding: 'GBK',
          where: { GHZT: '现状' },
          fields: { class: 'DLBM' },
          classes: { H9: '1401' },
        },
      ],
      parameters: { walkSpeedKmh: 4.5 },
      quotas: { farmlandHa: 61_000 },
      entries: [{ item: 'B06', level: 3, reason: '第 4 章' }],
    }
    const inspection: Inspection = { ...fakeInspection, manifest }
    const draft = importDraft(inspection)
    expect(draft.layers.flatMap(layerQuestions)).toEqual([])
    const [line] = manifest.layers
    expect(draftManifest(draft)).toEqual({
      ...manifest,
      layers: [{ ...line, path: 'plan/ghyd.shp', fields: { class: 'DLBM', name: 'YDYHFLMC' } }],
    })
  })
})

describe('a coordinate system as people type it', () => {
  it.each([
    ['4547', 'EPSG:4547'],
    ['epsg 4547', 'EPSG:4547'],
    ['EPSG：４５４７', 'EPSG:4547'],
    ['LOCAL:metre', 'LOCAL:metre'],
    ['西安80', '西安80'],
  ])('%s is %s', (typed, read) => expect(readCrs(typed)).toBe(read))
})
