import type { InspectedLayer, Inspection } from '#core/model/inspection.ts'
import { done, text, type Command } from './command.ts'
import { withSession } from './session.ts'

const REPORTS = ['pdf', 'html'] as const

/** Outlines are for drawing; the document keeps where a layer lies, not thousands of numbers. */
const withoutOutlines = (inspection: Inspection) => ({
  ...inspection,
  files: inspection.files.map((file) => ({ ...file, layers: file.layers.map(placeOnly) })),
})

const placeOnly = ({ shape, ...layer }: InspectedLayer) => ({
  ...layer,
  place: shape ? { space: shape.space, extent: shape.extent } : null,
})

export const inspect: Command = {
  name: 'inspect',
  usage: '<path>… [--pdf F.pdf] [--html F.html]',
  does: {
    zh: '查看文件内容：图层、坐标系、编码、范围、问题；可输出给报送单位的质检说明；不导入',
    en: 'tells what files hold, and writes the report for whoever submitted them; imports nothing',
  },
  options: { pdf: { type: 'string' }, html: { type: 'string' } },
  positionals: [1, 1000],
  run: (paths, values, around) =>
    withSession(undefined, around, async (session) => {
      const files = session.files(paths)
      const inspection = await session.call('import.inspect', { files })
      for (const format of REPORTS) {
        const target = text(values, format)
        if (target === undefined) continue
        const where = session.save(target)
        await session.call('import.report', { files, answers: null, lang: around.lang, format, target: where })
        around.say({ zh: `已写入 ${target}`, en: `Wrote ${target}` })
      }
      return done(withoutOutlines(inspection))
    }),
}
