import AxeBuilder from '@axe-core/playwright'
import { greenprint } from './command-line.ts'
import { expect, test } from './fixtures.ts'

const KINDS = ['special', 'expert', 'officer', 'correction', 'rounds', 'intake', 'handover']

test('the web page of every kind of memo, in every language, can be read by everyone', async ({ context }, info) => {
  test.setTimeout(400_000)
  const at = (name: string): string => info.outputPath(name)
  greenprint('sample', at('city'), '--parcels', '1000')
  greenprint('import', at('city/plan.json'), '--catalogue', at('catalogue'))
  const page = await context.newPage()
  const faults: string[] = []
  for (const [index, kind] of KINDS.entries())
    for (const lang of ['zh', 'en', 'both']) {
      const style = index % 2 === 0 ? 'technical' : 'gbt9704'
      const chosen = ['--kind', kind, '--memo-lang', lang, '--style', style, '--html', at(`${kind}-${lang}.html`)]
      greenprint('memo', '--catalogue', at('catalogue'), ...chosen)
      await page.goto(`file://${at(`${kind}-${lang}.html`)}`)
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      faults.push(
        ...violations.map(({ id, nodes }) => `${kind} ${lang} ${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 200)}`),
      )
    }
  expect(faults).toEqual([])
})
