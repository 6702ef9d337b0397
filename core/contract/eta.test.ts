import { describe, expect, it } from 'vitest'
import { etaEstimator, etaWords } from './eta.ts'

const label = { zh: '导入', en: 'Importing' }

describe('time left', () => {
  it('is told from the throughput of the last seconds, and not before there is one', () => {
    let clock = 0
    const estimate = etaEstimator(() => clock)
    const told = (atS: number, done: number, total = 1000) => {
      clock = atS * 1000
      return estimate({ done, total, label }).etaSeconds
    }
    expect(told(0, 0)).toBeUndefined()
    expect(told(1, 100)).toBeUndefined()
    expect(told(2, 200)).toBe(8)
    expect(told(4, 400)).toBe(6)
    // It slows down to a tenth: the estimate follows within seconds.
    for (let second = 5; second <= 14; second += 1) told(second, 400 + 10 * (second - 4))
    expect(told(15, 510)).toBe(49)
  })

  it('is not told without a total, without movement, and at the start of the next step', () => {
    let clock = 0
    const estimate = etaEstimator(() => clock)
    const at = (ms: number, done: number, total: number, step = label) => {
      clock = ms
      return estimate({ done, total, label: step }).etaSeconds
    }
    at(0, 0, 0)
    expect(at(5000, 500, 0)).toBeUndefined()
    at(6000, 500, 1000)
    expect(at(60_000, 500, 1000)).toBeUndefined()
    expect(at(60_100, 1, 10, { zh: '核算', en: 'Measuring' })).toBeUndefined()
  })

  it('is worded in steps that do not flicker', () => {
    expect(etaWords(3)).toEqual({ zh: '本步约剩 5 秒', en: 'about 5 s left in this step' })
    expect(etaWords(76)).toEqual({ zh: '本步约剩 1 分 20 秒', en: 'about 1 min 20 s left in this step' })
    expect(etaWords(118)).toEqual({ zh: '本步约剩 2 分钟', en: 'about 2 min left in this step' })
    expect(etaWords(1000).en).toBe('about 17 min left in this step')
  })
})
