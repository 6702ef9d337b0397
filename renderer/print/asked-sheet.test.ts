import { describe, expect, it } from 'vitest'
import { mapSheetProcedures } from '#core/contract/map-sheet-procedures.ts'
import type { LayerId, PlanId, ReviewId } from '#core/model/ids.ts'
import { askedSheet } from './asked-sheet.ts'
import type { OnScreen } from './use-on-screen.ts'
import { usePrint, type PrintChoice } from './print-store.ts'

const plan = 'p' as PlanId
const seen = { centre: [120, -40] as const, metresPerPixel: (5000 * 0.0254) / 96 }
const onScreen: OnScreen = {
  overlays: [{ id: 'green-network', opacity: 0.8 }],
  numbered: true,
  faded: true,
  reviewId: 'r' as ReviewId,
  basemap: true,
}
const choice = (more: Partial<PrintChoice>): PrintChoice => ({ ...usePrint.getState().choice, ...more })
const asked = (more: Partial<PrintChoice>) =>
  askedSheet(choice(more), { planId: plan, seen, layerIds: ['l' as LayerId], onScreen, lang: 'zh' })

describe('what is asked of a printed map', () => {
  it('is the whole plan, what the screen shows, or a scale around what it shows', () => {
    expect(asked({ scaleMode: 'fit' })).toMatchObject({ scale: null, centreM: null })
    expect(asked({ scaleMode: 'view' })).toMatchObject({ scale: 5000, centreM: [120, -40] })
    expect(asked({ scaleMode: 'typed', scale: '1：2.5万' })).toMatchObject({ scale: 25_000, centreM: [120, -40] })
    for (const scale of ['', '一比五千', '10', '1e99']) expect(asked({ scaleMode: 'typed', scale })).toBeNull()
  })
  it('is cut for a printer only where it is printed', () => {
    expect(asked({ format: 'pdf', printer: 'A4' })).toMatchObject({ printer: 'A4' })
    expect(asked({ format: 'png', printer: 'A4' })).toMatchObject({ printer: null })
  })
  it('is drawn with what the screen shows besides, unless a person says otherwise', () => {
    expect(asked({})).toMatchObject({ ...onScreen, grids: false })
    const without = asked({ overlays: false, findings: false, basemap: false })
    expect(without).toMatchObject({ overlays: [], reviewId: null, basemap: false })
  })
  it('is always something that the contract takes', () => {
    for (const scaleMode of ['fit', 'view'] as const)
      expect(mapSheetProcedures['map.sheet'].input.safeParse(asked({ scaleMode })).success).toBe(true)
  })
})
