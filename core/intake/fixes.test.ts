import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IntakeFix, LayerChange } from '../model/inspection.ts'
import { bilingual } from '../text.ts'
import { back, forward, startSteps, step } from './draft-history.ts'
import { draftManifest, importDraft, type LayerDraft } from './draft.ts'
import { exampleLayer } from './example-layer.ts'
import { applyFix, canUndoFix, fixKey, isApplied, undoFix } from './fixes.ts'
import { offerFixes } from './offer-fixes.ts'

const because = bilingual('测试', 'test')
const fixOf = (change: LayerChange): IntakeFix => ({
  code: 'x',
  problem: 'y',
  title: because,
  reason: because,
  confidence: 0.5,
  change,
})

const draftOf = (more: Parameters<typeof exampleLayer>[0] = {}): LayerDraft => {
  const [layer] = importDraft({
    files: [{ path: 'a.shp', sizeBytes: 1, layers: [exampleLayer(more)], error: null }],
    manifest: null,
  }).layers
  if (!layer) throw new Error('the example has a layer')
  return layer
}

const words = fc.dictionary(fc.constantFrom('class', 'name', 'parcel'), fc.constantFrom('DLBM', 'MC', 'YDDM'), {
  noNullPrototype: true,
})
const change: fc.Arbitrary<LayerChange> = fc.record(
  {
    role: fc.constantFrom('green' as const, 'landuse_base' as const),
    crs: fc.constantFrom('EPSG:4547', 'EPSG:4490', null),
    encoding: fc.constantFrom('GBK', 'UTF-8', null),
    swapAxes: fc.boolean(),
    fields: words,
    classes: words,
    where: fc.constantFrom({ GHZT: '规划' }, { GHZT: ['现状', '规划'] }),
    leaveOut: fc.constant(true as const),
  },
  { requiredKeys: [] },
)

describe('fixes', () => {
  it('undo restores exactly what stood there', () => {
    fc.assert(
      fc.property(change, (changes) => {
        const before = draftOf()
        const fix = fixOf(changes)
        const after = applyFix(before, fix)
        expect(isApplied(after, fixKey(fix))).toBe(true)
        expect(undoFix(after, fixKey(fix))).toEqual(before)
      }),
    )
  })

  it('one after the other and back again leaves the layer as it was', () => {
    fc.assert(
      fc.property(fc.uniqueArray(change, { maxLength: 6, selector: (one) => fixKey({ change: one }) }), (changes) => {
        const before = draftOf()
        const fixes = changes.map(fixOf)
        const after = fixes.reduce(applyFix, before)
        expect(fixes.toReversed().reduce((layer, fix) => undoFix(layer, fixKey(fix)), after)).toEqual(before)
      }),
    )
  })

  it('what was answered elsewhere since then stays', () => {
    const fix = fixOf({ crs: 'EPSG:4547' })
    const later = { ...applyFix(draftOf(), fix), encoding: 'GBK', fields: { class: 'DLBM' } }
    const undone = undoFix(later, fixKey(fix))
    expect(undone).toMatchObject({ crs: '', encoding: 'GBK', fields: { class: 'DLBM' }, applied: [] })
    expect(undone.confirmed.crs).toBe(draftOf().confirmed.crs)
  })

  it('a fix that a later one overwrote is not taken back from under it', () => {
    const [first, second] = [fixOf({ crs: 'EPSG:4547' }), fixOf({ crs: 'EPSG:4548' })]
    const both = [first, second].reduce(applyFix, draftOf())
    expect([canUndoFix(both, fixKey(first)), canUndoFix(both, fixKey(second))]).toEqual([false, true])
    expect(undoFix(both, fixKey(first))).toBe(both)
    expect(undoFix(undoFix(both, fixKey(second)), fixKey(first))).toEqual(draftOf())
  })

  it('applied twice is applied once', () => {
    const once = applyFix(draftOf(), fixOf({ swapAxes: true }))
    expect(applyFix(once, fixOf({ swapAxes: true }))).toBe(once)
  })

  it('reach the manifest', () => {
    const draft = importDraft({ files: [{ path: 'a.shp', sizeBytes: 1, layers: [exampleLayer()], error: null }], manifest: null })
    const fixes = [fixOf({ crs: 'EPSG:4547', swapAxes: true }), fixOf({ where: { GHZT: '规划' }, fields: { class: 'MC' } })]
    const layers = draft.layers.map((layer) => fixes.reduce(applyFix, layer))
    const named = { ...draft, plan: { ...draft.plan, name: 'x' }, layers }
    expect(draftManifest(named)?.layers).toEqual([
      expect.objectContaining({ crs: 'EPSG:4547', swapAxes: true, where: { GHZT: '规划' }, fields: { class: 'MC' } }),
    ])
    const without = { ...named, layers: layers.map((layer) => applyFix(layer, fixOf({ leaveOut: true }))) }
    expect(draftManifest(without)).toBeNull()
  })
})

describe('remedies that are offered', () => {
  const offered = (
    more: Parameters<typeof exampleLayer>[0],
    known: Parameters<typeof offerFixes>[1] = { problems: [], fixes: [] },
  ) => {
    const { problems, fixes } = offerFixes(exampleLayer(more), known)
    return { codes: problems.map(({ code }) => code), changes: fixes.map((fix) => fix.change) }
  }
  const crs = (value: string | null) => ({ value, confidence: 0.9, reason: because })

  it('none for a layer in order', () => {
    expect(offered({})).toEqual({ codes: [], changes: [] })
  })
  it.each([
    ['an empty layer', { features: 0, extent: null }, 'layer.empty', { leaveOut: true }],
    ['a layer nobody can name', { role: { value: null, confidence: 0, reason: because } }, 'role.unknown', { leaveOut: true }],
    [
      'north before east in metres',
      { crs: crs(null), extent: [2_545_000, 532_000, 2_546_000, 533_000] as [number, number, number, number] },
      'crs.axes-swapped',
      { swapAxes: true },
    ],
    [
      'latitude before longitude',
      { crs: crs('EPSG:4490'), extent: [23, 114, 23.1, 114.1] as [number, number, number, number] },
      'crs.axes-swapped',
      { swapAxes: true },
    ],
    [
      'codes that nobody knows beside names that are known',
      { classes: [{ source: 'ZZ9', count: 4, code: null }] },
      'class.unknown',
      { fields: { class: 'MC' } },
    ],
    [
      'both states in one layer',
      { sourceFields: [...exampleLayer().sourceFields, { name: 'GHZT', type: 'text' as const, samples: ['现状', '规划'] }] },
      'layer.states-mixed',
      { where: { GHZT: '规划' } },
    ],
  ])('%s', (_, more, code, wanted) => {
    const found = offered(more)
    expect(found.codes).toContain(code)
    expect(found.changes).toContainEqual(wanted)
  })
  it('not twice what a reader offers already', () => {
    const known = { ...fixOf({ swapAxes: true }), problem: 'crs.axes' }
    const extent: [number, number, number, number] = [2_545_000, 532_000, 2_546_000, 533_000]
    expect(offered({ crs: crs(null), extent }, { problems: [], fixes: [known] }).changes).toEqual([{ swapAxes: true }])
  })
})

describe('steps of a draft', () => {
  it('go back and forward through any edits', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 30 }), (edits) => {
        const start = startSteps(-1)
        const states = edits.filter((value, index) => value !== (edits[index - 1] ?? -1))
        const end = states.reduce((steps, value, index) => step(steps, value, '', index), start)
        const first = states.reduce((steps) => back(steps), end)
        expect(first.present).toBe(-1)
        expect(states.reduce((steps) => forward(steps), first).present).toBe(end.present)
        expect(back(first)).toBe(first)
      }),
    )
  })
  it('one word typed is one step, another field another', () => {
    const typed = ['青', '青岚', '青岚市'].reduce(
      (steps, text, index) => step(steps, text, 'plan', 1000 + index * 200),
      startSteps(''),
    )
    expect(typed.past).toEqual([''])
    const elsewhere = step(typed, 'x', '0 crs', 1500)
    expect(elsewhere.past).toEqual(['', '青岚市'])
    expect(step(typed, '青岚市国土', 'plan', 9000).past).toEqual(['', '青岚市'])
  })
})
