import { describe, expect, it } from 'vitest'
import { ASK_BELOW, type SourceField } from '../model/inspection.ts'
import { ROLE_IDS, roleInfo, type GeometryKind, type Role, type RoleField } from '../model/roles.ts'
import { guessFields } from './guess-fields.ts'
import { guessRole } from './guess-role.ts'
import { declaredAreaField, unknownPresetAttributes } from './layer-presets.ts'

const text = (name: string, ...samples: string[]): SourceField => ({ name, type: 'text', samples })
const number = (name: string, ...samples: string[]): SourceField => ({ name, type: 'number', samples })

describe('guessRole', () => {
  it.each<[string | null, string, GeometryKind, Role]>([
    [null, 'plan/GHYDYH.shp', 'polygon', 'landuse_plan'],
    ['ZXCQGHYDYH', 'a.gpkg', 'polygon', 'landuse_plan'],
    [null, 'hlg_baseline_landuse_local.geojson', 'polygon', 'landuse_base'],
    [null, 'hlg_plan_landuse_local.geojson', 'polygon', 'landuse_plan'],
    ['STBHHX_2021', 'a.gpkg', 'polygon', 'eco_redline'],
    ['czkfbj', 'a.gpkg', 'polygon', 'udb'],
    [null, 'park_connector.geojson', 'line', 'greenway'],
    [null, 'nparks_parks.geojson', 'polygon', 'green'],
    [null, 'lta_mrt_station_exit.geojson', 'point', 'rail_station'],
    [null, '中心城区道路.shp', 'line', 'road_network'],
    ['OpportunityAreas', 'a.gpkg', 'polygon', 'opportunity_area'],
    ['330100JQDLTB', 'a.gdb', 'polygon', 'landuse_base'],
    ['TDGHDL', 'a.gdb', 'polygon', 'landuse_plan'],
    [null, 'YJJBNTTB.shp', 'polygon', 'pbf'],
    ['ZXCQCSLVX', 'a.gdb', 'polygon', 'other'],
  ])('%s in %s (%s) is %s', (layer, path, kind, role) => {
    const found = guessRole(layer, path, kind, [])
    expect(found.value).toBe(role)
    expect(found.confidence).toBeGreaterThanOrEqual(ASK_BELOW)
    expect(found.reason.zh).not.toBe('')
  })

  it('finds every role by its own first name', () => {
    const named = ROLE_IDS.filter((role) => roleInfo(role).names.length > 0)
    const found = named.map((role) => {
      const { names, kinds } = roleInfo(role)
      return guessRole(names[0] ?? '', 'x.gpkg', kinds[0] ?? 'polygon', []).value
    })
    expect(found).toEqual(named)
  })

  it('never proposes a role whose geometry it cannot be, and says when it knows nothing', () => {
    expect(guessRole('GHYDYH', 'x.gpkg', 'point', []).value).toBeNull()
    expect(guessRole('layer1', 'x.gpkg', 'polygon', [])).toMatchObject({ value: null, confidence: 0 })
  })

  it('sees land use in the values, and asks whether base or plan', () => {
    const fields = [text('Layer', '0701', '1401', '0901', '1207')]
    expect(guessRole(null, 'land.shp', 'polygon', fields)).toMatchObject({ value: 'landuse_plan' })
    expect(guessRole(null, 'land.shp', 'polygon', fields).confidence).toBeLessThan(ASK_BELOW)
    expect(guessRole(null, '现状图.shp', 'polygon', fields)).toMatchObject({ value: 'landuse_base' })
    expect(guessRole(null, 'land.shp', 'polygon', [number('SYMBOL', '21', '14', '100')]).value).toBeNull()
    // "projected" is no project; where nothing but the name speaks, it still counts as a hint.
    expect(guessRole(null, 'projected.geojson', 'polygon', fields)).toMatchObject({ value: 'landuse_plan' })
    expect(guessRole(null, 'projected.geojson', 'polygon', [])).toMatchObject({ value: 'project' })
    expect(guessRole(null, 'new_project.shp', 'polygon', fields)).toMatchObject({ value: 'project' })
  })
})

describe('guessFields', () => {
  it('maps fields by usual names, whatever their case', () => {
    const found = guessFields('landuse_plan', [
      text('ydyhfldm', '0701', '1401'),
      text('YDYHFLMC', '城镇住宅用地'),
      text('DKBH', 'A-1'),
      number('RJL', '2.5'),
    ])
    expect(found.value).toEqual({ class: 'ydyhfldm', name: 'YDYHFLMC', parcel: 'DKBH', far: 'RJL' })
    expect(found.confidence).toBeGreaterThan(0.9)
  })

  it('finds the class by its values when no name helps', () => {
    expect(guessFields('landuse_plan', [text('用地代', '0701', '1402', '0803')])).toMatchObject({
      value: { class: '用地代' },
      confidence: 0.7,
    })
  })

  it('maps names cut off by a shapefile and words inside a name', () => {
    expect(guessFields('admin', [number('INTENSITY_', '0.3')]).value).toEqual({ intensityCap: 'INTENSITY_' })
    expect(guessFields('population', [number('pop_count', '120')]).value).toEqual({ persons: 'pop_count' })
  })

  it('takes the base-year class for today and the planned one for tomorrow, where a layer has both', () => {
    const fields = [text('YDYHFLDM', '0701', '1401'), text('JQDLDM', '0101', '0301')]
    expect(guessFields('landuse_plan', fields).value['class']).toBe('YDYHFLDM')
    expect(guessFields('landuse_base', fields).value['class']).toBe('JQDLDM')
  })

  it('presets name only attributes that roles have, and find the declared area', () => {
    expect(unknownPresetAttributes()).toEqual([])
    expect(declaredAreaField(['BSM', 'tbmj', 'MJ'])).toBe('tbmj')
    expect(declaredAreaField(['BSM'])).toBeUndefined()
  })

  it('does not map words onto numbers, and asks for what is required', () => {
    const found = guessFields('population', [text('POP', 'many', 'few')])
    expect(found.value).toEqual({})
    expect(found.confidence).toBeLessThan(ASK_BELOW)
    expect(found.reason.zh).toContain('人数')
  })

  it('uses each source field once, for every role', () => {
    for (const role of ROLE_IDS) {
      const aliases = Object.values<RoleField>(roleInfo(role).fields).flatMap((field) =>
        field.aliases.map((alias) => number(alias, '1')),
      )
      const used = Object.values(guessFields(role, aliases).value)
      expect(new Set(used).size).toBe(used.length)
    }
  })
})
