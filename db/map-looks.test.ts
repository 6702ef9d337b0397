import { afterAll, beforeAll, expect, it } from 'vitest'
import { FRESH_LOOK, type MapLook } from '#core/map/look.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Catalogue } from './catalogue.ts'
import { openForTest, removeTempDirs, tempDir, withReview } from './testing/fixtures.ts'

const dir = tempDir()
let catalogue: Catalogue
beforeAll(() => {
  catalogue = openForTest(dir)
})
afterAll(async () => {
  await catalogue.close()
  removeTempDirs()
})

it('keeps how a plan is looked at, also over a restart, and writes no audit entry of it', async () => {
  const { plan } = withReview(catalogue)
  const before = catalogue.audit.list(null, 1)[0]?.seq
  expect(catalogue.mapLooks.get(plan.id)).toEqual(FRESH_LOOK)
  const look: MapLook = { ...FRESH_LOOK, palette: 'grey', bookmarks: [{ name: '东岸', centre: [1, 2], metresPerPx: 3 }] }
  catalogue.commands.setMapLook(plan.id, look)
  expect(catalogue.audit.list(null, 1)[0]?.seq).toBe(before)
  expect(catalogue.settings.get()).not.toHaveProperty('palette')
  await catalogue.close()
  catalogue = openForTest(dir)
  expect(catalogue.mapLooks.get(plan.id)).toEqual(look)
})

it('refuses a plan that is not there', () => {
  expect(() => catalogue.commands.setMapLook('nowhere' as PlanId, FRESH_LOOK)).toThrow('catalogue.not-found')
})
