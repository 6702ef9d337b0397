import fs from 'node:fs'
import { expect, it } from 'vitest'
import { FRESH_LOOK, resolutionOf } from '#core/map/look.ts'
import type { PlanId } from '#core/model/ids.ts'
import { withSession } from './session.ts'
import { cliFolder, QUIET } from './testing.ts'

const { at, greenprint, importedCity } = cliFolder('map-themes')
const map = (...options: string[]) => greenprint<{ scale: number }>('map', '--catalogue', at('cat'), ...options)

it('prints a theme at a bookmark, both by the names that they were saved under', async () => {
  importedCity('cat')
  await withSession(at('cat'), QUIET, async (session) => {
    const [plan] = await session.call('plans.list', {})
    const planId = plan?.id ?? ('' as PlanId)
    const { layers } = await session.call('plans.get', { planId })
    const of = (role: string) => layers.find((layer) => layer.role === role)?.id ?? ''
    const [redline, farmland, land] = [of('eco_redline'), of('pbf'), of('landuse_plan')]
    const layersOn = Object.fromEntries(layers.map(({ id }) => [id, { visible: [redline, farmland, land].includes(id) }]))
    const shown = { ...layersOn, [farmland]: { visible: true, nearest: 200_000 } }
    const theme = {
      name: '控制线',
      palette: 'grey' as const,
      labels: false,
      groups: ['landuse', 'control'],
      order: [],
      layers: shown,
    }
    const bookmark = { name: '东岸', centre: [1000, 500] as [number, number], metresPerPx: resolutionOf(20_000) }
    const look = { ...FRESH_LOOK, names: { [redline]: '我的红线' }, themes: [theme], bookmarks: [bookmark] }
    await session.call('map.setLook', { planId, look })
  })
  const { status, document } = map('--theme', '控制线', '--bookmark', '东岸', '--out', at('theme.svg'))
  expect([status, document]).toMatchObject([0, { scale: 20_000 }])
  const svg = fs.readFileSync(at('theme.svg'), 'utf8')
  // One is switched off, the other is not meant for this scale.
  expect(['我的红线', '生态廊道', '永久基本农田'].filter((words) => svg.includes(words))).toEqual(['我的红线'])
  // Of the group that the theme puts on top first.
  expect(svg.indexOf('01 耕地')).toBeLessThan(svg.indexOf('我的红线'))
  const unknown = map('--theme', '别的', '--out', at('none.svg'))
  expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('控制线')])
  expect(map('--bookmark', '别处', '--out', at('none.svg')).status).toBe(2)
}, 120_000)
