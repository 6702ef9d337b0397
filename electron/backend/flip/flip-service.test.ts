import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cancelSource } from '#core/contract/cancel.ts'
import type { CallContext, Input, Progress } from '#core/contract/procedures.ts'
import { createAnalysisService } from '../analysis/analysis-service.ts'
import { gpkgIn, writePlan } from '../analysis/fixture-plan.ts'
import { createChecklists } from '../review/checklists.ts'
import { createFlipService } from './flip-service.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-flip-'))
afterAll(() => fs.rmSync(dir, { recursive: true }))

const checklists = createChecklists(path.join(import.meta.dirname, '../../../resources'))
const analyses = createAnalysisService({ gpkgPath: gpkgIn(dir), cacheDir: path.join(dir, 'cache'), version: 'test' })
const serviceFor = (name: string, side: number) => {
  const stored = writePlan(dir, name, side)
  return createFlipService({ planOf: () => stored, checklists, analyses })
}
const asked = (item: string, more: Partial<Input<'flip.search'>> = {}): Input<'flip.search'> => ({
  planId: 'plan' as never,
  checklistId: 'green-low-carbon',
  item,
  ...more,
})
const heard = (): CallContext & { all: Progress[] } => {
  const all: Progress[] = []
  return { signal: cancelSource().signal, progress: (progress) => void all.push(progress), all }
}

describe('a search on a stored plan', () => {
  it('answers with changes, their land use, and what they do to other items; progress counts the tries', async () => {
    const call = heard()
    const result = await serviceFor('found', 6).search(asked('B01'), call)
    expect(result).toMatchObject({
      state: 'found',
      from: 0,
      reached: 4,
      changes: [{ move: 'keep-base-use', features: [{ layer: 'landuse_plan', fid: 1 }], from: '0701', to: '0101' }],
      totals: [{ unit: 'm2', value: 10_000 }],
      isMinimal: true,
      hitBound: false,
    })
    const effects = result.state === 'found' ? result.sideEffects : []
    expect(effects.map(({ item }) => item)).toContain('S07')
    expect(call.all.map(({ label }) => label.zh)).toContain('试算改动（最多次数）')
  })

  it('says at once where there is nothing to search, and refuses an item that is none', async () => {
    const service = serviceFor('nothing', 2)
    expect(await service.search(asked('B06'), heard())).toMatchObject({ state: 'no-search', indicator: null })
    await expect(service.search(asked('Z99'), heard())).rejects.toMatchObject({ code: 'review.unknown-item' })
    await expect(service.search(asked('B01', { checklistId: 'none' }), heard())).rejects.toMatchObject({
      code: 'checklist.unknown',
    })
  })

  it('ends within a fifth of a second when it is cancelled', async () => {
    const service = serviceFor('cancelled', 40)
    const cancelled = async (): Promise<number> => {
      const source = cancelSource()
      let cancelledAt = 0
      const call: CallContext = {
        signal: source.signal,
        progress: ({ label }) => {
          if (cancelledAt > 0 || label.zh !== '试算改动（最多次数）') return
          cancelledAt = performance.now()
          source.abort()
        },
      }
      await expect(service.search(asked('B01'), call)).rejects.toMatchObject({ code: 'request.cancelled' })
      return performance.now() - cancelledAt
    }
    // the best of three: a busy machine says nothing about the program
    expect(Math.min(await cancelled(), await cancelled(), await cancelled())).toBeLessThan(200)
  }, 60_000)
})
