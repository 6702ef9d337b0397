import { describe, expect, it } from 'vitest'
import { manifestToShift, oldSystems, shiftedSystem, withoutShiftedSystem, withShiftedSystem } from './datum-shift-need.ts'
import { importDraft, type ImportDraft } from './draft.ts'
import { exampleLayer } from './example-layer.ts'

const draftWith = (crs: string, more: Partial<ImportDraft> = {}): ImportDraft => {
  const fresh = importDraft({ files: [{ path: 'a.shp', sizeBytes: 1, layers: [exampleLayer()], error: null }], manifest: null })
  return { ...fresh, layers: fresh.layers.map((layer) => ({ ...layer, crs, role: 'landuse_plan' })), ...more }
}

describe('layers on an old datum', () => {
  it.each([
    ['EPSG:2383', 'EPSG:4547'],
    ['EPSG:2362', 'EPSG:4526'],
    ['EPSG:2434', 'EPSG:4546'],
    ['EPSG:4610', 'EPSG:4490'],
  ])('%s goes to the same zone of CGCS2000, %s', (from, to) => {
    const draft = draftWith(from)
    expect(oldSystems(draft)).toEqual([from])
    expect(shiftedSystem(draft)).toBe(to)
    const shifted = withShiftedSystem(draft)
    expect(shifted.kept.crs).toBe(to)
    expect(withoutShiftedSystem(shifted)).toEqual(draft)
  })

  it('are none where they are on CGCS2000, left out, or unanswered', () => {
    expect(oldSystems(draftWith('EPSG:4547'))).toEqual([])
    expect(oldSystems(draftWith(''))).toEqual([])
    const left = draftWith('EPSG:2383')
    expect(oldSystems({ ...left, layers: left.layers.map((layer) => ({ ...layer, role: 'leave-out' })) })).toEqual([])
  })

  it('leave a plan’s own system alone, and the file that the manifest names aside', () => {
    const draft = draftWith('EPSG:2383', { kept: { crs: 'EPSG:4548', datumShift: 'seven.json' }, fromManifest: true })
    expect(withShiftedSystem(draft).kept.crs).toBe('EPSG:4548')
    expect(withoutShiftedSystem(draft)).toBe(draft)
    const named = { ...draft, plan: { ...draft.plan, name: 'Plan' } }
    expect(manifestToShift(named)).toMatchObject({ crs: 'EPSG:4548' })
    expect(manifestToShift(named)).not.toHaveProperty('datumShift')
  })
})
