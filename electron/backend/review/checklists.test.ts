import path from 'node:path'
import { expect, it } from 'vitest'
import { createChecklists } from './checklists.ts'

const checklists = createChecklists(path.resolve('resources'))

it('offers the newest version only, and still finds the one that an earlier release shipped', () => {
  expect(checklists.list().map(({ id, version }) => `${id} ${version}`)).toEqual(['green-low-carbon 1.1.0'])
  expect(checklists.get('green-low-carbon').version).toBe('1.1.0')
  expect(checklists.version('green-low-carbon', '1.0.0').items.find(({ id }) => id === 'B02')?.rule).toBeNull()
  expect(() => checklists.version('green-low-carbon', '0.9.0')).toThrow(expect.objectContaining({ code: 'checklist.unknown' }))
})
