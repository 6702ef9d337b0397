import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { markup, startWords, words } from '../api/fake/show.tsx'
import { LANGS } from '#core/text.ts'
import { BlinkControls, TwoColourKey } from './over-controls.tsx'

beforeAll(() => startWords())

const nothing = () => undefined
describe.each(LANGS)('two maps over each other, in %s', (lang) => {
  it('in two colours: the key names what is darker in which, and what is in both', async () => {
    await i18next.changeLanguage(lang)
    const key = words(<TwoColourKey before="2020 年现状" after="规划 2035" />)
    expect([key.includes('2020 年现状'), key.includes('规划 2035')]).toEqual([true, true])
    const shown = markup(<TwoColourKey before="a" after="b" />)
    for (const side of ['before', 'after', 'both']) expect(shown).toContain(`two-colour-${side}`)
  })

  it('in turns: the one on top is named, running turns are not read aloud, and they can be stopped or turned by hand', async () => {
    await i18next.changeLanguage(lang)
    const show = (isRunning: boolean) =>
      markup(<BlinkControls blink={{ isAfter: true, isRunning, run: nothing, turn: nothing }} shown="规划 2035" />)
    expect(show(true)).toContain('规划 2035')
    expect(show(true)).toContain('aria-live="off"')
    expect(show(false)).toContain('aria-live="polite"')
    expect(show(true).match(/<button/g)).toHaveLength(2)
    expect([/disabled/.test(show(true)), show(true) === show(false)]).toEqual([true, false])
  })
})
