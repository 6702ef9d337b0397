import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { manifestSchema } from '../model/manifest.ts'
import type { MappingProfile, ProfileRule } from '../model/mapping-profile.ts'
import { profileDraftSchema } from '../model/mapping-profile.ts'
import { bilingual } from '../text.ts'
import { answersOf, differingChoice, importAnswersSchema, withAnswers } from './answers.ts'
import { draftManifest, importDraft, layerQuestions, type ImportDraft } from './draft.ts'
import { exampleLayer } from './example-layer.ts'
import { applyProfiles, fitsPattern, patternOf, profileOf } from './profiles.ts'

const rule = (more: Partial<ProfileRule> = {}): ProfileRule => ({
  pattern: 'GHYDYH*',
  kind: 'polygon',
  role: 'landuse_plan',
  encoding: 'BIG5',
  fields: { class: 'MC' },
  classes: { 其他: '1701', 公园: '1401' },
  ...more,
})
const profile = (name: string, rules: ProfileRule[], at = '2026-01-01'): MappingProfile => ({ id: name, name, rules, by: '', at })
const draftOf = (...layers: Parameters<typeof exampleLayer>[0][]): ImportDraft =>
  importDraft({
    files: [
      { path: 'x', sizeBytes: 1, error: null, layers: layers.map((more) => exampleLayer({ path: 'GHYDYH_2035.shp', ...more })) },
    ],
    manifest: null,
  })

describe('patterns', () => {
  it.each([
    ['GHYDYH_2035', 'ghydyh*', true],
    ['规划用地2035', '规划用地*', true],
    ['规划用地', '*用地', true],
    ['abc', 'a*c', true],
    ['abcd', 'a*c', false],
    ['aa', 'a*aa', false],
    ['', '*', true],
  ])('%s and %s: %s', (name, pattern, fits) => expect(fitsPattern(name, pattern)).toBe(fits))

  it('agree with the obvious expression, and with the name they come from', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '用'), maxLength: 8 })
    fc.assert(
      fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b', '*', '用'), maxLength: 6 }), (name, pattern) => {
        expect(fitsPattern(name, pattern)).toBe(new RegExp(`^${pattern.replaceAll('*', '[^]*')}$`, 'u').test(name))
        expect(fitsPattern(name, patternOf({ layer: name, path: 'x' }))).toBe(true)
      }),
    )
  })
})

describe('mapping profiles', () => {
  it('answer a layer whose name and fields fit, and say which', () => {
    const [layer] = applyProfiles(draftOf({ classes: [{ source: '其他', count: 2, code: null }] }), [
      profile('县级总规', [rule()]),
    ]).layers
    expect(layer).toMatchObject({
      profile: '县级总规',
      role: 'landuse_plan',
      fields: { class: 'MC' },
      classes: { 其他: '1701' },
      encoding: 'BIG5',
    })
    expect(layer && layerQuestions(layer)).toEqual(['crs'])
  })
  it('never overrule what a file says of its own encoding', () => {
    const sure = { value: 'GBK', confidence: 0.98, reason: bilingual('.cpg', '.cpg') }
    expect(applyProfiles(draftOf({ encoding: sure }), [profile('a', [rule()])]).layers[0]?.encoding).toBe('GBK')
  })
  it.each([
    ['the name differs', rule({ pattern: 'LD*' })],
    ['the kind differs', rule({ kind: 'line' })],
    ['a needed field is not there', rule({ fields: { class: 'YDYHFLDM' } })],
    ['the role cannot have such geometry', rule({ role: 'greenway', kind: null })],
  ])('leave a layer alone when %s', (_, other) => {
    const draft = draftOf({})
    expect(applyProfiles(draft, [profile('a', [other])])).toEqual(draft)
  })
  it('the most exact pattern wins; of equals the one saved last', () => {
    const used = (...profiles: MappingProfile[]) => applyProfiles(draftOf({}), profiles).layers[0]?.profile
    expect(used(profile('a', [rule({ pattern: '*' })]), profile('b', [rule({ pattern: 'GHYDYH_*' })]))).toBe('b')
    expect(used(profile('old', [rule()], '2026-01-01'), profile('new', [rule()], '2026-02-01'))).toBe('new')
  })
  it('a manifest among the files goes before any profile', () => {
    const draft = { ...draftOf({}), fromManifest: true }
    expect(applyProfiles(draft, [profile('a', [rule()])])).toBe(draft)
  })
  it('made from a draft fit the same files again', () => {
    const draft = draftOf(
      {},
      {
        path: 'b/GHYDYH.shp',
        layer: 'road 1',
        kind: 'line',
        role: { value: 'greenway', confidence: 1, reason: bilingual('', '') },
      },
    )
    const made = profileOf('县级总规', draft.layers)
    expect(profileDraftSchema.safeParse(made).success).toBe(true)
    expect(made.rules.map(({ pattern, role }) => [pattern, role])).toEqual([
      ['GHYDYH_*', 'landuse_plan'],
      ['road *', 'greenway'],
    ])
    const saved = { ...made, id: '1', by: '', at: '' }
    expect(applyProfiles(draft, [saved]).layers.map((layer) => layer.profile)).toEqual(['县级总规', '县级总规'])
  })
})

describe('kept answers', () => {
  const draft = draftOf({})
  const answered: ImportDraft = {
    ...draft,
    plan: { ...draft.plan, nameZh: '青岚' },
    layers: draft.layers.map((layer) => ({ ...layer, crs: 'EPSG:4547', where: { GHZT: ['规划'] }, swapAxes: true, applied: [] })),
  }
  it('meet the same files again unchanged, through what is stored', () => {
    const stored = importAnswersSchema.parse(JSON.parse(JSON.stringify(answersOf(answered))))
    expect(withAnswers(draftOf({}), stored)).toEqual(answered)
  })
  it('keep every part of a manifest that the dialog does not edit', () => {
    const manifest = manifestSchema.parse({
      greenprint: 'plan-manifest/1',
      name: 'Qinglan',
      crs: 'EPSG:4547',
      datumShift: 'shift.json',
      layers: [{ role: 'landuse_plan', path: 'a.shp', swapAxes: true, where: { GHZT: '规划' } }],
      parameters: { walkSpeedKmh: 4.5 },
      quotas: { farmlandHa: 1 },
      entries: [{ item: 'B06', level: 3, reason: '第 4 章' }],
    })
    const found = { files: [{ path: 'a.shp', sizeBytes: 1, layers: [exampleLayer()], error: null }], manifest }
    const before = importDraft(found)
    const stored = importAnswersSchema.parse(answersOf(before))
    expect(draftManifest(withAnswers(importDraft({ ...found, manifest: null }), stored))).toEqual(draftManifest(before))
  })
  it('leave new layers with their guesses and forget gone ones', () => {
    const answers = answersOf(answered)
    const met = withAnswers(draftOf({ path: 'new.shp' }), answers)
    expect(met.layers.map(({ found, crs }) => [found.path, crs])).toEqual([['new.shp', '']])
    expect(met.plan.nameZh).toBe('青岚')
  })
  it('ask for another reading only where they differ from what was found', () => {
    const [same] = draft.layers
    const [other] = answered.layers
    expect(same && differingChoice(same)).toBeNull()
    expect(other && differingChoice(other)).toEqual({
      path: 'GHYDYH_2035.shp',
      layer: null,
      crs: 'EPSG:4547',
      where: { GHZT: ['规划'] },
      swapAxes: true,
    })
  })
})
