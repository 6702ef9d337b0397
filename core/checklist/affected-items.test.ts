import { expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import type { Measurement } from '../model/measurement.ts'
import { affectedItems } from './affected-items.ts'
import { parseChecklist } from './load.ts'

const checklist = parseChecklist(json, 'green-low-carbon.json')
const measured = (id: string, rest: Partial<Measurement>): Measurement => ({
  id,
  version: 1,
  outcome: { kind: 'value', value: 85_000, unit: 'm2' },
  method: { zh: '', en: '' },
  basis: 'ellipsoidal',
  parameters: {},
  details: {},
  evidence: [],
  evidenceTotal: 0,
  inputs: {},
  notes: [],
  ...rest,
})

it('a feature leads to the items that it proves, with its size, its rank and the value it is part of', () => {
  const measurements = [
    measured('B01', {
      evidence: [
        { layer: 'landuse_plan', fid: 7, value: 49_200 },
        { layer: 'landuse_plan', fid: 9, value: 35_800, note: { zh: '压占', en: 'overlaps' } },
      ],
      evidenceTotal: 2,
    }),
    measured('A08', { evidence: [{ layer: 'landuse_plan', fid: 1 }], evidenceTotal: 300 }),
    measured('A03', { evidence: [{ layer: 'green', fid: 9 }], evidenceTotal: 300 }),
    measured('N07', {
      evidence: [{ layer: 'landuse_plan', fid: 9 }],
      evidenceTotal: 12,
      outcome: { kind: 'missing', why: { zh: '', en: '' }, needs: [] },
    }),
  ]
  const { items, capped } = affectedItems(checklist, measurements, 'landuse_plan', 9)
  expect(
    items.map(({ item, contribution, note, value, rank, evidenceTotal }) => [
      item.id,
      contribution,
      note?.en,
      value?.value,
      rank,
      evidenceTotal,
    ]),
  ).toEqual([
    ['B01', 35_800, 'overlaps', 85_000, 2, 2],
    ['N07', null, undefined, undefined, 1, 12],
  ])
  expect(capped.map(({ id }) => id)).toEqual(['A08'])
  expect(affectedItems(checklist, measurements, 'road', 9)).toEqual({ items: [], capped: [] })
})
