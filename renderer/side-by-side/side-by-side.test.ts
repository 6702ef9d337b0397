import { describe, expect, it } from 'vitest'
import type { LayerId } from '#core/model/ids.ts'
import type { Role } from '#core/model/roles.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import { classesOf, flowsOf } from './flows.ts'
import { hasBase, sidesOf } from './sides.ts'
import { swipeStep } from './swipe-handle.tsx'

const layer = (role: Role, visible: boolean) => ({ id: role as string as LayerId, role, visible })
const PLAN = [layer('landuse_base', false), layer('landuse_plan', true), layer('green', true), layer('opportunity_area', true)]
const fresh = { layers: {} }

describe('the two sides of a plan', () => {
  it('the base year on one, the plan on the other, the rest on both', () => {
    const { before, after } = sidesOf(PLAN, fresh)
    expect([...before]).toEqual(['landuse_base', 'green'])
    expect([...after]).toEqual(['landuse_plan', 'green', 'opportunity_area'])
  })

  it('what a person has hidden stays hidden on both', () => {
    const { before, after } = sidesOf(PLAN, { layers: { green: { visible: false } } })
    expect([before.has('green' as LayerId), after.has('green' as LayerId)]).toEqual([false, false])
  })

  it('there is none without base-year land use', () => {
    expect([hasBase(PLAN), hasBase(PLAN.slice(1))]).toEqual([true, false])
  })
})

const title = (code: string) => ({ zh: code, en: code })
const matrix: ResultTable = {
  id: 'transition',
  kind: 'flows',
  title: title('matrix'),
  rowTitle: title('base'),
  columns: ['01', '03', '07', 'total'].map((key) => ({ key, title: title(key), unit: 'ha' as const })),
  rows: [
    { key: '01', title: title('01'), cells: [50, 30, 20, 100], colour: '#ffffff' },
    { key: '03', title: title('03'), cells: [0.02, 10, 5, 15.02], colour: '#00ff00' },
  ],
}

describe('what changes between them', () => {
  it('flows are changes of class only, the largest first, without what comes of rounding', () => {
    expect(flowsOf(matrix).map(({ from, to, areaM2 }) => [from.key, to.key, areaM2])).toEqual([
      ['01', '03', 30],
      ['01', '07', 20],
      ['03', '07', 5],
    ])
  })

  it('classes have their area on both sides, also those that are new; both sides have the same sum', () => {
    const classes = classesOf(matrix)
    expect(classes.map(({ key, beforeM2, afterM2 }) => [key, beforeM2, afterM2])).toEqual([
      ['01', 100, 50.02],
      ['03', 15.02, 40],
      ['07', 0, 25],
    ])
    const sum = (side: 'beforeM2' | 'afterM2') => classes.reduce((total, one) => total + one[side], 0)
    expect(sum('beforeM2')).toBeCloseTo(sum('afterM2'), 9)
  })
})

it('the swipe moves with the arrow keys, leaps with page keys, and stays on the map', () => {
  expect(['ArrowRight', 'ArrowLeft', 'PageUp', 'Home', 'End'].map((key) => swipeStep(key, 50))).toEqual([52, 48, 60, 0, 100])
  expect([swipeStep('ArrowRight', 99), swipeStep('PageDown', 4), swipeStep('a', 50)]).toEqual([100, 0, null])
})
