import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { box } from '../geo/sketch.ts'
import {
  areaByUnit,
  areaByUnitAndKind,
  kindOfParcels,
  parcelsInUnit,
  parentsAt,
  unitOfRow,
  unitsAt,
  unitTable,
} from './per-unit.ts'

const admin = layerFromSketches('admin', [
  { polygon: [box(0, 0, 100, 100)], attributes: { level: 'district', name: '东区', code: 'D1', parent: '' } },
  { polygon: [box(100, 0, 100, 100)], attributes: { level: 'district', name: '', code: 'D2', parent: '' } },
  { polygon: [box(0, 0, 50, 50)], attributes: { level: 'unit', name: '', code: '', parent: '' } },
  { polygon: [box(60, 0, 30, 30)], attributes: { level: 'unit', name: '甲', code: '', parent: 'D2' } },
  { polygon: [box(500, 0, 30, 30)], attributes: { level: 'unit', name: '飞地', code: '', parent: '' } },
])
const parcels = layerFromSketches('landuse_plan', [
  { polygon: [box(20, 0, 60, 100)], attributes: { class: '0701' } },
  { polygon: [box(80, 0, 120, 100)], attributes: { class: '01' } },
  { polygon: [box(0, 0, 20, 100)], attributes: { class: null } },
])
const note = (areaM2: number) => ({ zh: `${areaM2} 平方米`, en: `${areaM2} m²` })

describe('values by unit', () => {
  it('units have titles in both languages even without a name', () => {
    expect(unitsAt(admin, 'district').map(({ title }) => title)).toEqual([
      { zh: '东区', en: '东区' },
      { zh: 'D2', en: 'D2' },
    ])
    expect(unitsAt(admin, 'unit')[0]?.title).toEqual({ zh: '单元 3', en: 'unit 3' })
    expect(unitOfRow(admin, '4')?.title.zh).toBe('甲')
  })

  it('parents are named, or hold more than half of the ground', () => {
    expect([...parentsAt(admin, 'district')]).toEqual([-1, -1, 0, 1, -1])
    expect([...parentsAt(admin, 'municipal')]).toEqual([-1, -1, -1, -1, -1])
  })

  it('areas by unit and kind are sums of overlaps', () => {
    expect([...areaByUnit(parcels, admin, (at) => at === 0)]).toEqual([6000, 0, 1500, 600, 0].map((m2) => expect.closeTo(m2, 6)))
    const kinds = kindOfParcels(parcels, (code) => (code.startsWith('07') ? 1 : 0))
    expect([...kinds]).toEqual([1, 0, -1])
    const sums = areaByUnitAndKind(parcels, admin, kinds, 2)
    expect([...sums.subarray(0, 4)]).toEqual([2000, 6000, 10_000, 0].map((m2) => expect.closeTo(m2, 6)))
  })

  it('a figure opens its parcels, and a row its place', () => {
    expect(parcelsInUnit(parcels, admin, 0, () => true, note).map(({ fid }) => fid)).toEqual([1, 2, 3])
    const table = unitTable(admin, 'district', { id: 'byDistrict', title: note(0), columns: [] }, ({ areaM2 }) => [areaM2])
    expect(table.rows.map(({ key, place }) => [key, place])).toEqual([
      ['1', { layer: 'admin', fid: 1 }],
      ['2', { layer: 'admin', fid: 2 }],
    ])
  })
})
