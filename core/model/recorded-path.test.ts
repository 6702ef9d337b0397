import { expect, it } from 'vitest'
import { manifestSchema } from './manifest.ts'
import { recordedManifest, recordedPath } from './recorded-path.ts'

it('keeps a path below the manifest, and of every other the file’s name alone', () => {
  for (const path of ['plan.gpkg', 'gis/plan.gpkg', './gis/a..b.shp', '用地/规划.shp']) expect(recordedPath(path)).toBe(path)
  for (const outside of [
    '/home/wang/保密/',
    'C:\\Users\\wang\\',
    'C:保密\\',
    '\\\\server\\share\\',
    '../',
    'gis/../../',
    'a\\..\\',
  ])
    expect(recordedPath(`${outside}规划.shp`)).toBe('规划.shp')
  // A folder of files, as a FileGDB is, may be written with its last stroke.
  expect(recordedPath('/home/wang/规划.gdb/')).toBe('规划.gdb')
})

it('tells no folder of this machine in the manifest that travels with a plan', () => {
  const manifest = manifestSchema.parse({
    greenprint: 'plan-manifest/1',
    name: 'one',
    datumShift: '/home/wang/shift.json',
    layers: [{ role: 'green', path: '/home/wang/green.shp', fields: { name: 'MC' } }],
    sheets: [{ path: '../wang/sheet.pdf', page: 2 }],
  })
  const recorded = recordedManifest(manifest)
  expect(JSON.stringify(recorded)).not.toContain('wang')
  expect(recorded).toEqual({
    ...manifest,
    datumShift: 'shift.json',
    layers: [{ ...manifest.layers[0], path: 'green.shp' }],
    sheets: [{ path: 'sheet.pdf', page: 2 }],
  })
})
