import { beforeAll, describe, expect, it } from 'vitest'
import type { MonitoringReport } from '#core/monitoring/series.ts'
import { cliFolder } from './testing.ts'

const { at, greenprint, sampleCity, revisedCity } = cliFolder('monitor')

beforeAll(() => {
  sampleCity('first')
  revisedCity('second')
}, 120_000)

describe('greenprint monitor', { timeout: 240_000 }, () => {
  it('follows two manifests in the order of their years, with levels and trends', () => {
    const years = ['--years', '2024,2022']
    const { status, document, stderr } = greenprint<MonitoringReport>(
      'monitor',
      at('first/plan.json'),
      at('second/plan.json'),
      ...years,
      '--lang',
      'en',
    )
    expect(status).toBe(0)
    expect(document.states.map(({ year }) => year)).toEqual([2022, 2024])
    const gate = document.series.find(({ id }) => id === 'B01')
    expect(gate?.points.map(({ level }) => level)).toEqual(['alert', 'alert'])
    const intensity = document.series.find(({ id }) => id === 'S01')
    expect(intensity?.changePerYear).not.toBeNull()
    expect(document.tables.map(({ id, kind }) => [id, kind])).toEqual([
      ['series', 'series'],
      ['warnings', 'list'],
    ])
    const { ok, watch, alert, none } = document.counts
    expect(ok + watch + alert + none).toBe(document.series.length)
    expect(stderr).toContain('alert: B01')
  })

  it('follows plans of a catalogue; a plan that was never analysed has no values, with the reason', () => {
    const { document: imported } = greenprint<{ plan: { id: string } }>('import', at('first/plan.json'), '--catalogue', at('cat'))
    const { status, document } = greenprint<MonitoringReport>('monitor', at('cat'), imported.plan.id)
    expect(status).toBe(0)
    expect(document).toMatchObject({ states: [{ planId: imported.plan.id, year: 2035 }], series: [] })
  })

  it('says how it is written: one year per plan, a catalogue with plans', () => {
    for (const args of [
      [at('first/plan.json'), '--years', '2020,2021'],
      [at('first/plan.json'), '--years', 'soon'],
      [at('cat')],
    ]) {
      expect(greenprint<{ error: { code: string } }>('monitor', ...args)).toMatchObject({
        status: 2,
        document: { error: { code: 'cli.usage' } },
      })
    }
  })
})
