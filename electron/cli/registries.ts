import { INDICATORS } from '#core/indicators/index.ts'
import { indicatorInfo } from '#core/indicators/indicator.ts'
import { ROLES } from '#core/model/roles.ts'
import { done, type Command } from './command.ts'
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

export const checklists = list('checklists', '本版本的评审表', 'the checklists of this version', (_, _values, around) =>
  withSession(undefined, around, async (session) => done(await session.call('checklists.list', {}))),
)

export const formats = list('formats', '可读取的文件格式', 'the file formats that can be read', (_, _values, around) =>
  withSession(undefined, around, async (session) => done(await session.call('app.formats', {}))),
)

export const roles = list('roles', '图层角色及其字段', 'the roles of layers and their attributes', () =>
  Promise.resolve(done(Object.entries(ROLES).map(([id, role]) => ({ id, ...role })))),
)
