import { describe, expect, it } from 'vitest'
import { answerStepsSchema, answersOf, importAnswersSchema } from './answers.ts'
import { back, forward, startSteps, step } from './draft-history.ts'
import { importDraft, type ImportDraft } from './draft.ts'
import { exampleLayer } from './example-layer.ts'
import { applyFix, undoFix } from './fixes.ts'
import { keptSteps, resumedSteps } from './kept-steps.ts'

const fresh = importDraft({ files: [{ path: 'a.shp', sizeBytes: 1, layers: [exampleLayer()], error: null }], manifest: null })
const withCrs = (draft: ImportDraft, crs: string): ImportDraft => ({
  ...draft,
  layers: draft.layers.map((layer) => applyFix(layer, { change: { crs } })),
})

/** What a restart does to it: as JSON, through the schema that the backend checks. */
const restarted = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

describe('undo and redo of an import that was left', () => {
  const first = step(startSteps(fresh), withCrs(fresh, 'EPSG:4547'), '', 0)
  const second = step(first, { ...first.present, plan: { ...fresh.plan, nameZh: '某县规划' } }, '', 5000)
  const left = back(second)

  it('go on where they were', () => {
    const answers = importAnswersSchema.parse(restarted(answersOf(left.present)))
    const kept = answerStepsSchema.parse(restarted(keptSteps(left)))
    const resumed = resumedSteps(fresh, answers, kept)
    expect(resumed.present).toEqual(left.present)
    expect(forward(resumed).present).toEqual(second.present)
    expect(back(resumed).present).toEqual(fresh)
    // A fix that was chosen before can still be taken back by itself.
    const [layer] = resumed.present.layers
    const [key = ''] = layer?.applied.map((fix) => fix.key) ?? []
    expect(layer && undoFix(layer, key)).toEqual(fresh.layers[0])
  })

  it('are few for a draft of many layers, and none for one kept by an earlier version', () => {
    const many = { ...fresh, layers: Array.from({ length: 1000 }, () => fresh.layers[0]).filter((layer) => layer !== undefined) }
    let steps = startSteps(many)
    for (let at = 1; at <= 30; at++) steps = step(steps, { ...many, plan: { ...many.plan, name: `Plan ${at}` } }, '', at * 5000)
    expect(keptSteps(steps).past).toHaveLength(4)
    expect(keptSteps(steps).past.at(-1)?.plan.name).toBe('Plan 29')
    expect(resumedSteps(fresh, answersOf(fresh), null)).toEqual(startSteps(fresh))
    const old: Record<string, unknown> = { ...answersOf(fresh).layers[0] }
    delete old.applied
    expect(importAnswersSchema.parse({ ...answersOf(fresh), layers: [old] }).layers[0]?.applied).toEqual([])
  })
})
