import type { ProbeResult } from '#backend/probe.ts'
import { ELECTRON_PROBES, selfTestReport } from '#backend/self-test-report.ts'
import type { Command } from './command.ts'

export const selfTest: Command = {
  name: 'self-test',
  usage: '',
  does: { zh: '检查本机安装是否可用', en: 'checks the installation on this machine' },
  options: {},
  positionals: [0, 0],
  async run(_, _values, around) {
    const { runHere } = await import('./probes.ts') // with it comes the whole backend
    const ran = await runHere()
    const skipped = Object.entries(ELECTRON_PROBES).map(([id, title]): ProbeResult => ({
      id,
      title,
      outcome: 'not run here',
      detail: 'needs Electron',
      ms: 0,
    }))
    const document = selfTestReport('cli', [...ran, ...skipped])
    for (const { title, outcome, detail } of document.probes) {
      const mark = { passed: '✓', failed: '✗', 'not run here': '–' }[outcome]
      around.say({ zh: `${mark} ${title.zh}：${detail}`, en: `${mark} ${title.en}: ${detail}` })
    }
    return { document, exitCode: document.ok ? 0 : 1 }
  },
}
