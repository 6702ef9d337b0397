import { beforeEach, describe, expect, it } from 'vitest'
import { FRESH_LOOK } from '#core/map/look.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { visibleLayers } from './layer-visibility.ts'
import { switchLayer, useLookStore } from './look-store.ts'

const first = useLookStore.getState()
const [plan, other] = ['plan-a' as PlanId, 'plan-b' as PlanId]
const layer = 'layer-a' as LayerId

describe('which layers of a plan are on', () => {
  beforeEach(() => useLookStore.setState(first, true))

  it('is as the styles say until somebody says otherwise, and then as was said last', () => {
    const layers = [
      { id: layer, visible: true },
      { id: 'layer-b' as LayerId, visible: false },
    ]
    const shown = () => [...visibleLayers(layers, useLookStore.getState().look)]
    expect(shown()).toEqual(['layer-a'])
    useLookStore.getState().begin(plan, FRESH_LOOK)
    switchLayer(plan, layer, false)
    switchLayer(plan, 'layer-b' as LayerId, true)
    expect([shown(), useLookStore.getState().isChanged]).toEqual([['layer-b'], true])
  })

  it('can be said of a plan whose look is still on its way, and changes no other plan', () => {
    useLookStore.getState().begin(other, FRESH_LOOK)
    switchLayer(plan, layer, true)
    expect(useLookStore.getState()).toMatchObject({ look: FRESH_LOOK, isChanged: false })
    useLookStore.getState().begin(plan, { ...FRESH_LOOK, graticule: true })
    expect(useLookStore.getState()).toMatchObject({
      look: { graticule: true, layers: { [layer]: { visible: true } } },
      isChanged: true,
    })
    useLookStore.getState().begin(other, FRESH_LOOK)
    expect(useLookStore.getState().look).toEqual(FRESH_LOOK)
  })
})
