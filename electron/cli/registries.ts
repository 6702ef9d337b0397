import { BENCHMARKS_DATE, allBenchmarks, benchmarkInWords } from '#core/reference/benchmarks.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { indicatorInfo } from '#core/indicators/indicator.ts'
import { ROLES } from '#core/model/roles.ts'
import { done, text, type Command } from './command.ts'
import { withSession } from './session.ts'

const list = (name: string, zh: string, en: string, run: Command['run']): Command => ({
  name,
  usage: '',
  does: { zh, en },
  options: {},
  positionals: [0, 0],
  run,
})

export const indicators = list('indicators', '本版本的指标', 'the indicators of this version', () =>
  Promise.resolve(done(INDICATORS.map(indicatorInfo))),
)

export const formats = list('formats', '可读取的文件格式', 'the file formats that can be read', (_, _values, around) =>
  withSession(undefined, around, async (session) => done(await session.call('app.formats', {}))),
)

/** Dated values of other places, as data and as they are read; of one item where it is named. */
export const benchmarks: Command = {
  ...list('benchmarks', '国内外参照值及其来源和可靠程度', 'reference values of other places with source and certainty', () =>
    Promise.resolve(undefined),
  ),
  usage: '[--item A02]',
  options: { item: { type: 'string' } },
  run(_, values, { lang }) {
    const item = text(values, 'item')
    const found = allBenchmarks().filter(({ items }) => item === undefined || items.includes(item))
    const shown = found.map((benchmark) => ({ ...benchmark, inWords: benchmarkInWords(benchmark, lang) }))
    return Promise.resolve(done({ date: BENCHMARKS_DATE, benchmarks: shown }))
  },
}

export const roles = list('roles', '图层角色及其字段', 'the roles of layers and their attributes', () =>
  Promise.resolve(done(Object.entries(ROLES).map(([id, role]) => ({ id, ...role })))),
)
