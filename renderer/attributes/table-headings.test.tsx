import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { attributeFields } from '#core/attributes/fields.ts'
import {
  arrangedTable,
  FRESH_TABLE,
  withColumnAt,
  withColumnShown,
  withSort,
  withWidth,
  type TableLook,
} from '#core/attributes/table-look.ts'
import { LANGS } from '#core/text.ts'
import { markup, nothing, startWords } from '../api/fake/show.tsx'
import { TableHeadings } from './table-headings.tsx'

const fields = attributeFields('green', 'polygon', [
  { name: 'gp_name', type: 'TEXT' },
  { name: 'MC', type: 'TEXT' },
])
const shown = (look: TableLook) =>
  markup(
    <table>
      <TableHeadings
        layer={{ fields }}
        table={{ ...arrangedTable(fields, look), look, isStandard: false, change: nothing, reset: nothing }}
      />
    </table>,
  )
const keysOf = (html: string) => [...html.matchAll(/title="[^"]* · ([^"]+)"/g)].map(([, key]) => key)

beforeAll(async () => {
  await startWords()
})

describe.each(LANGS)('the headings of a table in %s', (lang) => {
  beforeAll(async () => {
    await i18next.changeLanguage(lang)
  })

  it('stand as they were put, without those that were hidden', () => {
    expect(keysOf(shown(FRESH_TABLE))).toEqual(['fid', 'name', 'area', 'MC'])
    const look = withColumnShown(withColumnAt(FRESH_TABLE, fields, 'area', 0), fields, 'name', false)
    expect(keysOf(shown(look))).toEqual(['area', 'fid', 'MC'])
  })

  it('are as wide as was chosen, and say by what rows are sorted and in which rank', () => {
    const html = shown(
      withSort(withSort(withSort(withWidth(FRESH_TABLE, 'MC', 222), 'area', false), 'area', false), 'name', true),
    )
    expect(html).toContain('width:222px')
    expect([html.match(/aria-sort="descending"/g)?.length, html.match(/aria-sort="ascending"/g)?.length]).toEqual([1, 1])
    expect(html).toContain(i18next.t('attributes.sortRank', { rank: 2 }))
    expect(shown(withSort(FRESH_TABLE, 'area', false))).not.toContain('attribute-rank')
  })
})
