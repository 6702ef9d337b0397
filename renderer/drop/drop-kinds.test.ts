import { describe, expect, it } from 'vitest'
import { dropKinds, kindsOfTypes } from './drop-kinds.ts'

const PLAN = new Set(['shp', 'gpkg', 'geojson', 'json', 'dxf', 'vct'])
const kinds = (names: string[], hasPlan = true) => dropKinds(names, PLAN, hasPlan)

describe('what is dropped on the window', () => {
  it.each([
    [['用地.GPKG'], ['plan']],
    [['a.shp', 'a.dbf', 'a.shx', 'a.prj'], ['plan']],
    [['青岚市成果'], ['plan']],
    [['round-2.greenprint'], ['package']],
    [['青岚市-答复.greenprint-reply'], ['reply']],
    [['意见答复.xlsx'], ['plan', 'reply']],
    [['意见.html'], ['memo', 'reply']],
    [['影像.mbtiles'], ['basemap']],
    [['规划图.png', '规划图.pgw'], ['sheet']],
    [['意见书.pdf'], ['memo', 'sheet']],
    [
      ['dem.tif', 'dem.tfw'],
      ['plan', 'basemap', 'sheet'],
    ],
    [['成果/用地.shp', '成果/说明书.pdf', '成果/图.jpg'], ['plan']],
    [['song.mp3'], []],
  ])('%j can become %j', (names, expected) => expect(kinds(names)).toEqual(expected))

  it('is no plan sheet while no plan is open, unless it can be nothing else', () => {
    expect(kinds(['意见书.pdf'], false)).toEqual(['memo'])
    expect(kinds(['dem.tif'], false)).toEqual(['plan', 'basemap'])
    expect(kinds(['图.png'], false)).toEqual(['sheet'])
  })
  it('is told before it is let go, as far as the browser says what it is', () => {
    expect(kindsOfTypes(['application/pdf'])).toEqual(['sheet', 'memo'])
    expect(kindsOfTypes([''])).toEqual(['plan', 'basemap', 'package', 'reply'])
    expect(kindsOfTypes(['image/png', ''])).toEqual(['plan', 'sheet', 'basemap', 'package', 'reply'])
  })
})
